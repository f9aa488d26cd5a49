import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { makeColumns, toColumnMap, unmappedColumn } from './columns.ts';
import { listedTime, listedTitle } from './flaws.ts';
import { attachmentList, infoLine, page } from './pages.ts';
import { servedBody } from './served-body.ts';
import {
  cutTitle,
  escapeHtml,
  findColumn,
  listItems,
  type Platform,
  type Site,
  type SiteAnswer,
  type SiteRequest,
  slicePage,
} from './site.ts';
import type { FeedItem } from './store.ts';

const GROUP_NUMBERS = [
  'plan',
  'tender',
  'change',
  'clarify',
  'opening',
  'candidates',
  'award',
  'ended',
  'contract',
  'offer',
  'deal',
];
const COLUMNS = makeColumns((category, group) =>
  String(209_000 + CATEGORY_SLUGS.indexOf(category) * 100 + GROUP_NUMBERS.indexOf(group)),
);

/** 大汉 JCMS: XML with rows of HTML in CDATA, sent as text/html (docs/feeds.md#hanweb). */
export const hanweb: Platform = {
  adapter: 'hanweb',
  columns: [...COLUMNS, unmappedColumn('209900', '曝光台')],
  settings: (county, root) => ({
    base: root,
    webId: '428',
    unitId: '474655',
    webName: `${county} demo`,
    columns: toColumnMap(hanweb.columns),
  }),
  answer(request, site) {
    if (request.path === 'module/web/jpage/dataproxy.jsp') return list(request, site);
    const number = /^art\/\d+\/\d+\/\d+\/art_\d+_(\d+)\.html$/.exec(request.path)?.[1];
    const item = number ? site.store.find(site.county, number) : undefined;
    return item && article(item, site);
  },
};

function list({ query, body }: SiteRequest, site: Site): SiteAnswer | undefined {
  const column = findColumn(hanweb.columns, new URLSearchParams(body).get('columnid'));
  if (!column) return undefined;
  const start = Number(query.get('startrecord'));
  const size = Number(query.get('endrecord')) - start + 1;
  const { rows, total } = slicePage(listItems(site, column), Math.floor((start - 1) / size), size);
  const records = rows.map((item) => `<record><![CDATA[${row(item, column.code)}]]></record>`).join('\n');
  const pages = Math.ceil(total / Number(query.get('perpage')));
  return {
    type: 'text/html;charset=utf-8',
    body: `<?xml version='1.0' encoding='utf-8'?>\n<datastore>\n<nextgroup></nextgroup><totalrecord>${total}</totalrecord><totalpage>${pages}</totalpage><recordset>${records}</recordset>\n</datastore>`,
  };
}

function row(item: FeedItem, column: string): string {
  const title = listedTitle(item, item.notice.title);
  const [year, month, day] = item.notice.publishedAt.slice(0, 10).split('-').map(Number);
  const href = `art/${year}/${month}/${day}/art_${column}_${item.number}.html`;
  return `<li><a href="${href}" target="_blank" title="${escapeHtml(title)}">${escapeHtml(cutTitle(title, 24))}</a><span> ${listedTime(item).slice(0, 10)} </span></li>`;
}

function article(item: FeedItem, site: Site): SiteAnswer {
  const { title } = item.notice;
  return page(
    title,
    `<div class="main"><h1>${escapeHtml(title)}</h1>${infoLine(item, site)}<div id="zoom">${servedBody(item)}${attachmentList(item, site)}</div></div>`,
  );
}
