import type { CheerioAPI } from 'cheerio';
import { tidy } from '#src/formats/text.ts';
import { ItemRejectedError } from '../items/reasons.ts';
import { fits } from './field-values.ts';
import { readLabel } from './labels.ts';

export type Pair = [label: string, value: string];

/** By how many cells a row may be out of step with its headers. */
const SHIFTS = [0, -1, 1, -2, 2];

/**
 * Labels with their values in the tables of a page: rows of pairs, and rows below a header, which may stand in a table of its own.
 * @throws ItemRejectedError when a header has several rows: the page is about several decisions.
 */
export function readTables($: CheerioAPI): Pair[] {
  const rows = $('table')
    .toArray()
    .filter((table) => $(table).find('table').length === 0)
    .flatMap((table) => $(table).find('tr').toArray())
    .map((row) =>
      $(row)
        .find('th, td')
        .toArray()
        .map((cell) => tidy($(cell).text())),
    )
    .filter((cells) => cells.some(Boolean));
  const pairs: Pair[] = [];
  let header: readonly string[] | undefined;
  let below: string[][] = [];
  const close = () => {
    if (header) pairs.push(...readBelow(header, below));
    [header, below] = [undefined, []];
  };
  for (const cells of rows) {
    if (isHeader(cells)) {
      close();
      header = cells;
    } else if (header && !isPairs(cells)) below.push(cells);
    else {
      close();
      pairs.push(...readPairs(cells));
    }
  }
  close();
  return pairs;
}

/** Labels side by side are a header; labels with values between them are pairs. */
function isHeader(cells: readonly string[]): boolean {
  const known = cells.map((cell) => readLabel(cell) !== undefined);
  const count = known.filter(Boolean).length;
  const hasNeighbours = known.some((isKnown, at) => isKnown && known[at + 1]);
  // A label that stands above further labels: `当事人 | 姓名 | `.
  const isFilled = count > 2 || cells.every(Boolean);
  return hasNeighbours && isFilled && count * 2 >= cells.length;
}

function isPairs(cells: readonly string[]): boolean {
  return cells.length % 2 === 0 && readLabel(cells[0] ?? '') !== undefined && readLabel(cells[1] ?? '') === undefined;
}

function readPairs(cells: readonly string[]): Pair[] {
  return cells.flatMap((cell, at): Pair[] => {
    const value = cells[at + 1];
    return value && readLabel(cell) && !readLabel(value) ? [[cell, value]] : [];
  });
}

function readBelow(header: readonly string[], rows: readonly string[][]): Pair[] {
  const [row, ...more] = rows.filter((cells) => cells.filter(Boolean).length > 1);
  if (!row) return [];
  if (more.length > 0) {
    throw new ItemRejectedError([{ code: 'exposure-several', message: '一页中有多个决定，需分别录入' }]);
  }
  return align(header, row);
}

/** Puts the cells of a row below their headers. Cells out of step are moved to where their forms fit, if one place fits best. */
function align(header: readonly string[], row: readonly string[]): Pair[] {
  const readings = SHIFTS.map((shift) => {
    const pairs = header.map((label, at): Pair => [label, row[at + shift] ?? '']);
    return { pairs, ...judge(pairs) };
  });
  const [straight] = readings as [(typeof readings)[number]];
  if (straight.wrong === 0) return straight.pairs;
  const best = Math.max(...readings.map(({ score }) => score));
  const [moved, rival] = readings.filter(({ score, wrong }) => score === best && wrong === 0);
  return moved && !rival ? moved.pairs : straight.pairs;
}

function judge(pairs: readonly Pair[]): { score: number; wrong: number } {
  const verdicts = pairs.map(([label, value]) => {
    const field = readLabel(label)?.field;
    return field && fits(field, value);
  });
  const wrong = verdicts.filter((verdict) => verdict === false).length;
  return { score: verdicts.filter(Boolean).length - 2 * wrong, wrong };
}
