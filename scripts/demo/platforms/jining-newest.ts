import type { County } from '#src/domain/counties/counties.ts';
import { type Column, toColumnMap } from './columns.ts';
import { listedTime, listedTitle } from './flaws.ts';
import { idOfGuid, platformTitle, TENANTS, tenantColumns, timeFirstGuid } from './jining.ts';
import { attachmentList, infoLine, page } from './pages.ts';
import { servedBody } from './served-body.ts';
import {
  columnOf,
  escapeHtml,
  findColumn,
  json,
  listItems,
  type Platform,
  type Site,
  type SiteAnswer,
  type SiteRequest,
  slicePage,
} from './site.ts';
import type { FeedItem } from './store.ts';

const ROWS = 20;
const NEWEST = 25;

/** The city's platform of today: newest.json for what is new, HTML lists for history (docs/feeds.md#jining). */
export function makeJiningNewest(county: County): Platform {
  const columns = tenantColumns(county);
  const tenant = TENANTS[county];
  return {
    adapter: 'jining-newest',
    columns,
    settings: (_county, root) => ({ base: root.replace(/\/$/, ''), tenant, columns: toColumnMap(columns) }),
    answer(request, site) {
      const cat = /^Tenants\/(\w+)\/Posts\/(\w+)\/newest\.json$/.exec(request.path);
      if (cat) return cat[1] === tenant ? newest(site, findColumn(columns, cat[2])) : undefined;
      if (request.path === `${tenant}/Posts`) return list(request, site, columns, tenant);
      if (request.path !== `${tenant}/Posts/Detail`) return undefined;
      const item = site.store.find(site.county, idOfGuid(request.query.get('id') ?? '', 'start'));
      return item && detail(item, site, columns);
    },
  };
}

/** The newest rows of a column. What `config` says about them is not true. */
function newest(site: Site, column: Column | undefined): SiteAnswer | undefined {
  if (!column) return undefined;
  const rows = listItems(site, column).slice(0, NEWEST);
  return json({
    config: { itemsPerPage: 20, currentPage: 30, realCurrentPage: 0 },
    data: rows.map((item, index) => ({
      title: listedTitle(item, platformTitle(item, column)),
      url: timeFirstGuid(item),
      date: listedTime(item).slice(0, 10),
      newest: (index + site.calls) % 3 === 0,
    })),
  });
}

function list({ query }: SiteRequest, site: Site, columns: readonly Column[], tenant: string): SiteAnswer | undefined {
  const column = findColumn(columns, query.get('cat'));
  if (!column) return undefined;
  const index = Number(query.get('pn') ?? '1') - 1;
  const { rows, pages } = slicePage(listItems(site, column), index, ROWS);
  const prefix = new URL(site.root).pathname;
  const items = rows.map((item, place) => {
    const badge = `<span class="badge">${place + 1}</span>`;
    const title = escapeHtml(listedTitle(item, platformTitle(item, column)));
    return `<li class="list-group-item"><span class="time">${listedTime(item).slice(0, 10)}</span><a href="${prefix}${tenant}/Posts/Detail?id=${timeFirstGuid(item)}">${badge}${title}</a></li>`;
  });
  const next =
    index + 1 < pages
      ? `<li class="PagedList-skipToNext"><a href="${prefix}${tenant}/Posts?cat=${column.code}&amp;pn=${index + 2}" rel="next">下一页</a></li>`
      : '<li class="disabled PagedList-skipToNext"><a>下一页</a></li>';
  return page(column.label, `<ul class="list-group">${items.join('\n')}</ul><ul class="pagination">${next}</ul>`);
}

function detail(item: FeedItem, site: Site, columns: readonly Column[]): SiteAnswer {
  const column = columnOf(columns, item);
  const title = column ? platformTitle(item, column) : item.notice.title;
  return page(
    title,
    `<div class="page-header"><h2>${escapeHtml(title)}</h2></div>${infoLine(item, site)}<div id="ctn-detail" class="ctn-detail">${servedBody(item)}</div><div class="attachments">${attachmentList(item, site)}</div>`,
  );
}
