import { escapeHtml, html, type Site, type SiteAnswer } from './site.ts';
import type { FeedItem } from './store.ts';

/** A whole web page of a site. */
export function page(title: string, body: string, head = ''): SiteAnswer {
  return html(`<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="UTF-8">${head}<title>${escapeHtml(title)}</title>
<script>var loaded = "<div>";</script></head><body>
<div class="header"><a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="javascript:void(0);">交易信息</a></div>
${body}
<div class="footer">版权所有&copy;演示站点 <a href="javascript:window.close();">【关闭】</a></div></body></html>`);
}

/** The line below a heading: time, clicks so far, and the buttons that are no attachments. */
export function infoLine({ notice }: FeedItem, { calls }: Site): string {
  return `<p class="info-sources">发布时间：${notice.publishedAt}　阅读次数：<span id="hits">${calls}</span>
<a href="javascript:doPrint();">【打印】</a></p>`;
}

/** The attachments of a notice as a list of links, written as carelessly as real ones. */
export function attachmentList({ notice }: FeedItem, { county }: Site): string {
  const links = notice.attachments.map(
    ({ name, path }) => `<li><a href=" /${county}${path}" title="${escapeHtml(name)}">附件下载</a></li>`,
  );
  return links.length > 0 ? `<ul>${links.join('')}</ul>` : '';
}

/** What a site shows instead of anything else now and then, with status 200. */
export const ERROR_PAGE: SiteAnswer = html(
  `<!DOCTYPE html><html><head><title>系统提示</title></head><body><h1>系统繁忙，请稍后再试</h1>${'<!-- error page -->'.repeat(140)}</body></html>`,
);
