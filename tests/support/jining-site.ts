import { addDays, formatDate } from '#src/domain/time/time.ts';
import type { Site, SiteAnswer } from './feed-server.ts';

/** A notice as the platform holds it. */
export interface Bulletin {
  id: string;
  title: string;
  /** `YYYY-MM-DD` */
  date: string;
  /** Codes of the columns in which it stands. */
  columns: string[];
  body: string;
  modified?: string;
}

const PAGE_SIZE = 20;
/** Rows of newest.json: more than its own `itemsPerPage`, as captured. */
const NEWEST = 25;
const YEAR_ONE_MS = 62_135_596_800_000;
const TOKEN = 'CfDJ8-anti_forgery';
const NOW = new Date().toISOString();

/** A distinct notice; every four share a day, higher numbers are older. */
export function makeBulletin(number: number, more: Partial<Bulletin> = {}): Bulletin {
  const made = addDays(NOW, -Math.floor(number / 4));
  const id = (Date.parse(made) + YEAR_ONE_MS).toString(16).padStart(12, '0') + number.toString(16).padStart(20, '0');
  return {
    id: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    title: `第${number}号河道治理工程施工`,
    date: formatDate(made),
    columns: ['503000'],
    body: `<p>项目编号：JN${String(number).padStart(5, '0')}</p><p>招标人：济宁市第${number}水务管理处</p><p>最高投标限价：${number + 1}.5 万元</p>`,
    ...more,
  };
}

/** So many distinct notices, newest first. */
export function makeBulletins(count: number): Bulletin[] {
  return Array.from({ length: count }, (_, number) => makeBulletin(number));
}

const escapeText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const html = (body: string, more: Partial<SiteAnswer> = {}): SiteAnswer => ({
  type: 'text/html; charset=utf-8',
  body: `<!DOCTYPE html><html><body>${body}</body></html>`,
  ...more,
});
const json = (value: unknown): SiteAnswer => ({ type: 'application/json; charset=utf-8', body: JSON.stringify(value) });

/** The present platform: newest.json, HTML lists whose last page repeats for ever, notices. `visits` are its counters. */
export function jiningSite(bulletins: () => Bulletin[]): Site {
  let visits = 0;
  return ({ url }) => {
    visits++;
    const [, newest] = /^\/Tenants\/\w+\/Posts\/(\w+)\/newest\.json$/.exec(url.pathname) ?? [];
    const stands = (code: string) => bulletins().filter(({ columns }) => columns.includes(code));
    if (newest) return newestJson(stands(newest), visits);
    if (url.pathname.endsWith('/Posts')) {
      return postsPage(stands(url.searchParams.get('cat') ?? ''), Number(url.searchParams.get('pn') ?? 1));
    }
    const bulletin = bulletins().find(({ id }) => id === url.searchParams.get('id'));
    if (!bulletin) return html('<h1>页面不存在</h1>', { status: 404 });
    return html(`<h2>${bulletin.title}</h2><p>浏览次数：${visits}</p><div class="ctn-detail">${bulletin.body}</div>`);
  };
}

function newestJson(rows: Bulletin[], visits: number): SiteAnswer {
  const data = rows
    .slice(0, NEWEST)
    .map(({ title, id, date }, index) => ({ title, url: id, date, newest: (index + visits) % 2 === 0 }));
  return json({ config: { itemsPerPage: PAGE_SIZE, currentPage: 30, realCurrentPage: 0 }, data });
}

function postsPage(rows: Bulletin[], asked: number): SiteAnswer {
  const last = Math.max(1, Math.ceil(rows.length / PAGE_SIZE));
  const page = Math.min(asked, last);
  const items = rows.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(
    ({ id, title, date }, index) =>
      `<li class="list-group-item"><span class="time">${date}</span>
      <a href="/JiNing/Posts/Detail?id=${id}"><span class="badge">${index + 1}</span>${escapeText(title)}</a></li>`,
  );
  // The link to the next page stays on the last one too: readers must notice that rows repeat.
  const pager = `<ul class="pagination"><li class="PagedList-skipToNext"><a href="?pn=${page + 1}">»</a></li></ul>`;
  return html(`<ul class="list-group">${items.join('')}</ul>${pager}`);
}

/** The older platform: its list answers only who shows both halves of the anti-forgery token. */
export function abpSite(bulletins: () => Bulletin[]): Site {
  return ({ method, url, body, headers }) => {
    if (url.pathname.endsWith('/Bulletins')) {
      const cookies = '__RequestVerificationToken=half; path=/; HttpOnly';
      return html('<div id="app"></div>', {
        headers: { 'set-cookie': [cookies, `XSRF-TOKEN=${TOKEN}; path=/`] },
      });
    }
    if (method === 'POST') {
      const isProven = headers['x-xsrf-token'] === TOKEN && headers.cookie?.includes('__RequestVerificationToken=half');
      return isProven
        ? bulletinList(bulletins(), JSON.parse(body))
        : html('Empty or invalid anti forgery header token.', { status: 400 });
    }
    const bulletin = bulletins().find(({ id }) => url.pathname.includes(id));
    if (!bulletin) return html('<h1>页面不存在</h1>', { status: 404 });
    return html(`<h2>${bulletin.title}</h2><div class="panel-body">${bulletin.body}</div>`);
  };
}

function bulletinList(
  bulletins: Bulletin[],
  { skipCount, maxResultCount, categoryCode }: { skipCount: number; maxResultCount: number; categoryCode: string },
): SiteAnswer {
  const rows = bulletins.filter(({ columns }) => columns.includes(categoryCode));
  const start = Math.min(skipCount, Math.max(0, rows.length - 1));
  const items = rows.slice(start, start + maxResultCount).map(({ id, title, date, modified }) => ({
    id,
    title: `${title}\n\t`,
    code: null,
    categoryCode,
    releaseDate: `${date}T09:00:00`,
    lastModificationTime: modified ?? null,
  }));
  const result = { totalCount: rows.length, items };
  return json({ result, targetUrl: null, success: true, error: null, unAuthorizedRequest: false, __abp: true });
}
