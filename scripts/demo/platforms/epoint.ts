import { formatChineseTime } from '../generate/calendar.ts';
import type { Column } from './columns.ts';
import { attachmentList, page } from './pages.ts';
import { nestedDocument, servedBody } from './served-body.ts';
import { columnOf, escapeHtml, type Site, type SiteAnswer } from './site.ts';
import type { FeedItem } from './store.ts';

/** An item's id with dashes, as Epoint writes GUIDs. */
export function dashedGuid({ id }: FeedItem): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Path of an item's page below the site's root: `jyxx/002001001/20260504/{guid}.html`. */
export function articlePath(item: FeedItem, columns: readonly Column[]): string {
  const column = columnOf(columns, item)?.code ?? '';
  return `jyxx/${column}/${item.notice.publishedAt.slice(0, 10).replaceAll('-', '')}/${dashedGuid(item)}.html`;
}

/** The item whose page has a path. */
export function findArticle(path: string, site: Site): FeedItem | undefined {
  const guid = /^jyxx\/\w+\/\d{8}\/([0-9a-f-]{36})\.html$/.exec(path)?.[1];
  return guid ? site.store.find(site.county, guid.replaceAll('-', '')) : undefined;
}

/** How the generations of the software name the parts of an article. */
export interface ArticleLayout {
  heading: string;
  body: string;
  attachments: string;
}

/**
 * An article: the body a whole document of its own, the time in the metas wrong by twelve hours, a serial number behind
 * the heading, the title of the page empty of meaning (docs/feeds.md#epoint-details).
 */
export function article(item: FeedItem, site: Site, layout: ArticleLayout): SiteAnswer {
  const { title, publishedAt } = item.notice;
  const hour = Number(publishedAt.slice(11, 13)) % 12 || 12;
  const meta = `${publishedAt.slice(0, 10)} ${String(hour).padStart(2, '0')}${publishedAt.slice(13)}`;
  const serial = item.number.slice(0, 6).padStart(6, '1');
  const isTitled = /公[告示]$/.test(title);
  return page(
    '公共资源交易网',
    `<h3 class="${layout.heading}">${escapeHtml(title)}${isTitled ? serial : ''}</h3>
<div class="article-sources">信息发布时间：${formatChineseTime(publishedAt)} 阅读次数：<span id="infoViewCount">${site.calls}</span><a href="javascript:window.print();">【我要打印】</a></div>
<a href="javascript:void(0);" id="viewGuid" value="cms_${dashedGuid(item)}"></a>
<div ${layout.body}>${nestedDocument(servedBody(item))}</div><div class="${layout.attachments}">${attachmentList(item, site)}</div>`,
    `<meta name="ArticleTitle" content=""><meta name="PubDate" content="${meta}">`,
  );
}
