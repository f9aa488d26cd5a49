import { load } from 'cheerio';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS, countyDefinition } from '#src/domain/counties/counties.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { decodeText } from '#src/formats/decode.ts';
import { fieldText, isObject, requireText } from '#src/formats/fields.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { labelledTable, paragraphs } from '#src/formats/markup.ts';
import { parseTitle, pickTitle } from '#src/formats/text.ts';
import type { DraftAttachment, NoticeDraft, RawTime } from '#src/publish/draft.ts';
import { findColumn } from '../common/columns.ts';
import { readEnglishDate } from '../common/rss-date.ts';
import { rowsAt, type Scope } from './paths.ts';
import type { DetailStep, Settings } from './settings.ts';
import { findAll, type Source, textOf } from './sources.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const SHORTEST_BASE64 = 40;
const TAG = /<\/?[a-z][^<>]*>/i;

/**
 * A body as APIs wrap it: HTML, plain text, HTML whose tags are entities, percent-encoded, or base64 in any of our charsets; of
 * a list the parts one after the other. Empty when there is none.
 */
function readBody(value: unknown): string {
  if (Array.isArray(value)) return value.map(readBody).filter(Boolean).join('\n');
  if (isObject(value)) return Object.values(value).map(readBody).filter(Boolean).join('\n');
  if (typeof value !== 'string') return '';
  const text = value.trim();
  if (TAG.test(text)) return text;
  if (/%3C/i.test(text.slice(0, 200))) return readBody(decodePercent(text));
  const compact = text.replace(/\s/g, '');
  if (compact.length >= SHORTEST_BASE64 && BASE64.test(compact)) {
    const decoded = decodeText(Buffer.from(compact, 'base64'));
    if (TAG.test(decoded) || /\p{Script=Han}/u.test(decoded)) return readBody(decoded);
  }
  if (/&lt;\/?[a-z][^&]*?(?:&gt;|\/)/i.test(text)) return load(text, null, false).text();
  return text;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', '%20')).replace(/%3C/gi, '');
  } catch {
    return '';
  }
}

/** Longest text of a row that is kept for templates of details. */
const LONGEST_KEPT = 2_000;
const LONGEST_FACT = 20_000;

/** A row as a draft. @throws FeedFormatError when its id, title or time is missing */
export function toDraft(scope: Scope, settings: Settings): NoticeDraft {
  const { fields, facts, attachments } = settings;
  const titles = findAll(fields.title, scope).map(({ value }) =>
    typeof value === 'string' ? value : fieldText(value),
  );
  const rawTitle = pickTitle(...titles);
  const { title, district } = parseTitle(rawTitle);
  const id = requireText(textOf(fields.id, scope), '编号').slice(0, 300);
  const aliases = fields.aliases.map((source) => textOf(source, scope)).filter((alias) => alias !== '' && alias !== id);
  const published = timeOf(fields.published, scope);
  const common = readCommon(settings, scope, { fields, facts, attachments });
  return {
    sourceItemId: id,
    ...(aliases.length > 0 ? { aliases } : {}),
    ...columnOf(settings, scope),
    attachments: [],
    fields: {},
    ...common,
    title: requireText(title, '标题'),
    rawTitle,
    published: { raw: requireText(published?.raw, '发布时间'), field: published?.field ?? '' },
    countyText: common.countyText ?? district,
    extra: { row: keptRow(scope.row), column: scope.variables.column ?? '' },
  };
}

/** What lists and details alike may give; only what is there. */
export function readCommon(
  settings: Settings,
  scope: Scope,
  step: Pick<DetailStep, 'facts' | 'attachments'> & { fields: DetailStep['fields'] },
): Partial<NoticeDraft> {
  const { fields } = step;
  const base = settings.linkBase ?? new URL(settings.list.url.replace(/\{[^{}]*\}/g, 'x')).origin;
  const url = addressOf(fields.url, scope, base);
  const originUrl = addressOf(fields.originUrl, scope, base);
  const modified = timeOf(fields.modified, scope);
  const county = textOf(fields.county, scope);
  const facts = factsOf(step.facts, scope);
  const body = readBody(findAll(fields.body, scope)[0]?.value);
  const bodyHtml = body === '' ? '' : /<[a-z][^<>]*>/i.test(body) ? body : paragraphs(body);
  const projectCode = textOf(fields.projectCode, scope);
  const lotCode = textOf(fields.lotCode, scope);
  const attachments = filesOf(step.attachments, scope, base);
  return {
    ...(url ? { url } : {}),
    ...(originUrl ? { originUrl } : {}),
    ...(modified ? { modified } : {}),
    ...(county ? { countyText: labelOfCounty(county) } : {}),
    ...(projectCode ? { projectCode } : {}),
    ...(lotCode ? { lotCode } : {}),
    ...(Object.keys(facts).length > 0 ? { fields: facts } : {}),
    ...(bodyHtml || Object.keys(facts).length > 0 ? { bodyHtml: bodyHtml || labelledTable(facts) } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
  };
}

function columnOf(settings: Settings, scope: Scope): Pick<NoticeDraft, 'column' | 'mapping' | 'exposure'> {
  const { fields, columns } = settings;
  const code = textOf(fields.column, scope) || scope.variables.column || '';
  // Codes of these sites are no prefixes of each other.
  const own = columns && Object.hasOwn(columns, code) ? { [code]: columns[code] ?? {} } : {};
  const { column, mapping, exposure } = findColumn(own, code);
  if (mapping || exposure) return { column, mapping, exposure };
  const known = own[code];
  const named = [known?.category ?? textOf(fields.category, scope), known?.stage ?? textOf(fields.stage, scope)];
  const category = CATEGORY_SLUGS.find((slug) => slug === named[0]);
  const stage = [...STAGE_SLUGS, 'mixed' as const].find((slug) => slug === named[1]);
  return {
    column: { ...column, code: code || valuesOf(settings, scope) },
    mapping: category && stage ? { category, stage } : undefined,
  };
}

/** What a row without a column says in place of one: the board lists it as unknown until somebody maps it. */
function valuesOf({ fields }: Settings, scope: Scope): string {
  const bare = (source: Source | undefined) => {
    const sources = source === undefined ? [] : Array.isArray(source) ? source : [source];
    const froms = sources.flatMap((each) => (typeof each === 'object' && 'from' in each ? each.from : []));
    return textOf(froms.length > 0 ? froms : undefined, scope);
  };
  return [bare(fields.category), bare(fields.stage)].filter(Boolean).join('/').slice(0, 200);
}

function labelOfCounty(text: string): string {
  const slug = COUNTY_SLUGS.find((each) => each === text);
  return slug ? countyDefinition(slug).label : text;
}

/** The first time that names a day, else the first that holds anything: the pipeline says what is wrong with it. */
export function timeOf(source: Source | undefined, scope: Scope): RawTime | undefined {
  const times = findAll(source, scope).map(({ value, name }) => ({ raw: timeText(value), field: name }));
  return times.find(({ raw }) => parseFeedTime(raw)) ?? times.find(({ raw }) => raw !== '');
}

/** `[2026,3,17,9,30]` is how Java writes local times; seconds since 1970 may come with a fraction. */
function timeText(value: unknown): string {
  if (Array.isArray(value) && value.length >= 3 && value.every((part) => typeof part === 'number')) {
    const [year, month, day, ...clock] = value.map((part) => String(part).padStart(2, '0'));
    const hours = clock.length === 1 ? [...clock, '00'] : clock.slice(0, 3);
    return [`${year}-${month}-${day}`, hours.join(':')].join(' ').trim();
  }
  const text = fieldText(value);
  return readEnglishDate(/^\d{10}\.\d+$/.test(text) ? text.replace(/\..*$/, '') : text);
}

function addressOf(source: Source | undefined, scope: Scope, base: string): string | undefined {
  for (const { value } of findAll(source, scope, encodeURIComponent)) {
    const url = typeof value === 'string' ? toAbsoluteUrl(value, base) : undefined;
    // An empty link is no link to the site itself: every row would be the same page.
    if (url && url !== new URL(base).href && url !== `${new URL(base).origin}/`) return url;
  }
  return undefined;
}

function factsOf(facts: Readonly<Record<string, Source>>, scope: Scope): Record<string, string> {
  const entries = Object.entries(facts).map(([label, source]) => [label, textOf(source, scope).slice(0, LONGEST_FACT)]);
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

function filesOf(files: DetailStep['attachments'], scope: Scope, base: string): DraftAttachment[] {
  if (!files) return [];
  const holder = files.rows.startsWith('$.') ? scope.root : scope.row;
  const rows = rowsAt(files.rows.replace(/^\$\./, ''), holder) ?? [];
  return rows.flatMap(({ row, parents }) => {
    const inner: Scope = { ...scope, row, parents: [...parents, ...scope.parents] };
    const url = addressOf(files.url, inner, base);
    const name = textOf(files.name, inner);
    return url ? [{ name: name || '附件', url }] : [];
  });
}

/** The row without its long texts, which no address needs. */
function keptRow(row: unknown): unknown {
  if (!isObject(row)) return row;
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => !(typeof value === 'string' && value.length > LONGEST_KEPT)),
  );
}
