import { z } from 'zod';
import { describeDamage } from '#src/formats/damage.ts';
import { fieldText, firstField, otherFields, readRows, requireObject, requireText } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { type JsonObject, unwrapJson } from '#src/formats/json.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { parseTitle, pickTitle } from '#src/formats/text.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { FeedPage } from '../../types.ts';
import { type Columns, findColumn } from './columns.ts';

/** Names of one field in order of trust; sites differ in case. */
const names = (...defaults: string[]) =>
  z
    .array(
      z
        .string()
        .min(1)
        .transform((name) => name.toLowerCase()),
    )
    .min(1)
    .default(defaults);

/** What the fields of a record are called. The defaults know the vendor's generations since 2010. */
export const epointFieldsSchema = z
  .strictObject({
    id: names('infoid', 'id', 'infoguid', 'guid'),
    /** Any of them may be cut short or carry markup. */
    title: names('realtitle', 'titlenew', 'title', 'title2', 'customtitle'),
    /** Published, shown, inserted, sort key, and the names of the oldest generation. */
    published: names('webdate', 'showdate', 'infodate', 'infodatepx', 'postdate', 'date'),
    modified: names('infodate'),
    url: names('linkurl', 'infourl', 'href', 'link'),
    column: names('categorynum', 'catgorynum'),
    projectCode: names('projectno', 'projectcode', 'xmbh'),
    district: names('xiaquname', 'areaname', 'cityname'),
    /** Free fields, which count when they name a place, and codes, which count in the national form. */
    districtHints: names('areacode', 'infod', 'infoc', 'zhuanzai', 'xiaqucode', 'xiaquncode'),
  })
  .prefault({});
export type EpointFields = z.infer<typeof epointFieldsSchema>;

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
  fields: EpointFields;
}

/**
 * Drafts of the records that all Epoint generations share (docs/feeds.md#epoint). Records of columns that the source does not
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

function isOwn(row: unknown, { columns, column, fields }: EpointList): boolean {
  // Whose column a damaged record is of cannot be told: it becomes a fault, not somebody else's.
  if (describeDamage(JSON.stringify(row) ?? '')) return true;
  try {
    const code = firstField(toRecord(row), fields.column)?.text ?? column;
    return [column, ...Object.keys(columns)].some((prefix) => code.startsWith(prefix));
  } catch {
    // Not readable at all: reported as a fault later.
    return true;
  }
}

function toDraft(record: JsonObject, { columns, column, linkBase, fields }: EpointList): NoticeDraft {
  const code = firstField(record, fields.column)?.text ?? column;
  const url = resolveLink(firstField(record, fields.url)?.text ?? '', linkBase);
  const [sourceItemId, ...aliases] = idsOf(record, fields, code, url);
  const rawTitle = pickTitle(...fields.title.map((name) => record[name]).filter((title) => typeof title === 'string'));
  const { title, district } = parseTitle(rawTitle);
  const published = firstField(record, fields.published);
  const inserted = firstField(record, fields.modified);
  const used = [fields.title, fields.column, fields.url, fields.projectCode].flat();
  return {
    sourceItemId: requireText(sourceItemId, '编号'),
    ...(aliases.length > 0 ? { aliases } : {}),
    ...findColumn(columns, code),
    title: requireText(title, '标题'),
    rawTitle,
    published: { raw: requireText(published?.text, '发布时间'), field: published?.name ?? '' },
    ...(inserted && inserted.text !== published?.text
      ? { modified: { raw: inserted.text, field: inserted.name } }
      : {}),
    countyText: regionOf(record, fields, district),
    url,
    attachments: [],
    projectCode: firstField(record, fields.projectCode)?.text,
    fields: {},
    extra: otherFields(record, [...used, ...SUMMARIES, published?.name ?? '']),
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
function idsOf(record: JsonObject, fields: EpointFields, column: string, url: string | undefined): string[] {
  const given = fields.id.map((name) => stripId(fieldText(record[name]), column)).filter((id) => id !== '');
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

/** The district. Free fields (`infod`, `zhuanzai`) often name a site instead. */
function regionOf(record: JsonObject, fields: EpointFields, district = ''): string | undefined {
  if (PLACE.test(district)) return district;
  const hints = fields.districtHints.map((name) => fieldText(record[name]));
  return (
    firstField(record, fields.district)?.text ??
    hints.find((text) => PLACE.test(text)) ??
    hints.find((text) => /^\d{6}(?:0{3}|0{6})?$/.test(text))
  );
}
