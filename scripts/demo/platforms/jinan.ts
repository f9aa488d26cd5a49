import type { DemoCategory } from '../generate/model.ts';
import { type ColumnGroup, makeColumns, toColumnMap } from './columns.ts';
import { listedDistrict, listedTime, listedTitle } from './flaws.ts';
import { attachmentList, infoLine, page } from './pages.ts';
import { servedBody } from './served-body.ts';
import {
  cutTitle,
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

const TYPES: Record<DemoCategory, string> = {
  construction: '0',
  procurement: '1',
  land: '2',
  property: '3',
  medical: '4',
  general: '7',
};
const NAMES: Record<ColumnGroup, string> = {
  plan: '计划意向',
  tender: '招标公告',
  change: '变更公告',
  clarify: '澄清答疑',
  opening: '开标记录',
  candidates: '中标公示',
  award: '中标结果',
  ended: '废标公告',
  contract: '合同公示',
  offer: '出让公告',
  deal: '成交公示',
};
const ROWS = 15;

/** 济南: HTML inside JSON, counts as text, titles cut short (docs/feeds.md#jinan). */
export const jinan: Platform = {
  adapter: 'jinan',
  columns: makeColumns((category, group) => `${TYPES[category]}/${NAMES[group]}`),
  settings: (_county, root) => ({ base: root, columns: toColumnMap(jinan.columns), bodySelectors: ['.content'] }),
  answer(request, site) {
    if (request.path === 'jnggzyztb/front/search.do') return list(request, site);
    if (request.path !== 'jnggzyztb/front/showNotice.do') return undefined;
    const item = site.store.find(site.county, request.query.get('iid') ?? '');
    return item && article(item, site);
  },
};

function list({ body }: SiteRequest, site: Site): SiteAnswer | undefined {
  const form = new URLSearchParams(body);
  const name = form.get('xuanxiang') ?? '';
  const column = findColumn(jinan.columns, `${form.get('type')}/${name}`);
  if (!column) return undefined;
  const pagenum = form.get('pagenum') ?? '1';
  const { rows, pages } = slicePage(listItems(site, column), Number(pagenum) - 1, ROWS);
  const str = `<ul>${rows.map((item) => row(item, name, site.now)).join('')}</ul>`;
  return json({ params: { pagenum, pagesum: pages, str }, success: true, code: null, message: '查询成功' });
}

function row(item: FeedItem, name: string, now: string): string {
  const title = listedTitle(item, item.notice.title);
  const day = `<span class="span2">${listedTime(item).slice(0, 10)}</span>`;
  const open = item.notice.deadline && item.notice.deadline > now;
  const date = open
    ? `<span style="float:right"><span style="margin-right:30px" class="span3">正在报名</span>${day}</span>`
    : day;
  return `<li><span class="span1">[${listedDistrict(item)}]</span><a href="javascript:void(0);" onclick="showview('${item.id}',1,'${name}')" title='${escapeHtml(title)}'>${escapeHtml(cutTitle(title, 30))}</a>${date}</li>`;
}

function article(item: FeedItem, site: Site): SiteAnswer {
  const { title } = item.notice;
  return page(
    title,
    `<div class="tle">${escapeHtml(title)}</div>${infoLine(item, site)}<div class="content">${servedBody(item)}</div>${attachmentList(item, site)}`,
  );
}
