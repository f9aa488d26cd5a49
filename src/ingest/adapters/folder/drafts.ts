import { countyDefinition } from '#src/domain/counties.ts';
import { stableId } from '#src/domain/ids.ts';
import { toAbsoluteUrl } from '../../formats/links.ts';
import { headedTable, labelledTable, paragraphs } from '../../formats/markup.ts';
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
  const { defaults } = mapping;
  const { county } = defaults;
  const fields = items.length > 1 ? {} : fieldsOf({ ...row, ...items[0] }, mapping);
  return {
    // Ids of rejected items are shown on the sync board: those of decisions may hold a person's name.
    sourceItemId: 'exposure' in defaults ? stableId('row', id) : id.slice(0, 300),
    column: { code: file },
    ...('exposure' in defaults
      ? { exposure: defaults.exposure }
      : { mapping: { category: defaults.category, stage: defaults.stage } }),
    title: cleanTitle(rawTitle),
    rawTitle,
    published: { raw: published, field: 'published' },
    ...(value('modified') ? { modified: { raw: value('modified'), field: 'modified' } } : {}),
    countyText: value('county') || (county && countyDefinition(county).label),
    url: toAbsoluteUrl(value('url')),
    originUrl: toAbsoluteUrl(value('originUrl')),
    bodyHtml: bodyOf(value('body')) + (items.length > 1 ? itemsTable(items) : labelledTable(fields)),
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
  const headers = Object.keys(items[0] ?? {});
  return headedTable(
    headers,
    items.map((item) => headers.map((header) => item[header] ?? '')),
  );
}

/** A body as the file has it: HTML, or plain text with a paragraph for each line. */
function bodyOf(text: string): string {
  if (/<(?:p|div|br|table|span|h\d)\b[^<>]*>/i.test(text)) return text;
  return paragraphs(text);
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
