import type { Site, SiteAnswer } from './feed-server.ts';

/** A notice as an Epoint site holds it. */
export interface EpointNotice {
  guid: string;
  title: string;
  column: string;
  /** `YYYY-MM-DD HH:mm:ss`. */
  webdate: string;
  infodate: string;
  body: string;
}

/** What the site does wrong. */
export interface EpointFlaws {
  /** Called before each list answer: rows arrive or go while someone is paging. */
  beforeList?: () => void;
  /** Every so many list answers, one is an error page. */
  errorEvery?: number;
  /** Added to the total that the site claims. */
  surplus?: number;
  /** Rows are left out although the total counts them. */
  hidesRows?: boolean;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const ERROR_PAGE: SiteAnswer = {
  type: 'text/html; charset=utf-8',
  body: `<!DOCTYPE html><html><head><title>错误</title></head><body>${'系统繁忙，请稍后再试。'.repeat(100)}</body></html>`,
};
const TOKEN = 'c0ffee00c0ffee00';

/** A distinct, deterministic notice; higher numbers are older, four to a day. */
export function makeEpointNotice(number: number, more: Partial<EpointNotice> = {}): EpointNotice {
  const day = new Date(Date.parse('2026-06-20T00:00:00Z') - Math.floor(number / 4) * 86_400_000).toISOString();
  const webdate = `${day.slice(0, 10)} 1${number % 10}:30:00`;
  return {
    guid: `${String(number).padStart(8, '0')}-1111-4222-8333-444444444444`,
    title: `第${number}号村道硬化工程施工招标公告`,
    column: '002001001',
    webdate,
    infodate: webdate,
    body: `<p>项目编号：E37088300010${String(number).padStart(5, '0')}</p><p>招标人：某某镇人民政府，本工程已具备招标条件，现公开招标。</p>`,
    ...more,
  };
}

/**
 * An Epoint site with both of its list generations. It answers an error page with status 200 to text where whole numbers
 * belong and to requests without a browser's headers, wants a token for the newer list, and repeats its last page for ever.
 */
export function epointSite(notices: () => EpointNotice[], flaws: EpointFlaws = {}): Site {
  let lists = 0;
  return ({ url, body, headers }) => {
    if (url.pathname.endsWith('/getNoUserAccessToken')) {
      return { type: JSON_TYPE, body: JSON.stringify({ custom: { access_token: TOKEN }, status: { code: 1 } }) };
    }
    if (url.pathname.startsWith('/jyxx/')) return detailPage(notices(), url.pathname);
    flaws.beforeList?.();
    lists += 1;
    if (flaws.errorEvery && lists % flaws.errorEvery === 0) return ERROR_PAGE;
    if (!headers.referer || !headers.origin || headers['x-requested-with'] !== 'XMLHttpRequest') return ERROR_PAGE;
    if (url.pathname.endsWith('/getFullTextDataNew')) return fullText(notices(), JSON.parse(body), flaws, lists);
    const params = JSON.parse(new URLSearchParams(body).get('params') ?? '{}');
    return pageList(notices(), params, headers.authorization === `Bearer ${TOKEN}`, flaws);
  };
}

interface Search {
  pn: unknown;
  rn: unknown;
  cl: unknown;
  condition: { equal: string }[];
  time: { startTime: string; endTime: string }[] | null;
}

function fullText(notices: EpointNotice[], search: Search, flaws: EpointFlaws, clicks: number): SiteAnswer {
  const { pn, rn, cl, condition, time } = search;
  if (typeof pn !== 'number' || typeof rn !== 'number' || typeof cl !== 'number') return ERROR_PAGE;
  const found = notices
    .filter(({ column }) => column.startsWith(condition[0]?.equal ?? ''))
    .filter(({ webdate }) => !time?.[0] || (webdate >= time[0].startTime && webdate <= time[0].endTime));
  const records = pageOf(found, pn, rn, flaws).map((notice) => ({
    id: `${notice.column}${notice.guid}_001`,
    title: notice.title.replace('工程', "<em style='color:red'>工程</em>"),
    content: '截断的摘要&nbsp;…',
    categorynum: notice.column,
    webdate: notice.webdate,
    infodate: notice.infodate,
    zhuanzai: ['邹城市'],
    linkurl: `/jyxx/${notice.guid}.html`,
    sysclicktimes: clicks,
    syscollectguid: 'the-same-for-all',
  }));
  const result = { categorys: [], totalcount: String(found.length + (flaws.surplus ?? 0)), records };
  return { type: JSON_TYPE, body: JSON.stringify({ result }) };
}

function pageList(
  notices: EpointNotice[],
  params: { categoryNum: string; pageIndex: number; pageSize: number },
  isKnown: boolean,
  flaws: EpointFlaws,
): SiteAnswer {
  const status = { code: 0, text: 'error' };
  if (!isKnown) return { type: JSON_TYPE, body: JSON.stringify({ controls: [], custom: {}, status }) };
  const found = notices.filter(({ column }) => column.startsWith(params.categoryNum));
  const infodata = pageOf(found, params.pageIndex * params.pageSize, params.pageSize, flaws).map((notice) => ({
    infoid: notice.guid,
    title: `${notice.title.slice(0, 6)}…`,
    realtitle: notice.title,
    infourl: `/jyxx/${notice.guid}.html`,
    infodate: notice.infodate.slice(0, 10),
    categorynum: notice.column,
    areacode: '邹城市',
  }));
  const custom = { count: String(found.length + (flaws.surplus ?? 0)), infodata };
  return { type: JSON_TYPE, body: JSON.stringify({ controls: [], custom, status }) };
}

/** Rows of a page; past the end, those of the last page. */
function pageOf(found: EpointNotice[], start: number, size: number, { hidesRows }: EpointFlaws): EpointNotice[] {
  if (hidesRows) return [];
  const last = Math.max(0, Math.ceil(found.length / size) - 1) * size;
  return found.slice(Math.min(start, last)).slice(0, size);
}

function detailPage(notices: EpointNotice[], path: string): SiteAnswer {
  const notice = notices.find(({ guid }) => path === `/jyxx/${guid}.html`);
  if (!notice) return { type: 'text/html', status: 404, body: 'not found' };
  const body = `<!DOCTYPE html><html><head><meta name="PubDate" content="2026-01-01 06:00:00"><title>某市公共资源交易网</title></head>
<body><h2 class="ewb-trade-h">(市交易中心) ${notice.title}123456</h2><span id="secondtitle" style="display:none">http://town.example/${notice.guid}.html</span>
<div class="ewb-trade-right"><!doctype html><html><head><title>Title</title></head><body>${notice.body}</body></html></div>
<div id="ztbglguid">E37088300010000${notice.guid.slice(4, 8)}001</div></body></html>`;
  return { type: 'text/html; charset=utf-8', body };
}
