import type { County } from '#src/domain/counties/counties.ts';
import { type Column, toColumnMap } from './columns.ts';
import { listedTime, listedTitle } from './flaws.ts';
import { idOfGuid, platformTitle, TENANTS, tenantColumns, timeLastGuid } from './jining.ts';
import { attachmentList, page } from './pages.ts';
import { servedBody } from './served-body.ts';
import {
  escapeHtml,
  findColumn,
  html,
  json,
  listItems,
  type Platform,
  type Site,
  type SiteAnswer,
  type SiteRequest,
  slicePage,
} from './site.ts';
import type { FeedItem } from './store.ts';

const TOKEN = 'demo-xsrf-token';

/** The city's platform until 2024: ABP, JSON by POST behind an anti-forgery token (docs/feeds.md#jining-until-2024). */
export function makeJiningAbp(county: County, tenantId: string): Platform {
  const columns = tenantColumns(county);
  const tenant = TENANTS[county];
  return {
    adapter: 'jining-abp',
    columns,
    settings: (_county, root) => ({
      base: root.replace(/\/$/, ''),
      tenant,
      tenantId,
      columns: toColumnMap(columns),
    }),
    answer(request, site) {
      if (request.path === 'api/services/app/stPrtBulletin/GetBulletinList') return list(request, site, columns);
      if (request.path === '' || request.path === tenant || request.path === `${tenant}/Bulletins`)
        return shell(tenant);
      const guid = new RegExp(`^${tenant}/Bulletins/Detail/([0-9a-f-]{36})/?$`, 'i').exec(request.path)?.[1];
      const item = guid ? site.store.find(site.county, idOfGuid(guid, 'end')) : undefined;
      return item && detail(item, site);
    },
  };
}

/** The page that hands out the token; its lists are filled in by script. */
function shell(tenant: string): SiteAnswer {
  const answer = page(`${tenant} 公告`, '<div id="app"><div class="panel"></div></div>');
  return {
    ...answer,
    isSteady: true,
    headers: {
      'set-cookie': [`__RequestVerificationToken=${TOKEN}-form; path=/; HttpOnly`, `XSRF-TOKEN=${TOKEN}; path=/`],
    },
  };
}

function isTrusted({ headers }: SiteRequest): boolean {
  return headers['x-xsrf-token'] === TOKEN && (headers.cookie ?? '').includes(`XSRF-TOKEN=${TOKEN}`);
}

function list(request: SiteRequest, site: Site, columns: readonly Column[]): SiteAnswer | undefined {
  if (request.method !== 'POST' || !isTrusted(request)) {
    return { ...html('<html><body>Empty or invalid anti forgery header token.</body></html>'), status: 400 };
  }
  const asked = JSON.parse(request.body) as { skipCount: number; maxResultCount: number; categoryCode: string };
  const column = findColumn(columns, asked.categoryCode);
  if (!column) return undefined;
  const { skipCount, maxResultCount } = asked;
  const { rows, total } = slicePage(listItems(site, column), skipCount / maxResultCount, maxResultCount);
  return json({
    result: { totalCount: total, items: rows.map((item) => record(item, column)) },
    targetUrl: null,
    success: true,
    error: null,
    unAuthorizedRequest: false,
    __abp: true,
  });
}

function record(item: FeedItem, column: Column): Record<string, unknown> {
  const time = listedTime(item).replace(' ', 'T') || null;
  return {
    id: timeLastGuid(item),
    title: `${listedTitle(item, platformTitle(item, column))}\n\t `,
    code: item.notice.projectCode,
    categoryCode: column.code,
    releaseDate: time,
    startDate: time,
    creationTime: time,
    lastModificationTime: null,
  };
}

function detail(item: FeedItem, site: Site): SiteAnswer {
  const { title } = item.notice;
  return page(
    title,
    `<div class="page-header"><h2>${escapeHtml(title)}</h2></div><div class="panel"><div class="panel-body"><div class="bm-side-link">相关链接</div>${servedBody(item)}${attachmentList(item, site)}</div></div><p>浏览次数：${site.calls}</p>`,
  );
}
