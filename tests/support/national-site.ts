import type { Site, SiteAnswer } from './feed-server.ts';

/** A notice as the national platform holds it. */
export interface NationalNotice {
  id: string;
  title: string;
  /** `YYYY-MM-DD HH:mm`; the list shows the day only. */
  time: string;
  /** Stage code, e.g. `0201`. */
  type: string;
  body: string;
  code?: string;
  origin?: string;
  platform?: string;
}

const PAGE_SIZE = 20;
const HTML = 'text/html; charset=utf-8';

/** The national platform: a POST list of twenty a page, and an A and a B page for each notice. */
export function nationalSite(notices: () => readonly NationalNotice[]): Site {
  return ({ url, body }) => {
    if (url.pathname.endsWith('/getTradList')) return list(notices(), new URLSearchParams(body));
    const notice = notices().find(({ id }) => url.pathname.endsWith(`/${id}.html`));
    if (!notice) return { type: HTML, status: 404, body: '<html><body>404</body></html>' };
    return url.pathname.includes('/html/a/') ? projectPage(notice) : contentPage(notice);
  };
}

function list(all: readonly NationalNotice[], form: URLSearchParams): SiteAnswer {
  const day = ({ time }: NationalNotice) => time.slice(0, 10);
  const inWindow = all.filter(
    (notice) => day(notice) >= (form.get('TIMEBEGIN') ?? '') && day(notice) <= (form.get('TIMEEND') ?? ''),
  );
  const page = Number(form.get('PAGENUMBER'));
  const records = inWindow.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map((notice) => ({
    id: notice.id,
    publishTime: day(notice),
    title: notice.title,
    informationType: notice.type,
    province: '370000',
    provinceText: '山东省',
    cityText: null,
    transactionSourcesPlatformText: notice.platform ?? null,
    tenderProjectCode: null,
    url: pathOf(notice, 'a'),
  }));
  const total = inWindow.length;
  const data = { records, total, size: PAGE_SIZE, current: page, pages: Math.ceil(total / PAGE_SIZE) };
  return { type: 'application/json', body: JSON.stringify({ code: 200, message: 'success', data }) };
}

function pathOf({ id, type, time }: NationalNotice, page: 'a' | 'b'): string {
  return `/information/deal/html/${page}/370000/${type}/${time.slice(0, 10).replaceAll('-', '')}/${id}.html`;
}

function projectPage(notice: NationalNotice): SiteAnswer {
  const code = notice.code ? `<span>采购项目编号：${notice.code}</span>` : '';
  const tab = `<a onclick="showDetail(this, '${notice.type}','${pathOf(notice, 'b')}')">${notice.title}</a>`;
  return {
    type: HTML,
    body: `<html><body><h4 class="h4_o">${notice.title}</h4><p class="p_o">${code}</p><div class="fully_toggle">${tab}</div></body></html>`,
  };
}

function contentPage(notice: NationalNotice): SiteAnswer {
  const origin = notice.origin ? `<span class="detail_url"><a href=" ${notice.origin}">原文链接</a></span>` : '';
  return {
    type: HTML,
    body: `<html><body><div class="detail"><h4 class="h4_o">${notice.title}</h4><p class="p_o"><span>发布时间：${notice.time}</span>${origin}</p><div id="mycontent">${notice.body}</div></div></body></html>`,
  };
}
