import { addValue, type RawEntry } from './entries.ts';
import type { Cell } from './grid.ts';
import { distinctCells, isKnown, isLabelLike } from './header-words.ts';
import { RANKED } from './label-words.ts';
import { findColumn, type Labels } from './labels.ts';
import { isOrganization } from './parties.ts';

const RANK_WORD = /^第?[一二三四五六七八九十\d]+(?:名|位)?$/;

/**
 * A table whose headers stand at the left and whose bidders stand beside each other in columns. Undefined unless the rows
 * from `index` on name at least two organizations and say at least one thing more about them.
 */
export function readSideways(
  rows: readonly Cell[][],
  index: number,
  labels: Labels,
): { entries: RawEntry[]; height: number } | undefined {
  const region = listRegion(rows, index, labels);
  const names = region.find(
    ([label, ...values]) =>
      findColumn(label?.text ?? '', labels) === 'supplier' &&
      values.every(({ text }) => text === '' || isOrganization(text)),
  );
  if (!names || names.slice(1).filter(({ text }) => text !== '').length < 2 || region.length < 2) return undefined;
  const entries = names.slice(1).map((_, column) => readColumn(region, column + 1, labels));
  return { entries: entries.filter(({ values }) => values.has('supplier')), height: region.length };
}

/** Rows of one label and equally many values. */
function listRegion(rows: readonly Cell[][], index: number, labels: Labels): Cell[][] {
  const region: Cell[][] = [];
  for (const row of rows.slice(index, index + 40)) {
    const cells = distinctCells(row);
    const [label, ...values] = cells;
    const size = region[0]?.length ?? cells.length;
    if (cells.length < 3 || cells.length !== size || !label) break;
    if (label.text !== '' && !isLabelLike(label.text, labels)) break;
    if (values.some(({ text }) => isKnown(text, labels) && !RANKED.test(text))) break;
    region.push(cells);
  }
  return region;
}

function readColumn(region: readonly Cell[][], column: number, labels: Labels): RawEntry {
  const entry: RawEntry = { values: new Map(), rule: 'column' };
  for (const cells of region) {
    const label = cells[0]?.text ?? '';
    const cell = cells[column];
    if (!cell) continue;
    const word = cell.text.replace(/\s/g, '');
    const isRank = RANKED.test(word) || RANK_WORD.test(word);
    const key = isRank && findColumn(label, labels) !== 'score' ? 'rank' : findColumn(label, labels);
    if (key) addValue(entry, key, { text: cell.text, at: cell.at, label });
  }
  return entry;
}
