import { countyDefinition } from '#src/domain/counties.ts';
import { toAbsoluteUrl } from '../../formats/links.ts';
import { cleanTitle, tidy } from '../../formats/text.ts';
import { screenPersonalData } from '../../screen.ts';
import { FeedFormatError, type NoticeDraft } from '../../types.ts';
import { type Mapping, type Target, targetsOf } from './mapping.ts';
import type { Row } from './rows.ts';

const MISSING = /^(?:无|暂无|null|undefined|[/\\—-]*)$/i;
const LONGEST_FIELD = 20_000;

/** One notice from the screened rows that make it up. @throws FeedFormatError when it lacks its title, time or id. */
export function toDraft(rows: readonly Row[], mapping: Mapping, file: string): NoticeDraft {
  const row = rows[0] ?? {};
  const items = mapping.group ? distinctItems(rows, mapping.group.items) : [];
  const value = (target: Target) => findValue(row, mapping, target);
  const rawTitle = mapping.templates.title ? fill(mapping.templates.title, row) : value('title');
  const published = value('published');
  const id = mapping.templates.id ? fill(mapping.templates.id, row) : value('id');
  if (!cleanTitle(rawTitle)) throw new FeedFormatError('条目缺少标题');
  if (!published) throw new FeedFormatError('条目缺少发布时间');
  if (!id) throw new FeedFormatError('条目缺少编号');
  const { category, stage, county } = mapping.defaults;
  const fields = items.length > 1 ? {} : fieldsOf({ ...row, ...items[0] }, mapping);
  return {
    sourceItemId: id.slice(0, 300),
    column: { code: file },
    mapping: { category, stage },
    title: cleanTitle(rawTitle),
    rawTitle,
    published: { raw: published, field: 'published' },
    ...(value('modified') ? { modified: { raw: value('modified'), field: 'modified' } } : {}),
    countyText: value('county') || (county && countyDefinition(county).label),
    url: toAbsoluteUrl(value('url')),
    originUrl: toAbsoluteUrl(value('originUrl')),
    bodyHtml: bodyOf(value('body')) + (items.length > 1 ? itemsTable(items) : fieldsTable(fields)),
    attachments: attachmentsOf(value('attachments')),
    projectCode: value('projectCode') || undefined,
    lotCode: value('lotCode') || undefined,
    fields,
    extra: {},
  };
}

/** A row with personal numbers masked, before anything is made of it: nothing downstream ever holds them. */
export function screened(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([header, text]) => [header, screenPersonalData(text).value]));
}

function findValue(row: Row, mapping: Mapping, target: Target): string {
  for (const [header, text] of Object.entries(row)) {
    if (text !== '' && !MISSING.test(text) && targetsOf(mapping, header).includes(target))
      return tidyUnlessBody(text, target);
  }
  return '';
}

function tidyUnlessBody(text: string, target: Target): string {
  return target === 'body' ? text : tidy(text);
}

/** `{列名}` filled in; empty when none of the columns is. */
function fill(template: string, row: Row): string {
  let filled = 0;
  const text = template.replace(/\{([^{}]+)\}/g, (_all, header: string) => {
    const value = tidy(row[header] ?? '');
    if (value !== '') filled += 1;
    return value;
  });
  return filled > 0 ? tidy(text) : '';
}

function fieldsOf(row: Row, mapping: Mapping): Record<string, string> {
  const fields = new Map<string, string>();
  for (const [header, text] of Object.entries(row)) {
    const target = targetsOf(mapping, header).find((entry) => entry.startsWith('field:'));
    const value = tidy(text).slice(0, LONGEST_FIELD);
    const label = target?.slice('field:'.length);
    if (label && value !== '' && !MISSING.test(value) && !fields.has(label)) fields.set(label, value);
  }
  return Object.fromEntries(fields);
}

/** Items of a notice, each once, however often the file repeats it. */
function distinctItems(rows: readonly Row[], columns: readonly string[]): Row[] {
  const items = new Map<string, Row>();
  for (const row of rows) {
    const item = Object.fromEntries(columns.map((column) => [column, tidy(row[column] ?? '')]));
    items.set(JSON.stringify(item), item);
  }
  return [...items.values()];
}

function itemsTable(items: readonly Row[]): string {
  const headers = Object.keys(items[0] ?? {}).filter((header) => items.some((item) => item[header]));
  const line = (tag: string, cells: string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  const rows = items.map((item) =>
    line(
      'td',
      headers.map((header) => item[header] ?? ''),
    ),
  );
  return `<table><thead>${line('th', headers)}</thead><tbody>${rows.join('')}</tbody></table>`;
}

function fieldsTable(fields: Readonly<Record<string, string>>): string {
  const rows = Object.entries(fields).map(
    ([label, value]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return rows.length > 0 ? `<table><tbody>${rows.join('')}</tbody></table>` : '';
}

/** A body as the file has it: HTML, or plain text with a paragraph for each line. */
function bodyOf(text: string): string {
  if (/<(?:p|div|br|table|span|h\d)\b[^<>]*>/i.test(text)) return text;
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('');
}

function attachmentsOf(text: string): NoticeDraft['attachments'] {
  return text.split(/[\s;；,，]+/).flatMap((part) => {
    const url = toAbsoluteUrl(part);
    return url ? [{ name: new URL(url).pathname.split('/').map(decoded).at(-1) || '附件', url }] : [];
  });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
