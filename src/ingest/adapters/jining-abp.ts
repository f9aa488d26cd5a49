import { z } from 'zod';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import {
  fieldCount,
  fieldText,
  isObject,
  otherFields,
  readRows,
  requireList,
  requireObject,
  requireText,
} from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { type JsonObject, parseJson, parseJsonBytes } from '#src/formats/json.ts';
import { joinUrl } from '#src/formats/links.ts';
import { parseTitle } from '#src/formats/text.ts';
import type { NoticeDraft, RawTime } from '#src/publish/draft.ts';
import type { FeedAdapter, FeedPage, FeedRequest, ParseContext } from '../types.ts';
import { antiForgeryHeaders } from './common/anti-forgery.ts';
import { parseBulletin } from './common/bulletin.ts';
import { columnCodes, columnsSchema, findColumn } from './common/columns.ts';
import { findGuid, sequentialGuidTime } from './common/guid-time.ts';

const ROWS_A_PAGE = 20;
/** In order of trust. Dates that mean "none" (0001-01-01) are passed over. */
const TIMES = ['releaseDate', 'startDate', 'creationTime'];
const USED = ['id', 'title', 'code', 'categoryCode', 'releaseDate', 'lastModificationTime'];

const settingsSchema = z.strictObject({
  base: z.url({ protocol: /^https?$/ }),
  /** Path segment of the unit's own site, and the number under which the interface knows it (text, as the site sends it). */
  tenant: z.string().regex(/^[A-Za-z]+$/),
  tenantId: z.string().regex(/^\d+$/),
  siteId: z.string().optional(),
  regionId: z.string().default('0'),
  /** Rows of all sites: they do not say which, and codes differ between sites. */
  includeAllSite: z.boolean().default(false),
  columns: columnsSchema,
  /** Tried before the platform's own. */
  bodySelectors: z.array(z.string()).default([]),
});
type Settings = z.infer<typeof settingsSchema>;

/** 济宁公共资源交易网 2018–2024: ABP application service with anti-forgery tokens (docs/feeds.md#jining-until-2024). */
export const jiningAbp: FeedAdapter<Settings> = {
  key: 'jining-abp',
  name: '济宁公共资源交易网（ABP）',
  caveats: [
    '列表接口要求防伪令牌，没有令牌时返回网页',
    '栏目编码的含义因站点而异',
    '一个类别的历史分在新旧两种编码下',
    '修改后的公告编号和发布时间不变，只有 lastModificationTime 变化',
  ],
  settings: settingsSchema,
  handshake: {
    request: (settings) => ({ url: bulletinsUrl(settings, columnCodes(settings.columns)[0] ?? ''), expect: 'html' }),
    headers: ({ cookies }) => antiForgeryHeaders(cookies),
  },
  lists: (settings) => columnCodes(settings.columns).map((column) => listRequest(settings, column, 0)),
  parseList,
  detail: ({ url }) => (url ? { url, expect: 'html' } : undefined),
  parseDetail: (bytes, draft, { settings, request }) => parseBulletin(bytes, draft, { ...settings, request }),
};

function bulletinsUrl(settings: Settings, column: string): string {
  return `${joinUrl(settings.base, `${settings.tenant}/Bulletins`)}?CategoryCode=${encodeURIComponent(column)}`;
}

function listRequest(settings: Settings, column: string, skipCount: number): FeedRequest {
  const { tenantId, siteId, regionId, includeAllSite } = settings;
  return {
    url: joinUrl(settings.base, 'api/services/app/stPrtBulletin/GetBulletinList'),
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-requested-with': 'XMLHttpRequest',
      referer: bulletinsUrl(settings, column),
    },
    body: JSON.stringify({
      skipCount,
      maxResultCount: ROWS_A_PAGE,
      categoryCode: column,
      includeAllSite,
      FilterText: '',
      tenantId,
      regionId,
      siteId,
      tenderProjectType: '',
    }),
    expect: 'json',
  };
}

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const answer = requireObject(parseJsonBytes(bytes), '根');
  if ((answer.success ?? true) !== true || (answer.error ?? null) !== null) {
    throw new FeedFormatError('接口返回失败', JSON.stringify(answer.error ?? answer));
  }
  const result = requireObject(answer.result, 'result');
  const items = requireList(result.items, 'result.items', answer);
  const total = fieldCount(result.totalCount);
  if (total === undefined) throw new FeedFormatError('返回的数据缺少总数“totalCount”', JSON.stringify(answer));
  const asked = requireObject(parseJson(request.body ?? ''), '请求');
  const column = fieldText(asked.categoryCode);
  const skipCount = Number(asked.skipCount);
  if (items.length === 0 && total > skipCount) throw new FeedFormatError('返回的列表没有条目，与其总数不符');
  const page = readRows(
    items,
    (item) => toDraft(requireObject(item, '条目'), column, settings),
    (item) => ({ sourceItemId: isObject(item) ? idOf(item) : undefined, raw: JSON.stringify(item) }),
  );
  // Behind the rows received, not a page on: a site may give fewer than it is asked for.
  const read = skipCount + items.length;
  return { ...page, total, next: read < total ? listRequest(settings, column, read) : undefined };
}

function toDraft(item: JsonObject, asked: string, settings: Settings): NoticeDraft {
  const id = requireText(idOf(item), '编号');
  const rawTitle = typeof item.title === 'string' ? item.title : '';
  const { title, district } = parseTitle(rawTitle);
  const column = fieldText(item.categoryCode) || asked;
  return {
    sourceItemId: id,
    ...findColumn(settings.columns, column),
    title: requireText(title, '标题'),
    rawTitle,
    published: publishedOf(item),
    modified: timeOf(item, 'lastModificationTime'),
    countyText: district,
    url: `${joinUrl(settings.base, `${settings.tenant}/Bulletins/Detail/${id}/`)}?CategoryCode=${encodeURIComponent(column)}`,
    attachments: [],
    projectCode: fieldText(item.code) || undefined,
    fields: {},
    extra: { ...otherFields(item, USED), createdAt: sequentialGuidTime(id) },
  };
}

function idOf(item: JsonObject): string | undefined {
  return findGuid(fieldText(item.id));
}

/** The first of the item's times that names a day, else the first that holds anything: the pipeline says what is wrong with it. */
function publishedOf(item: JsonObject): RawTime {
  const times = TIMES.flatMap((field) => timeOf(item, field) ?? []);
  const time = times.find(({ raw }) => parseFeedTime(raw)) ?? times[0];
  if (!time) throw new FeedFormatError('条目缺少发布时间');
  return time;
}

function timeOf(item: JsonObject, field: string): RawTime | undefined {
  const raw = fieldText(item[field]);
  return raw ? { raw, field } : undefined;
}
