import { z } from 'zod';
import { decodeText } from '#src/formats/decode.ts';
import {
  fieldCount,
  fieldText,
  firstField,
  isObject,
  otherFields,
  readRows,
  requireList,
  requireObject,
  requireText,
} from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parsePage } from '#src/formats/html.ts';
import { type JsonObject, parseJson, parseJsonBytes, unwrapJson } from '#src/formats/json.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { parseTitle } from '#src/formats/text.ts';
import type { DraftAttachment, NoticeDraft } from '#src/publish/draft.ts';
import type { FeedAdapter, FeedPage, FeedRequest, ParseContext } from '../types.ts';
import { findBody, listAttachments, requireBody } from './common/article.ts';
import { type Columns, columnCodes, columnsSchema, findColumn } from './common/columns.ts';

/** Columns of the site (docs/feeds.md#government-procurement); 29 holds its own announcements. */
const COLUMNS: Columns = {
  '0303': { label: '市县采购公告', category: 'procurement', stage: 'tenderNotice' },
  '0304': { label: '市县结果公告', category: 'procurement', stage: 'awardNotice' },
  '2504': { label: '市县采购意向', category: 'procurement', stage: 'procurementIntention' },
};
const TRY_LATER = '999';
const LONGEST_TITLE = 220;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

const settingsSchema = z.strictObject({
  /** Origin of the API, with a closing slash. */
  base: z
    .url({ protocol: /^https?$/ })
    .regex(/\/$/)
    .default('https://www.ccgp-shandong.gov.cn:8087/'),
  /** Origin of the pages, which the API wants to be asked from. */
  site: z
    .url({ protocol: /^https?$/ })
    .regex(/\/$/)
    .default('http://www.ccgp-shandong.gov.cn/'),
  /** Six digits, e.g. 370800. */
  area: z.string(),
  columns: columnsSchema.default(COLUMNS),
  rowsPerPage: z.number().int().min(1).max(100).default(20),
});
type Settings = z.infer<typeof settingsSchema>;

/** 中国山东政府采购网: a list in JSON, bodies as base64 of HTML in GBK or UTF-8 (docs/feeds.md#government-procurement). */
export const ccgpShandong: FeedAdapter<Settings> = {
  key: 'ccgp-shandong',
  name: '中国山东政府采购网',
  caveats: [
    '条目编号是每次请求都不同的密文：以标题、时间和地区认定同一公告，不保存原文网址',
    '接口端口的证书与域名不符时无法读取：不关闭证书校验',
    '正文是 base64，编码为 GBK 或 UTF-8',
  ],
  settings: settingsSchema,
  lists: (settings) => columnCodes(settings.columns).map((column) => listRequest(settings, column, 1)),
  parseList,
  detail,
  parseDetail,
};

function listRequest({ base, site, area, rowsPerPage }: Settings, colCode: string, currentPage: number): FeedRequest {
  return {
    url: new URL('api/website/site/getListByCode', base).href,
    method: 'POST',
    headers: { 'content-type': 'application/json;charset=UTF-8', ...browserHeaders(site) },
    body: JSON.stringify({ colCode, area, currentPage, pageSize: rowsPerPage, homePage: 1 }),
    expect: 'json',
  };
}

function browserHeaders(site: string): Record<string, string> {
  return { origin: new URL(site).origin, referer: site, 'x-requested-with': 'XMLHttpRequest' };
}

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const data = openEnvelopes(bytes);
  const records = requireList(data.records, 'data.data.records', data);
  const asked = requireObject(parseJson(request.body ?? '{}'), 'request');
  const column = fieldText(asked.colCode);
  const page = fieldCount(asked.currentPage) ?? 1;
  const pages = fieldCount(data.pages) ?? 0;
  if (records.length === 0 && page <= pages)
    throw new FeedFormatError('返回的列表没有条目，与其页数不符', JSON.stringify(data));
  const { drafts, faults } = readRows(records, (record) => toDraft(requireObject(record, 'records'), column, settings));
  return {
    drafts: distinguish(drafts),
    faults,
    next: page < pages ? listRequest(settings, column, page + 1) : undefined,
  };
}

/** What both envelopes hold. @throws FeedFormatError when either reports a failure */
function openEnvelopes(bytes: Uint8Array): JsonObject {
  const outer = requireObject(parseJsonBytes(bytes), '根');
  const inner = isObject(outer.data) ? outer.data : {};
  const [status, code] = [fieldText(outer.status), fieldText(inner.code)];
  if (status === TRY_LATER || code === TRY_LATER || fieldText(outer.code) === TRY_LATER)
    throw new FeedFormatError('网站要求稍后再试', JSON.stringify(outer));
  if (status !== '200' || code !== '100') {
    const message = fieldText(inner.message) || fieldText(outer.message) || code || status;
    throw new FeedFormatError(`网站返回失败：${message}`, JSON.stringify(outer));
  }
  return requireObject(unwrapJson(inner.data), 'data.data');
}

function toDraft(record: JsonObject, column: string, settings: Settings): NoticeDraft {
  const rawTitle = requireText(typeof record.title === 'string' ? record.title : '', '标题');
  const { title, district } = parseTitle(rawTitle);
  const published = requireText(fieldText(record.date), '发布时间');
  const area = fieldText(record.areaName);
  return {
    sourceItemId: [requireText(title, '标题').replace(/\s/g, '').slice(0, LONGEST_TITLE), published, area].join('|'),
    ...findColumn(settings.columns, column),
    title,
    rawTitle,
    published: { raw: published, field: 'date' },
    countyText: area || district,
    attachments: [],
    fields: {},
    extra: { ...otherFields(record, ['title', 'date', 'areaName']), id: requireText(fieldText(record.id), '编号') },
  };
}

/** Lots may have one title, time and area: on one page the tokens tell them apart, and their order numbers them. */
function distinguish(drafts: readonly NoticeDraft[]): NoticeDraft[] {
  const tokens = new Map<string, unknown[]>();
  return drafts.map((draft) => {
    const known = tokens.get(draft.sourceItemId) ?? [];
    tokens.set(draft.sourceItemId, known);
    const at = known.indexOf(draft.extra.id);
    const number = at >= 0 ? at + 1 : known.push(draft.extra.id);
    return number === 1 ? draft : { ...draft, sourceItemId: `${draft.sourceItemId}|${number}` };
  });
}

/** The token is only good for the run that received it: it is neither identity nor address. */
function detail(
  { bodyHtml, attachments, column, extra }: NoticeDraft,
  { base, site }: Settings,
): FeedRequest | undefined {
  if (bodyHtml !== undefined || attachments.length > 0) return undefined;
  const url = new URL('api/website/site/getDetail', base);
  const query = {
    id: fieldText(extra.id),
    colCode: fieldText(extra.colCode) || column.code,
    oldData: fieldText(extra.oldData) || '0',
  };
  url.search = new URLSearchParams(query).toString();
  return { url: url.href, headers: browserHeaders(site), expect: 'json' };
}

function parseDetail(bytes: Uint8Array, draft: NoticeDraft, { settings }: ParseContext<Settings>): NoticeDraft {
  const data = openEnvelopes(bytes);
  const $ = parsePage(decodeBody(typeof data.body === 'string' ? data.body : ''));
  const attachments = [...filesOf(data.files, settings), ...listAttachments($, 'body', settings.site)];
  return { ...draft, attachments, bodyHtml: requireBody(findBody($, ['body']), attachments, $) };
}

/** HTML from base64, in whatever charset its bytes are; a body that is markup already stays as it is. */
function decodeBody(body: string): string {
  const base64 = body.replace(/\s/g, '');
  return base64 !== '' && BASE64.test(base64) ? decodeText(Buffer.from(base64, 'base64')) : body;
}

function filesOf(files: unknown, { base }: Settings): DraftAttachment[] {
  const list = unwrapJson(files);
  if (!Array.isArray(list)) return [];
  return list.filter(isObject).flatMap((file) => {
    const href = [file.url, file.fileUrl, file.filePath, file.path].find((value) => typeof value === 'string');
    const url = toAbsoluteUrl(String(href ?? ''), base);
    return url ? [{ name: firstField(file, ['name', 'fileName', 'title'])?.text ?? '附件', url }] : [];
  });
}
