import { APPLICANT_TYPE_KEYS } from '../disclosure/decisions.ts';
import { REVIEW_KIND_KEYS } from '../foi/reviews.ts';
import { type Cells, cellsOf, decisionRows, THREE_COLUMN_KEYS, threeRows } from './cells.ts';
import type { ReportForm } from './forms.ts';

/** A figure that does not fit the others. An `error` blocks publishing; a `warning` has to be explained. */
export interface CellFault {
  severity: 'error' | 'warning';
  /** Key of the cell. */
  cell: string;
  /** What the cell is called. */
  label: string;
  message: string;
}

type Check = (form: ReportForm, cells: Cells) => [cell: string, message: string][];

/** Every cell has a figure, and none but a change is below nought. */
const complete: Check = (form, cells) =>
  cellsOf(form).flatMap(({ key, isSigned }): [string, string][] => {
    const value = cells[key];
    if (value === undefined) return [[key, '没有填写']];
    return value < 0 && !isSigned ? [[key, `是负数 ${value}`]] : [];
  });

/** ① In each column 第一项加第二项之和，等于第三项加第四项之和 (printed in the form). */
const balance: Check = (_form, cells) =>
  THREE_COLUMN_KEYS.flatMap((column): [string, string][] => {
    const at = (row: string) => cells[`three.${row}.${column}`] ?? 0;
    const [came, went] = [at('newReceived') + at('carriedOver'), at('totalProcessed') + at('carriedForward')];
    if (came === went) return [];
    return [[`three.carriedForward.${column}`, `第一项加第二项是 ${came}，第三项加第四项是 ${went}`]];
  });

/** ② In each column the ways of deciding sum up to （七）总计. */
const decided: Check = (form, cells) =>
  THREE_COLUMN_KEYS.flatMap((column): [string, string][] => {
    const sum = Object.keys(decisionRows(form)).reduce(
      (total, row) => total + (cells[`three.${row}.${column}`] ?? 0),
      0,
    );
    const total = cells[`three.totalProcessed.${column}`] ?? 0;
    return sum === total ? [] : [[`three.totalProcessed.${column}`, `各项之和是 ${sum}，总计是 ${total}`]];
  });

/** ③ In each row 总计 is natural persons and the five kinds of legal persons together. */
const acrossRows: Check = (form, cells) =>
  Object.keys(threeRows(form)).flatMap((row): [string, string][] => {
    const sum = APPLICANT_TYPE_KEYS.reduce((total, column) => total + (cells[`three.${row}.${column}`] ?? 0), 0);
    const total = cells[`three.${row}.total`] ?? 0;
    return sum === total ? [] : [[`three.${row}.total`, `各列之和是 ${sum}，总计是 ${total}`]];
  });

/** ④ In table four each 总计 is the sum of its four. */
const reviews: Check = (_form, cells) =>
  REVIEW_KIND_KEYS.flatMap((kind): [string, string][] => {
    const at = (column: string) => cells[`four.${kind}.${column}`] ?? 0;
    const sum = at('upheld') + at('corrected') + at('other') + at('pending');
    return sum === at('total') ? [] : [[`four.${kind}.total`, `四项之和是 ${sum}，总计是 ${at('total')}`]];
  });

/** ⑤ What was carried over is what the year before carried forward, and counts go on where it left them. */
function sinceYearBefore(cells: Cells, before: Cells): [string, string][] {
  const pairs: [now: string, then: number | undefined][] = [
    ...THREE_COLUMN_KEYS.map((column): [string, number | undefined] => [
      `three.carriedOver.${column}`,
      before[`three.carriedForward.${column}`],
    ]),
    ...['licences', 'services', 'penalties', 'coercion', 'charges'].map((row): [string, number | undefined] => {
      const [previous, change] = [before[`two.${row}.previous`], before[`two.${row}.change`]];
      return [`two.${row}.previous`, previous === undefined || change === undefined ? undefined : previous + change];
    }),
  ];
  return pairs.flatMap(([key, then]): [string, string][] => {
    const value = cells[key];
    if (value === undefined || then === undefined || value === then) return [];
    return [[key, `上一年度报告对应的数字是 ${then}，本年填报 ${value}`]];
  });
}

/**
 * Holds the figures of a report against each other (勾稽关系), and against those of the year before where that was published. In the
 * order of the rules; nothing for a report in which all fits.
 */
export function reconcile(form: ReportForm, cells: Cells, yearBefore: Cells | null): CellFault[] {
  const labels = new Map(cellsOf(form).map(({ key, label }) => [key, label]));
  const toFault =
    (severity: CellFault['severity']) =>
    ([key, message]: [string, string]): CellFault => ({
      ...{ severity, cell: key, label: labels.get(key) ?? key, message },
    });
  const errors = [complete, balance, decided, acrossRows, reviews].flatMap((check) => check(form, cells));
  return [
    ...errors.map(toFault('error')),
    ...(yearBefore ? sinceYearBefore(cells, yearBefore).map(toFault('warning')) : []),
  ];
}
