import { parsePage } from '../formats/html.ts';
import { tidy } from '../formats/text.ts';
import { ItemRejectedError } from '../reasons.ts';
import type { NoticeDraft } from '../types.ts';
import { fieldName, fieldOf, type RecordField } from './labels.ts';

/** What a feed says about a decision: its own words, by field. */
export type ExposureRecord = Partial<Record<RecordField, string>>;

const NOTHING = /^(?:无|暂无|null|undefined|[/\\—-]*)$/i;
const LINE = /^(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*)?([^：:]{2,24})[：:]\s*(.+)$/;

/**
 * The record in a draft: its labelled values, and for articles the labels in tables and lines of the body. Prose is not read: a
 * false accusation hurts most.
 * @throws ItemRejectedError when a field has two different values.
 */
export function readRecord(draft: NoticeDraft): ExposureRecord {
  const record: ExposureRecord = {};
  const add = (label: string, text: string) => {
    const field = fieldOf(label);
    const value = tidy(text);
    if (!field || value === '' || NOTHING.test(value)) return;
    const known = record[field];
    if (known !== undefined && known !== value) {
      const message = `“${fieldName(field)}”有两个不同的值，需人工录入`;
      throw new ItemRejectedError([{ code: 'exposure-ambiguous', message, field }]);
    }
    record[field] = value;
  };
  for (const [label, value] of Object.entries(draft.fields)) add(label, value);
  if (Object.keys(record).length === 0) for (const [label, value] of bodyPairs(draft.bodyHtml ?? '')) add(label, value);
  return record;
}

/** Labels with their values in a decision's page: rows of pairs, tables with one row below a header, lines with a colon. */
function bodyPairs(html: string): [label: string, value: string][] {
  const $ = parsePage(html);
  const pairs: [string, string][] = [];
  $('table').each((_index, table) => {
    const rows = $(table)
      .find('tr')
      .toArray()
      .map((row) =>
        $(row)
          .find('th, td')
          .toArray()
          .map((cell) => tidy($(cell).text())),
      );
    pairs.push(...tablePairs(rows));
  });
  $('table').remove();
  $('br, p, div, li').after('\n');
  for (const line of $.root().text().split('\n')) {
    const [, label, value] = LINE.exec(tidy(line)) ?? [];
    if (label && value) pairs.push([label, value]);
  }
  return pairs;
}

function tablePairs(rows: readonly string[][]): [string, string][] {
  const [head = [], body = []] = rows;
  const isHeader = rows.length === 2 && head.length > 1 && head.every((cell) => fieldOf(cell));
  if (isHeader) return head.map((label, index) => [label, body[index] ?? '']);
  return rows.flatMap((cells) =>
    cells.flatMap((cell, index): [string, string][] =>
      index % 2 === 0 && fieldOf(cell) ? [[cell, cells[index + 1] ?? '']] : [],
    ),
  );
}
