import type { CheerioAPI } from 'cheerio';
import { mendTags } from '#src/formats/damage.ts';
import { decodeText } from '#src/formats/decode.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parsePage } from '#src/formats/html.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { stripMarkup, tidy } from '#src/formats/text.ts';
import type { DraftAttachment } from '#src/publish/draft.ts';

/** Shortest body that can be a notice, in characters without blanks. */
const SHORTEST_BODY = 30;
/** Characters of markup that are looked at first. */
const HEAD = 4_000;
const DOCUMENT =
  /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|zip|rar|7z|tar|gz|jpe?g|png|tiff?|ofd|dwg|txt|csv|[a-z]{2}zf)(?:$|[?#])/i;
const DOWNLOAD = /download|attach|readAttachFile|ztbattach|\/oss\//i;
/** The tags of whole documents; comments and scripts are passed over, to the end when they never close. */
const DOCUMENT_TAGS =
  /<!--(?:-?>|[\s\S]*?(?:--!?>|$))|<script[\s>][\s\S]*?(?:<\/script\s*>|$)|<(\/?)html(?:\s[^<>]*)?>/gi;
const NOT_CONTENT = 'script, style, title, link, meta, noscript, iframe, template';
const REFUSAL = /访问过于频繁|请输入验证码|拦截|请先?登录|系统繁忙|页面不存在|服务器错误|Access Denied|Forbidden/i;

/**
 * A whole web page as a tree.
 * @throws FeedFormatError for empty answers, data instead of a page, and pages cut off before their closing tag.
 */
export function readWholePage(bytes: Uint8Array): CheerioAPI {
  const html = mendTags(decodeText(bytes).trim());
  if (!html.startsWith('<')) throw new FeedFormatError('返回的不是网页', html);
  if (!isWhole(html)) throw new FeedFormatError('网页不完整', html);
  return parsePage(html);
}

/** Nested documents close too, so every opening must have its closing, and the last closing must end the page. */
function isWhole(html: string): boolean {
  const tags = [...html.matchAll(DOCUMENT_TAGS)].filter(([, slash]) => slash !== undefined);
  const closings = tags.filter(([, slash]) => slash === '/');
  const openings = tags.length - closings.length;
  const last = closings.at(-1);
  if (!last || openings === 0 || closings.length < openings) return false;
  const rest = html.slice(last.index + last[0].length);
  return rest.replace(DOCUMENT_TAGS, '').trim() === '';
}

/** The HTML inside the first of the selectors that holds a notice; undefined when none does. Templates never rendered do not count. */
export function findBody($: CheerioAPI, selectors: readonly string[]): string | undefined {
  $(NOT_CONTENT).remove();
  for (const selector of selectors) {
    for (const element of $(selector).toArray()) {
      const html = $(element).html();
      if (html && isSubstantial(html)) return html;
    }
  }
  return undefined;
}

/** Whether markup holds enough text to be a notice. Most tell it by their first part. */
export function isSubstantial(html: string): boolean {
  const head = html.slice(0, html.lastIndexOf('<', HEAD));
  return (!head.includes('{{') && readableLength(head) >= SHORTEST_BODY) || readableLength(html) >= SHORTEST_BODY;
}

function readableLength(html: string): number {
  return stripMarkup(html.replace(/<[^<>]*>/g, ' ').replace(/\{\{[^{}]*\}\}/g, '')).replace(/\s/g, '').length;
}

/**
 * The largest block of text of a page whose layout is not known, and only when the page shows the notice's title:
 * an error page must not become a body, nor may the heading of an empty page.
 */
export function findLargestBlock($: CheerioAPI, title: string): string | undefined {
  $(`${NOT_CONTENT}, header, footer, nav, .header, .footer`).remove();
  const page = $('body').text();
  const squeeze = (text: string) => text.normalize('NFKC').replace(/\s/g, '');
  if (!squeeze(page).includes(squeeze(title).slice(0, 20)) || (page.length < 600 && REFUSAL.test(page)))
    return undefined;
  let best: { length: number; html: string } | undefined;
  for (const element of $('div, td, article, section').toArray()) {
    const own = $(element)
      .contents()
      .filter(
        (_index, node) => node.type === 'text' || !/^(?:div|section|article)$/.test('name' in node ? node.name : ''),
      );
    const length = squeeze(own.text()).replace(squeeze(title), '').length;
    if (!best || length > best.length) best = { length, html: $(element).html() ?? '' };
  }
  return best && best.length >= SHORTEST_BODY && isSubstantial(best.html) ? best.html : undefined;
}

/** Attachments linked inside the selector: documents by extension of address or name, and download addresses. Names come from title or text. */
export function listAttachments($: CheerioAPI, selector: string, baseUrl: string): DraftAttachment[] {
  const found = new Map<string, DraftAttachment>();
  for (const element of $(selector).find('a[href]').toArray()) {
    const link = $(element);
    const href = link.attr('href') ?? '';
    const name = tidy(link.attr('title') || link.text());
    const url = toAbsoluteUrl(href, baseUrl);
    if (!url || found.has(url) || !(DOCUMENT.test(href) || DOCUMENT.test(name) || DOWNLOAD.test(href))) continue;
    found.set(url, { name: name || lastSegment(url), url });
  }
  return [...found.values()];
}

function lastSegment(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '') || '附件';
  } catch {
    return '附件';
  }
}

/** The body of a detail page, or nothing when attachments stand in for it. @throws FeedFormatError when there is neither. */
export function requireBody(
  body: string | undefined,
  attachments: readonly DraftAttachment[],
  $: CheerioAPI,
): string | undefined {
  if (body !== undefined || attachments.length > 0) return body;
  throw new FeedFormatError('详情页没有可读的正文，也没有附件', tidy($('body').text()));
}
