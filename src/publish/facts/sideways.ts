import type { EntryKey } from '#src/domain/facts/facts.ts';
import { fitOf, formOf, labelWeight } from './cells.ts';
import type { Cell } from './grid.ts';
import { findColumn, findLabel, isKnown, type Labels } from './labels.ts';
import { distinctCells } from './rows.ts';
import type { RecordCell } from './table.ts';

/** A table whose headers stand at the left and whose records stand beside each other in columns. */
export interface Sideways {
  records: RecordCell[][];
  headers: string[];
  height: number;
  weight: number;
}

const MOST_ROWS = 60;
const ANCHORS: ReadonlySet<EntryKey> = new Set(['supplier', 'parcelNo', 'lot']);
const RANK: EntryKey = 'rank';

interface SideRow {
  label: string;
  key: EntryKey | undefined;
  values: Cell[];
}

/**
 * Reads rows from `index` on as labels with equally many values; the label may stand behind a serial number or an empty
 * corner. Undefined unless one row names at least two bidders, parcels or lots and others say more about them.
 */
export function weighSideways(rows: readonly Cell[][], index: number, labels: Labels): Sideways | undefined {
  const first = distinctCells(rows[index] ?? []);
  if (first.length < 3) return undefined;
  const readings = [0, 1].flatMap((from) => (first.length - from < 3 ? [] : (read(rows, index, from, labels) ?? [])));
  return readings.sort((a, b) => b.weight - a.weight)[0];
}

function read(rows: readonly Cell[][], index: number, from: number, labels: Labels): Sideways | undefined {
  const region = listRegion(rows, index, from, labels);
  if (region.length < 2 || !region.some(isAnchor)) return undefined;
  const weight = region.slice(0, 2).reduce((sum, row) => sum + weigh(row), 0);
  const size = region[0]?.values.length ?? 0;
  const records = Array.from({ length: size }, (_, column) =>
    region.flatMap(({ label, key, values }): RecordCell[] => {
      const value = values[column];
      if (!value || value.text === '') return [];
      return [
        { text: value.text, at: value.at, label: key === RANK && findColumn(label, labels) !== RANK ? '排名' : label },
      ];
    }),
  );
  return { records, headers: region.map(({ label }) => label), height: region.length, weight };
}

function listRegion(rows: readonly Cell[][], index: number, from: number, labels: Labels): SideRow[] {
  const region: SideRow[] = [];
  for (const row of rows.slice(index, index + MOST_ROWS)) {
    const cells = distinctCells(row);
    const [label, ...values] = cells.slice(from);
    const size = region[0]?.values.length ?? values.length;
    if (!label || values.length !== size || values.length < 2) break;
    if (from > 0 && !isLead(cells[0])) break;
    const isRanks = values.every(({ text }) => formOf(text) === 'rank') && !/得分|分/.test(label.text);
    if (!isRanks && label.text !== '' && labelWeight(label.text) < 0) break;
    if (values.some(({ text }) => formOf(text) !== 'rank' && isKnown(text, labels))) break;
    region.push({ label: label.text, key: isRanks ? RANK : keyOf(label.text, labels), values });
  }
  return region;
}

/** What may stand before the label: a serial number or nothing. */
function isLead(cell: Cell | undefined): boolean {
  return /^(?:序号|\d{0,3})$/.test(cell?.text.trim() ?? '');
}

function keyOf(text: string, labels: Labels): EntryKey | undefined {
  return findColumn(text, labels) ?? (findLabel(text, labels)?.known[0]?.key as EntryKey | undefined);
}

/** Does a row name at least two of what the table lists? */
function isAnchor({ key, values }: SideRow): boolean {
  if (key === undefined || !ANCHORS.has(key)) return false;
  const texts = values.map(({ text }) => text).filter((text) => text !== '');
  return new Set(texts).size >= 2 && texts.every((text) => fitOf(key, text) > 0);
}

function weigh({ label, key, values }: SideRow): number {
  const fits = values.map(({ text }) => {
    if (text === '') return 0;
    return (key ? fitOf(key, text) : 0.2) - Math.max(0, labelWeight(text)) * 0.6;
  });
  return (label === '' ? 0.5 : labelWeight(label)) + fits.reduce((sum, fit) => sum + fit, 0);
}
