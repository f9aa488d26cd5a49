import { CATEGORIES, CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import { COUNTY_SLUGS, countyDefinition } from '#src/domain/counties/counties.ts';
import { stableId } from '#src/domain/identifiers/ids.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { STAGE_SLUGS, type Stage, stageDefinition } from '#src/domain/stages.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { headedTable, labelledTable, paragraphs } from '#src/formats/markup.ts';
import { cleanTitle, tidy } from '#src/formats/text.ts';
import type { ColumnMapping, NoticeDraft } from '#src/publish/draft.ts';
import { type Mapping, meaningOf, type Target, targetsOf, type ValuedTarget } from './mapping.ts';
import type { Row } from './rows.ts';

const MISSING = /^(?:无|暂无|null|undefined|[/\\—-]*)$/i;
const LONGEST_FIELD = 20_000;

/**
 * One notice from the rows that make it up. Its id is taken as the file has it: numbers of notices may look like those of
 * persons. Everything else is read from the masked rows.
 * @throws FeedFormatError when it lacks its title, time, id or kind
 */
export function toDraft(given: readonly Row[], mapping: Mapping, file: string): NoticeDraft {
  const rows = given.map(screened);
  const row = rows[0] ?? {};
  const items = mapping.group ? distinctItems(rows, mapping.group.items) : [];
  const value = (target: Target) => findValue(row, mapping, target);
  const rawTitle = mapping.templates.title ? fill(mapping.templates.title, row) : value('title');
  const published = valued(mapping, 'published', value('published')) || (mapping.defaults.published ?? '');
  const id = idOf(given[0] ?? {}, mapping);
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
    ...('exposure' in defaults ? { exposure: defaults.exposure } : { mapping: kindOfNotice(row, mapping) }),
    title: cleanTitle(rawTitle),
    rawTitle,
    published: { raw: published, field: 'published' },
    ...(value('modified') ? { modified: { raw: value('modified'), field: 'modified' } } : {}),
    countyText: labelOfCounty(valued(mapping, 'county', value('county'))) || (county && countyDefinition(county).label),
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

/** A number by itself is an id, whatever it looks like; one of a person inside a longer id stands as a fingerprint of the whole. */
function idOf(row: Row, mapping: Mapping): string {
  const id = mapping.templates.id ? fill(mapping.templates.id, row) : findValue(row, mapping, 'id');
  const { masked, kinds } = redactPersonalData(id);
  const isPlain = masked === 0 || (/^[\d-]+$/.test(id) && kinds.every((kind) => kind === 'mobile'));
  return isPlain ? id : stableId('row', id);
}

/** Category and stage by columns, values and defaults. @throws FeedFormatError for a value that stands for nothing */
function kindOfNotice(row: Row, mapping: Mapping): ColumnMapping {
  const given = 'exposure' in mapping.defaults ? {} : mapping.defaults;
  const category = named(row, mapping, 'category', CATEGORY_NAMES) ?? given.category;
  const stage = named(row, mapping, 'stage', STAGE_NAMES) ?? given.stage;
  if (!category) throw new FeedFormatError('条目没有说明交易类别');
  if (!stage) throw new FeedFormatError('条目没有说明环节');
  return { category, stage };
}

const CATEGORY_NAMES = new Map<string, Category>(
  CATEGORY_SLUGS.flatMap((slug): [string, Category][] => [
    [CATEGORIES[slug].label, slug],
    [slug, slug],
  ]),
);
const STAGE_NAMES = new Map<string, Stage | 'mixed'>([
  ...STAGE_SLUGS.flatMap((slug): [string, Stage][] => [
    [stageDefinition(slug).label, slug],
    [slug, slug],
  ]),
  ['mixed', 'mixed'],
]);

function named<Name>(
  row: Row,
  mapping: Mapping,
  target: 'category' | 'stage',
  names: ReadonlyMap<string, Name>,
): Name | undefined {
  const text = findValue(row, mapping, target);
  if (text === '') return undefined;
  const name = names.get(valued(mapping, target, text));
  if (name !== undefined) return name;
  throw new FeedFormatError(`${target === 'category' ? '交易类别' : '环节'}的取值“${text.slice(0, 40)}”没有对应`);
}

function valued(mapping: Mapping, target: ValuedTarget, text: string): string {
  return meaningOf(mapping, target, text) ?? text;
}

function labelOfCounty(text: string): string {
  const slug = COUNTY_SLUGS.find((each) => each === text);
  return slug ? countyDefinition(slug).label : text;
}

/** A row with personal numbers masked, before anything is made of it: nothing downstream ever holds them. */
export function screened(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([header, text]) => [header, redactPersonalData(text).value]));
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
    const value = tidy(row[header] || (row[`${header}（2）`] ?? ''));
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
