import { z } from 'zod';
import { fieldCount, fieldText, firstField, isObject, requireObject } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { type JsonObject, parseJsonBytes, unwrapJson } from '#src/formats/json.ts';
import type { FeedAdapter, FeedPage, FeedRequest, FetchWindow, ParseContext } from '../types.ts';
import { columnCodes, columnsSchema } from './common/columns.ts';
import { EPOINT_BODIES, readEpointDetail } from './common/epoint-detail.ts';
import { epointFieldsSchema, readEpointRecords } from './common/epoint-record.ts';
import { believedTotal } from './common/total.ts';
import { sliceWindow } from './common/window.ts';

/** Site id that the vendor ships: most sites never changed it. */
const VENDOR_SITE = '7eb5f7f1-9041-43ad-8e13-8fcb82ea831a';
const LISTS = ['infodata', 'data', 'Table', 'table', 'rows'];
const TOTALS = ['count', 'total', 'totalcount', 'totalCount', 'RowCount'];

const settingsSchema = z
  .strictObject({
    /** Origin of the site, with a closing slash. */
    base: z.url({ protocol: /^https?$/ }).regex(/\/$/),
    /** Root of the notices' pages where it is not `base`. */
    linkBase: z
      .url({ protocol: /^https?$/ })
      .regex(/\/$/)
      .optional(),
    path: z.string().default('EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew'),
    /** `params`: JSON in one form field of that name; `query`: the same in the address; `form`: plain form fields. */
    style: z.enum(['params', 'query', 'form']).default('params'),
    siteGuid: z.string().default(VENDOR_SITE),
    /** Where the anonymous token comes from, for sites that want one. */
    token: z.strictObject({ path: z.string(), clientId: z.string().optional() }).optional(),
    /** Names of the parameters; sites differ in case and spelling, and ignore what they do not know. */
    names: z
      .strictObject({
        column: z.string().default('categoryNum'),
        page: z.string().default('pageIndex'),
        size: z.string().default('pageSize'),
        from: z.string().default('startDate'),
        to: z.string().default('endDate'),
      })
      .prefault({}),
    /** Parameters of the site's own. */
    parameters: z.record(z.string(), z.string()).default({}),
    firstPage: z.literal([0, 1]).default(0),
    rowsPerPage: z.number().int().min(1).max(100).default(20),
    /** Days of one search, for sites that ask for a captcha on deep pages. */
    sliceDays: z.number().int().min(1).optional(),
    /** First day of the site's history: where a full run in slices starts. */
    historyFrom: z.iso.date().optional(),
    columns: columnsSchema,
    /** Names of the records' fields, where a site has its own. */
    fields: epointFieldsSchema,
    bodySelectors: z.array(z.string()).default(EPOINT_BODIES),
  })
  .refine(({ sliceDays, historyFrom }) => !sliceDays || historyFrom, 'sliceDays 需要 historyFrom');
type Settings = z.infer<typeof settingsSchema>;
type Query = Record<string, string | number>;

/** 新点 lists by page: EpointWebBuilder and the older EWB-FRONT actions (docs/feeds.md#epoint). */
export const epointPagelist: FeedAdapter<Settings> = {
  key: 'epoint-pagelist',
  name: '新点栏目列表（EpointWebBuilder、EWB-FRONT）',
  caveats: [
    '页码多从 0 开始；参数名大小写不符时被忽略，始终返回第一页',
    'status 可能为 error 而数据完整',
    '约 20 页以后要求验证码，需按日切片',
    'siteGuid 多为厂商默认值，不能识别网站',
  ],
  settings: settingsSchema,
  handshake: { request: tokenRequest, headers: ({ bytes }) => ({ authorization: `Bearer ${readToken(bytes)}` }) },
  lists,
  parseList,
  detail: ({ url }) => (url ? { url, expect: 'html' } : undefined),
  parseDetail: (bytes, draft, { settings: { bodySelectors }, request: { url } }) =>
    readEpointDetail(bytes, draft, { url, bodySelectors }),
};

function tokenRequest({ base, token }: Settings): FeedRequest | undefined {
  if (!token) return undefined;
  const params = token.clientId ? { client_id: token.clientId } : {};
  return formRequest(new URL(token.path, base), { params: JSON.stringify(params) });
}

function readToken(bytes: Uint8Array): string {
  const answer = requireObject(parseJsonBytes(bytes), '根');
  const token = fieldText(requireObject(unwrapJson(answer.custom), 'custom').access_token);
  if (/^[\w.~+/=-]+$/.test(token)) return token;
  throw new FeedFormatError('没有取得匿名令牌', JSON.stringify(answer));
}

function lists(settings: Settings, window: FetchWindow): FeedRequest[] {
  const { sliceDays, historyFrom, columns, siteGuid, names, parameters, firstPage, rowsPerPage } = settings;
  const slices = sliceDays ? sliceWindow(window, historyFrom, sliceDays) : [undefined];
  return columnCodes(columns).flatMap((column) =>
    slices.map((slice) =>
      listRequest(settings, {
        siteGuid,
        [names.from]: slice ? `${slice.from} 00:00:00` : '',
        [names.to]: slice ? `${slice.to} 23:59:59` : '',
        ...parameters,
        [names.column]: column,
        [names.page]: firstPage,
        [names.size]: rowsPerPage,
      }),
    ),
  );
}

function listRequest({ base, path, style }: Settings, query: Query): FeedRequest {
  const url = new URL(path, base);
  if (style === 'form') return formRequest(url, query);
  const params = JSON.stringify(query);
  if (style === 'params') return formRequest(url, { params });
  url.searchParams.set('params', params);
  return formRequest(url, {});
}

function formRequest(url: URL, fields: Query): FeedRequest {
  const form = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  return {
    url: url.href,
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      accept: 'application/json, text/javascript, */*; q=0.01',
      origin: url.origin,
      referer: `${url.origin}/`,
      'x-requested-with': 'XMLHttpRequest',
    },
    body: new URLSearchParams(form).toString(),
    expect: 'json',
  };
}

/** The query of a request made by {@link listRequest}. */
function queryOf({ style }: Settings, { url, body }: FeedRequest): Query {
  const form = style === 'query' ? new URL(url).searchParams : new URLSearchParams(body);
  return style === 'form' ? Object.fromEntries(form) : JSON.parse(form.get('params') ?? '');
}

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const { base, linkBase = base, columns, names, firstPage, rowsPerPage, fields } = settings;
  const { rows, total: claimed } = findRows(parseJsonBytes(bytes));
  const query = queryOf(settings, request);
  const page = Number(query[names.page]);
  const start = (page - firstPage) * rowsPerPage;
  const total = believedTotal(claimed, { read: start, count: rows.length, size: rowsPerPage });
  if (rows.length === 0 && (total === undefined ? start === 0 : total > start)) {
    throw new FeedFormatError('返回的列表没有条目，与其总数不符', Buffer.from(bytes).toString('utf8', 0, 600));
  }
  const read = readEpointRecords(rows, { columns, column: String(query[names.column]), linkBase, fields });
  const isLast = rows.length === 0 || (total === undefined ? rows.length < rowsPerPage : start + rowsPerPage >= total);
  return { ...read, total, next: isLast ? undefined : listRequest(settings, { ...query, [names.page]: page + 1 }) };
}

/**
 * Rows and their claimed number, wherever a generation puts them: in `custom.infodata`, in `data` (JSON as text), in
 * `Table`, or bare. What `status` says is not asked: sites report errors beside whole lists.
 */
function findRows(answer: unknown): { rows: unknown[]; total: number | undefined } {
  const whole = unwrapJson(answer);
  if (Array.isArray(whole)) return { rows: whole, total: undefined };
  const outer = requireObject(whole, '根');
  for (const place of [outer.custom, outer.data, outer].map(unwrapJson)) {
    if (Array.isArray(place)) return { rows: place, total: totalOf(outer) };
    if (!isObject(place)) continue;
    const rows = LISTS.map((name) => unwrapJson(place[name])).find((value) => Array.isArray(value));
    if (rows) return { rows, total: totalOf(place) ?? totalOf(outer) };
  }
  throw new FeedFormatError('返回的数据里没有列表', JSON.stringify(answer));
}

function totalOf(place: JsonObject): number | undefined {
  return fieldCount(firstField(place, TOTALS)?.text);
}
