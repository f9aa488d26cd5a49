import { countyDefinition } from '#src/domain/counties/counties.ts';
import type { DemoCategory } from '../generate/model.ts';
import { type Column, type ColumnGroup, makeColumns, toColumnMap } from './columns.ts';
import { article, articlePath, dashedGuid, findArticle } from './epoint.ts';
import { listedDistrict, listedTime, listedTitle } from './flaws.ts';
import {
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

const TOKEN = 'demo-anonymous-token';
const LIST = 'EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew';
const HANDSHAKE = 'EpointWebBuilder/rest/getOauthInfoAction/getNoUserAccessToken';
const LAYOUT = { heading: 'article-title', body: 'class="content-article"', attachments: 'ewb-attach' };
const PREFIXES: Record<DemoCategory, string> = {
  construction: '002001',
  procurement: '002002',
  property: '002004',
  medical: '002007',
  general: '002009',
  land: '002011001',
};
const WORKS: Partial<Record<ColumnGroup, string>> = {
  tender: '001',
  change: '002',
  candidates: '003',
  award: '004',
  ended: '005',
  contract: '006',
  plan: '007',
  clarify: '009',
  opening: '010',
};
const PURCHASES: Partial<Record<ColumnGroup, string>> = {
  plan: '001',
  tender: '002',
  change: '003',
  award: '004',
  ended: '005',
  contract: '006',
};
const DISPOSALS: Partial<Record<ColumnGroup, string>> = { offer: '001', deal: '002', ended: '004' };

function suffixOf(category: DemoCategory, group: ColumnGroup): string {
  const table = category === 'construction' ? WORKS : /land|property/.test(category) ? DISPOSALS : PURCHASES;
  return table[group] ?? '';
}

/** EpointWebBuilder lists behind an anonymous Bearer token (docs/feeds.md#epoint). */
export const epointPagelist: Platform = {
  adapter: 'epoint-pagelist',
  columns: makeColumns((category, group) => `${PREFIXES[category]}${suffixOf(category, group)}`),
  settings: (_county, root) => ({
    base: root,
    token: { path: HANDSHAKE },
    columns: toColumnMap(epointPagelist.columns),
  }),
  answer(request, site) {
    if (request.path === HANDSHAKE) return handshake();
    if (request.path === LIST) return list(request, site);
    const item = findArticle(request.path, site);
    return item && article(item, site, LAYOUT);
  },
};

function handshake(): SiteAnswer {
  const custom = { access_token: TOKEN, expires_in: 7200 };
  return { ...json({ controls: '', custom, status: { code: 1, text: '操作成功' } }), isSteady: true };
}

function list({ headers, body, query }: SiteRequest, site: Site): SiteAnswer | undefined {
  if (headers.authorization !== `Bearer ${TOKEN}`) return { ...json({ error: 'invalid_token' }), status: 401 };
  const params = JSON.parse(new URLSearchParams(body).get('params') ?? query.get('params') ?? '{}') as {
    categoryNum?: string;
    pageIndex?: number;
    pageSize?: number;
  };
  const column = findColumn(epointPagelist.columns, params.categoryNum);
  if (!column) return undefined;
  const { pageIndex = 0, pageSize = 20 } = params;
  const { rows, total } = slicePage(listItems(site, column), Number(pageIndex), Number(pageSize));
  return json({
    controls: [],
    custom: { count: total, infodata: rows.map((item) => record(item, site, column)) },
    status: { code: 1, text: '操作成功' },
  });
}

function record(item: FeedItem, site: Site, column: Column): Record<string, unknown> {
  const title = listedTitle(item, item.notice.title);
  const district = listedDistrict(item);
  return {
    infoid: dashedGuid(item),
    title: item.flaw ? title : `[${district}]${title}`,
    realtitle: title,
    customtitle: `<font color="#0066cc">[${district}]</font>${title.slice(0, 20)}…`,
    infourl: `/${site.county}/${articlePath(item, epointPagelist.columns)}`,
    infodate: listedTime(item).slice(0, 10),
    categorynum: column.code,
    areacode: item.flaw ? '' : countyDefinition(item.notice.county).regionCode,
    relationguid: '',
    infotype: column.label,
    projectno: item.notice.projectCode,
    sysclicktimes: site.calls,
  };
}
