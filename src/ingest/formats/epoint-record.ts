import { FeedFormatError, type FeedPage, type NoticeDraft } from '../types.ts';
import { type Columns, findColumn } from './columns.ts';
import { describeDamage } from './damage.ts';
import { fieldText, firstField, otherFields, readRows, requireObject, requireText } from './fields.ts';
import { type JsonObject, unwrapJson } from './json.ts';
import { toAbsoluteUrl } from './links.ts';
import { parseTitle, pickTitle } from './text.ts';

/** In order of trust; any of them may be cut short or carry markup. */
const TITLES = ['realtitle', 'titlenew', 'title', 'customtitle'];
/** Published, shown, inserted, sort key, and the name of the oldest generation. */
const TIMES = ['webdate', 'showdate', 'infodate', 'infodatepx', 'date'];
const LINKS = ['linkurl', 'infourl', 'href'];
const IDS = ['infoid', 'id', 'infoguid'];
const COLUMNS = ['categorynum', 'catgorynum'];
const CODES = ['projectno', 'projectcode'];
/** Cut, stripped of its markup, or highlighted for one search: never a body. */
const SUMMARIES = ['content', 'strcomment', 'highlight'];
const GUID = /(?:cms_)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/i;
const PLACE = /\p{Script=Han}[市县区州]|市直|本级/u;

export interface EpointList {
  columns: Columns;
  /** The column that was asked for: that of records which do not name their own. */
  column: string;
  /** Address with a closing slash that site-relative links start from; may have a path of its own. */
  linkBase: string;
}

/**
 * Drafts of the records that all Epoint generations share (feeds README §4). Records of columns that the source does not
 * read are left out: some sites answer a search of the whole site.
 * @throws FeedFormatError when there are records and none is of the source's columns.
 */
export function readEpointRecords(rows: readonly unknown[], list: EpointList): Pick<FeedPage, 'drafts' | 'faults'> {
  const own = rows.filter((row) => isOwn(row, list));
  if (rows.length > 0 && own.length === 0) {
    throw new FeedFormatError('返回的条目都不属于所请求的栏目', JSON.stringify(rows));
  }
  return readRows(own, (row) => toDraft(toRecord(row), list));
}

/** A record with its field names in lower case, as they differ between generations. */
function toRecord(row: unknown): JsonObject {
  const entries = Object.entries(requireObject(unwrapJson(row), '条目'));
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
}

function isOwn(row: unknown, { columns, column }: EpointList): boolean {
  // Whose column a damaged record is of cannot be told: it becomes a fault, not somebody else's.
  if (describeDamage(JSON.stringify(row) ?? '')) return true;
  try {
    const code = firstField(toRecord(row), COLUMNS)?.text ?? column;
    return [column, ...Object.keys(columns)].some((prefix) => code.startsWith(prefix));
  } catch {
    // Not readable at all: reported as a fault later.
    return true;
  }
}

function toDraft(record: JsonObject, { columns, column, linkBase }: EpointList): NoticeDraft {
  const code = firstField(record, COLUMNS)?.text ?? column;
  const url = resolveLink(firstField(record, LINKS)?.text ?? '', linkBase);
  const [sourceItemId, ...aliases] = idsOf(record, code, url);
  const rawTitle = pickTitle(...TITLES.map((name) => record[name]).filter((title) => typeof title === 'string'));
  const { title, district } = parseTitle(rawTitle);
  const published = firstField(record, TIMES);
  const inserted = fieldText(record.infodate);
  return {
    sourceItemId: requireText(sourceItemId, '编号'),
    ...(aliases.length > 0 ? { aliases } : {}),
    ...findColumn(columns, code),
    title: requireText(title, '标题'),
    rawTitle,
    published: { raw: requireText(published?.text, '发布时间'), field: published?.name ?? '' },
    ...(inserted !== '' && inserted !== published?.text ? { modified: { raw: inserted, field: 'infodate' } } : {}),
    countyText: regionOf(record, district),
    url,
    attachments: [],
    projectCode: firstField(record, CODES)?.text,
    fields: {},
    extra: otherFields(record, [...TITLES, ...COLUMNS, ...LINKS, ...CODES, ...SUMMARIES, published?.name ?? '']),
  };
}

/** An empty link must not become the address of the site itself: every record would be the same page. */
function resolveLink(link: string, base: string): string | undefined {
  const root = new URL(base);
  const isBelowRoot = link.startsWith(root.pathname) || link.startsWith('//');
  const url = toAbsoluteUrl(isBelowRoot ? link : link.replace(/^\//, ''), base);
  return url === root.href || url === `${root.origin}/` ? undefined : url;
}

/** The record's ids without suffix and column, the most stable first; else the one in its link. */
function idsOf(record: JsonObject, column: string, url: string | undefined): string[] {
  const given = IDS.map((name) => stripId(fieldText(record[name]), column)).filter((id) => id !== '');
  if (given.length > 0) return [...new Set(given)];
  const linked = GUID.exec(url ?? '')?.[0] ?? url;
  return linked ? [linked] : [];
}

/** `{column}{guid}_001` → `{guid}`: one notice stands in several columns. */
function stripId(id: string, column: string): string {
  const bare = id.replace(/_\d{3}$/, '');
  const rest = bare.startsWith(column) ? bare.slice(column.length) : '';
  return GUID.exec(rest)?.[0] === rest && rest !== '' ? rest : bare;
}

/** The district. Free fields (`infod`, `zhuanzai`) often name a site instead, and codes count only in the national form. */
function regionOf(record: JsonObject, district = ''): string | undefined {
  if (PLACE.test(district)) return district;
  const texts = (names: string[]) => names.map((name) => fieldText(record[name]));
  return (
    firstField(record, ['xiaquname', 'areaname'])?.text ??
    texts(['areacode', 'infod', 'zhuanzai']).find((text) => PLACE.test(text)) ??
    texts(['xiaqucode', 'xiaquncode', 'areacode']).find((text) => /^\d{6}(?:0{3}|0{6})?$/.test(text))
  );
}
