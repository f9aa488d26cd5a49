import { describeDamage } from '#src/formats/damage.ts';
import { fieldCount, fieldText } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parsePage } from '#src/formats/html.ts';
import { describeLists, type FoundRow, rowsAt, valueAt } from './paths.ts';
import type { DetailStep, Settings } from './settings.ts';

/** @throws FeedFormatError with the site's own message when the answer is not a success */
export function assertSuccess(answer: unknown, success: DetailStep['success']): void {
  if (!success) return;
  const value = at(success.path, answer);
  if (success.equals.some((each) => String(each) === String(value))) return;
  const message = success.message ? fieldText(at(success.message, answer)) : '';
  throw new FeedFormatError(
    `接口返回失败：${message || `${success.path}=${String(value)}`}`,
    JSON.stringify(answer) ?? '',
  );
}

/** The rows of an answer. @throws FeedFormatError that names where lists stand when there is none at the configured place */
export function findRows(answer: unknown, settings: Settings): FoundRow[] {
  const paths = Array.isArray(settings.rows) ? settings.rows : [settings.rows];
  for (const path of paths) {
    const rows = settings.rowSelector ? elementsAt(path, answer, settings.rowSelector) : rowsAt(path, answer);
    if (rows) return rows;
  }
  // What sites write in place of an empty list.
  const isNothing = paths.some((path) => at(path, answer) === null || at(path, answer) === '');
  if (isNothing && totalOf(answer, settings.total) === 0) return [];
  const places = describeLists(answer);
  const hint = places.length > 0 ? `；有列表的位置：${places.join('、')}` : '';
  throw new FeedFormatError(`返回的数据缺少列表“${paths.join('”或“')}”${hint}`, JSON.stringify(answer) ?? '');
}

function elementsAt(path: string, answer: unknown, selector: string): FoundRow[] | undefined {
  const html = at(path, answer);
  const text = Array.isArray(html) ? html.join('') : html;
  if (typeof text !== 'string') return undefined;
  const $ = parsePage(text);
  const rows = $(selector).toArray();
  return rows.map((row) => ({ row: $.html(row), parents: [] }));
}

/** A count at the first of the paths that holds one. */
export function totalOf(answer: unknown, paths: string | string[] | undefined): number | undefined {
  const all = paths === undefined ? [] : Array.isArray(paths) ? paths : [paths];
  return all.map((path) => fieldCount(at(path, answer))).find((count) => count !== undefined);
}

/** The value at a path of the whole answer. */
export function at(path: string, answer: unknown): unknown {
  return valueAt(path.replace(/^\$\./, ''), { row: answer, parents: [], root: answer, variables: {} });
}

/** Whether a row is one of those to be read. A damaged row is: it becomes a fault, not somebody else's. */
export function isWanted({ row, parents }: FoundRow, answer: unknown, { only }: Settings): boolean {
  const scope = { row, parents, root: answer, variables: {} };
  if (describeDamage(JSON.stringify(row) ?? '')) return true;
  return Object.entries(only).every(([path, values]) => values.includes(fieldText(valueAt(path, scope))));
}
