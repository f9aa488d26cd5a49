import { describeDamage } from '#src/formats/damage.ts';
import { fieldCount, fieldText, isObject, readRows, requireList, requireObject } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { type JsonObject, parseJsonBytes, unwrapJson } from '#src/formats/json.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { FeedAdapter, FeedPage, FeedRequest, FetchWindow, ParseContext } from '../types.ts';
import { sliceWindow } from './common/window.ts';
import { contains, isForeign, toDraft } from './ggzy-national/drafts.ts';
import { readContentPage, readProjectPage } from './ggzy-national/pages.ts';
import { type Settings, settingsSchema } from './ggzy-national/settings.ts';

const ROWS_A_PAGE = 20;
/** Codes other than 200, and what they mean (docs/feeds.md#national-platform). */
const REFUSALS: Record<string, string> = {
  '829': '平台要求输入验证码',
  '800': '平台提示访问过于频繁',
  '804': '平台要求缩小查询范围',
};

/** 全国公共资源交易平台: a list in JSON, each notice on two pages (docs/feeds.md#national-platform). */
export const ggzyNational: FeedAdapter<Settings> = {
  key: 'ggzy-national',
  name: '全国公共资源交易平台',
  caveats: [
    '列表没有正文和项目编号，每条要读两个页面',
    '关键词没有命中时返回未筛选的列表',
    '同一公告可有多个编号，栏目偶有放错',
  ],
  settings: settingsSchema,
  lists,
  parseList,
  detail,
  parseDetail: (bytes, draft, { settings, request }) =>
    contentUrlOf(draft)
      ? readContentPage(bytes, draft, request.url, settings.bodySelectors)
      : readProjectPage(bytes, draft, request.url),
};

function lists(settings: Settings, window: FetchWindow): FeedRequest[] {
  const { base, keyword, sourceType, classify, province, city, historyFrom, sliceDays } = settings;
  return sliceWindow(window, historyFrom, sliceDays).map((slice): FeedRequest => {
    const { from, to } = slice ?? { from: window.until, to: window.until };
    const form = {
      FINDTXT: keyword,
      PAGENUMBER: '1',
      DEAL_TIME: '06',
      TIMEBEGIN: from,
      TIMEEND: to,
      TIMEBEGIN_SHOW: from,
      TIMEEND_SHOW: to,
      SOURCE_TYPE: sourceType,
      DEAL_CLASSIFY: classify,
      DEAL_STAGE: `${classify}00`,
      DEAL_PROVINCE: province,
      DEAL_CITY: city,
      DEAL_PLATFORM: '0',
      BID_PLATFORM: '0',
      DEAL_TRADE: '0',
      isShowAll: '1',
    };
    return {
      url: new URL('information/pubTradingInfo/getTradList', base).href,
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'x-requested-with': 'XMLHttpRequest',
      },
      body: new URLSearchParams(form).toString(),
      expect: 'json',
    };
  });
}

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const answer = requireObject(parseJsonBytes(bytes), '根');
  const code = fieldText(answer.code);
  if (code !== '200') {
    throw new FeedFormatError(
      REFUSALS[code] ?? `平台返回失败：${fieldText(answer.message) || code}`,
      JSON.stringify(answer),
    );
  }
  const data = requireObject(unwrapJson(answer.data), 'data');
  const records = requireList(data.records, 'data.records', answer);
  const asked = Number(new URLSearchParams(request.body).get('PAGENUMBER') ?? 1);
  const pages = assertPage(data, records, asked, answer);
  const keyword = new URLSearchParams(request.body).get('FINDTXT') ?? '';
  const isHit = (record: unknown) => !isObject(record) || contains(record, keyword) || isDamaged(record);
  const hits = records.filter(isHit);
  if (hits.length === 0) return { drafts: [], faults: [], total: 0 };
  if (hits.every((record) => isObject(record) && isForeign(record, settings)))
    throw new FeedFormatError('平台没有按省份筛选', JSON.stringify(answer));
  const page = readRows(hits, (record) => toDraft(requireObject(record, 'records'), settings), describe);
  return { ...page, total: fieldCount(data.total), next: asked < pages ? nextPage(request, asked + 1) : undefined };
}

/** The number of pages. @throws FeedFormatError for lists that contradict themselves or are another page than asked for. */
function assertPage(data: JsonObject, records: readonly unknown[], asked: number, answer: JsonObject): number {
  const total = fieldCount(data.total);
  const size = fieldCount(data.size) || ROWS_A_PAGE;
  const pages = fieldCount(data.pages) ?? Math.ceil((total ?? 0) / size);
  if (records.length === 0 && (total ?? 0) > (asked - 1) * size)
    throw new FeedFormatError('返回的列表没有条目，与其总数不符', JSON.stringify(answer));
  const current = fieldCount(data.current);
  if (current !== undefined && current !== asked && asked <= pages)
    throw new FeedFormatError(`平台返回了第 ${current} 页，而不是第 ${asked} 页`, JSON.stringify(answer));
  return pages;
}

function nextPage(request: FeedRequest, page: number): FeedRequest {
  const form = new URLSearchParams(request.body);
  form.set('PAGENUMBER', String(page));
  return { ...request, body: form.toString() };
}

function isDamaged(record: JsonObject): boolean {
  return describeDamage(JSON.stringify(record)) !== undefined;
}

function describe(record: unknown): { sourceItemId?: string; raw: string } {
  const id = isObject(record) ? fieldText(record.id) : '';
  return { raw: JSON.stringify(record), ...(id ? { sourceItemId: id } : {}) };
}

function contentUrlOf({ extra }: NoticeDraft): string | undefined {
  return typeof extra.contentUrl === 'string' ? extra.contentUrl : undefined;
}

/** First the A page, then the B page that it names. */
function detail(draft: NoticeDraft): FeedRequest | undefined {
  const isRead = draft.bodyHtml !== undefined || draft.attachments.length > 0;
  const url = contentUrlOf(draft) ?? draft.url;
  return isRead || !url ? undefined : { url, expect: 'html' };
}
