import { z } from 'zod';
import { fieldCount, requireList, requireObject } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { type JsonObject, parseJsonBytes, unwrapJson } from '#src/formats/json.ts';
import type { FeedAdapter, FeedPage, FeedRequest, FetchWindow, ParseContext } from '../types.ts';
import { columnCodes, columnsSchema } from './common/columns.ts';
import { EPOINT_BODIES, readEpointDetail } from './common/epoint-detail.ts';
import { epointFieldsSchema, readEpointRecords } from './common/epoint-record.ts';
import { believedTotal } from './common/total.ts';
import { type DaySlice, sliceWindow } from './common/window.ts';

const settingsSchema = z
  .strictObject({
    /** Origin of the site, with a closing slash. */
    base: z.url({ protocol: /^https?$/ }).regex(/\/$/),
    /** Root of the notices' pages where it is not `base`, e.g. `https://host/bzweb/`. */
    linkBase: z
      .url({ protocol: /^https?$/ })
      .regex(/\/$/)
      .optional(),
    path: z.string().default('inteligentsearch/rest/esinteligentsearch/getFullTextDataNew'),
    /** The body is the same JSON text under either type. */
    contentType: z.enum(['application/json', 'application/x-www-form-urlencoded']).default('application/json'),
    /** Number of the search index (`cnum`). */
    index: z.string().default('001'),
    rowsPerPage: z.number().int().min(1).max(50).default(20),
    /** Field → `0` descending, `1` ascending. */
    sort: z.record(z.string(), z.enum(['0', '1'])).default({ webdate: '0' }),
    /** Conditions beside the column's, e.g. a district. */
    conditions: z.array(z.strictObject({ field: z.string(), value: z.string(), isPrefix: z.boolean() })).default([]),
    /** Parameters of the site's own, and others than usual ones; null leaves a parameter out. */
    parameters: z.record(z.string(), z.json()).default({}),
    /** Days of one search, for sites that stop paging deep or ask for a time. */
    sliceDays: z.number().int().min(1).optional(),
    /** Field that the days are counted in. */
    timeField: z.string().default('webdate'),
    /** First day of the site's history: where a full run in slices starts. */
    historyFrom: z.iso.date().optional(),
    columns: columnsSchema,
    /** Names of the records' fields, where a site has its own. */
    fields: epointFieldsSchema,
    bodySelectors: z.array(z.string()).default(EPOINT_BODIES),
  })
  .refine(({ sliceDays, historyFrom }) => !sliceDays || historyFrom, 'sliceDays 需要 historyFrom');
type Settings = z.infer<typeof settingsSchema>;

/** Body of a list request. `pn` is an offset in rows, no page number; the column's condition comes first. */
interface Query extends JsonObject {
  pn: number;
  condition: JsonObject[];
}

/** 新点 full-text search, plain or wrapped a second time (docs/feeds.md#epoint). */
export const epointFulltext: FeedAdapter<Settings> = {
  key: 'epoint-fulltext',
  name: '新点全文检索（getFullTextData）',
  caveats: [
    'pn 是行偏移而不是页码；数字写成文本时返回状态 200 的错误页',
    '缺少 Referer、Origin 等请求头时返回错误页',
    '有的网站声明 UTF-8 而实际为 GB18030',
    '有的网站把结果作为文本再包一层',
    'content 为截断的摘要，正文另取',
  ],
  settings: settingsSchema,
  lists,
  parseList,
  detail: ({ url }) => (url ? { url, expect: 'html' } : undefined),
  parseDetail: (bytes, draft, { settings: { bodySelectors }, request: { url } }) =>
    readEpointDetail(bytes, draft, { url, bodySelectors }),
};

function lists(settings: Settings, window: FetchWindow): FeedRequest[] {
  const { sliceDays, historyFrom, columns } = settings;
  const slices = sliceDays ? sliceWindow(window, historyFrom, sliceDays) : [undefined];
  return columnCodes(columns).flatMap((column) =>
    slices.map((slice) => listRequest(settings, firstQuery(settings, column, slice))),
  );
}

function firstQuery(settings: Settings, column: string, slice: DaySlice | undefined): Query {
  const { index, rowsPerPage, sort, conditions, parameters, timeField } = settings;
  return {
    token: '',
    rn: rowsPerPage,
    sdt: '',
    edt: '',
    wd: '',
    inc_wd: '',
    exc_wd: '',
    fields: 'title',
    cnum: index,
    sort: JSON.stringify(sort),
    ssort: 'title',
    cl: 200,
    terminal: '',
    highlights: '',
    statistics: null,
    unionCondition: null,
    accuracy: '',
    noParticiple: '1',
    searchRange: null,
    ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, value ?? undefined])),
    pn: 0,
    condition: [
      toCondition('categorynum', column, true),
      ...conditions.map(({ field, value, isPrefix }) => toCondition(field, value, isPrefix)),
    ],
    time: slice
      ? [{ fieldName: timeField, startTime: `${slice.from} 00:00:00`, endTime: `${slice.to} 23:59:59` }]
      : null,
  };
}

function toCondition(fieldName: string, equal: string, isPrefix: boolean): JsonObject {
  const prefix = isPrefix ? { isLike: true, likeType: 2 } : {};
  return { fieldName, equal, notEqual: null, equalList: null, notEqualList: null, ...prefix };
}

function listRequest({ base, path, contentType }: Settings, query: Query): FeedRequest {
  return {
    url: new URL(path, base).href,
    method: 'POST',
    headers: {
      'content-type': `${contentType}; charset=UTF-8`,
      accept: 'application/json, text/javascript, */*; q=0.01',
      origin: new URL(base).origin,
      referer: base,
      'x-requested-with': 'XMLHttpRequest',
    },
    body: JSON.stringify(query),
    expect: 'json',
  };
}

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const result = readResult(bytes);
  const rows = requireList(result.records, 'result.records', result);
  const query: Query = JSON.parse(request.body ?? '');
  const progress = { read: query.pn, count: rows.length, size: settings.rowsPerPage };
  const total = believedTotal(fieldCount(result.totalcount), progress);
  if (rows.length === 0 && (total === undefined ? query.pn === 0 : total > query.pn)) {
    throw new FeedFormatError('返回的列表没有条目，与其总数不符', JSON.stringify(result));
  }
  const { base, linkBase = base, columns, rowsPerPage, fields } = settings;
  const page = readEpointRecords(rows, { columns, column: String(query.condition[0]?.equal), linkBase, fields });
  const end = query.pn + rows.length;
  const isLast = rows.length === 0 || (total === undefined ? rows.length < rowsPerPage : end >= total);
  return { ...page, total, next: isLast ? undefined : listRequest(settings, { ...query, pn: end }) };
}

/** The result, which some sites give as text inside `content`: told by its shape, not by the host. */
function readResult(bytes: Uint8Array): JsonObject {
  const answer = requireObject(parseJsonBytes(bytes), '根');
  const inner = 'result' in answer ? answer : requireObject(unwrapJson(answer.content), 'result');
  return requireObject(unwrapJson(inner.result), 'result');
}
