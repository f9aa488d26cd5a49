import type { FactValue } from '../../facts/facts.ts';
import type { FilledField, FilledForm, FilledRow } from './check.ts';
import type { NoticeForm } from './forms.ts';

const ESCAPED: Readonly<Record<string, string>> = { '&': '&#x26;', '<': '&#x3C;' };

/** A text as it stands in HTML, escaped as the sanitizer does it. */
export function escapeText(text: string): string {
  return text.replace(/[&<]/g, (character) => ESCAPED[character] ?? character);
}

/**
 * What was filled in as the text of the notice: a heading for each section, a line for each field, a table for each list, so that whoever
 * has the text alone has everything that the rules demand.
 */
export function toFormHtml(form: NoticeForm, { fields }: FilledForm): string {
  const byKey = new Map(fields.map((filled) => [filled.field.key, filled]));
  return form.sections
    .map(({ title, fields: own }) => {
      const parts = own.map(({ key }) => toHtml(byKey.get(key))).join('');
      return parts === '' ? '' : `<h3>${escapeText(title)}</h3>${parts}`;
    })
    .join('');
}

function toHtml(filled: FilledField | undefined): string {
  if (!filled) return '';
  const { field, value, uscc, rows } = filled;
  if (rows) return rows.length === 0 ? '' : `<p>${escapeText(field.label)}：</p>${toTable(filled, rows)}`;
  if (!value) return '';
  const [first = '', ...rest] = shown(value, uscc).split('\n').map(escapeText);
  if (rest.length === 0) return `<p>${escapeText(field.label)}：${first}</p>`;
  return `<p>${escapeText(field.label)}：</p>${[first, ...rest].map((line) => `<p>${line}</p>`).join('')}`;
}

function shown({ text }: FactValue, uscc: string | undefined): string {
  return uscc ? `${text}（统一社会信用代码 ${uscc}）` : text;
}

function toTable({ field }: FilledField, rows: readonly FilledRow[]): string {
  const columns = (field.columns ?? []).filter(({ key }) => rows.some((row) => row[key]));
  const head = columns.map(({ label }) => `<th scope="col">${escapeText(label)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = columns.map(({ key }) => {
      const cell = row[key];
      return `<td>${cell ? escapeText(shown(cell.value, cell.uscc)) : ''}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}
