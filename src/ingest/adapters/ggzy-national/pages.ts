import type { CheerioAPI } from 'cheerio';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { fieldText } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { tidy } from '#src/formats/text.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { findBody, listAttachments, readWholePage, requireBody } from '../common/article.ts';
import { placeInPlatform } from './places.ts';

/** Codes of the project only: pages of contracts and parcels carry others beside it. */
const CODE = /(?:(?:项目|交易|标的)(?:编号|编码|代码)|(?:招标|采购)编号)\s*[：:]\s*(\S+)/;
const PUBLISHED = /(?:发布|公告|公示)(?:时间|日期)\s*[：:]\s*(\d[\d\s年月日时分秒:：/.-]*)/;
const ORIGIN = /原文|原链接|原始链接|来源(?:网址|链接)/;

/**
 * The A page: the stages of one project. It gives the address of the notice's own B page and the project code, which
 * the list lacks. Its left-over script variables and its generation time belong to other pages and are not read.
 * @throws FeedFormatError when it is not an A page
 */
export function readProjectPage(bytes: Uint8Array, draft: NoticeDraft, url: string): NoticeDraft {
  const $ = readWholePage(bytes);
  const info = $('p.p_o');
  if ($('h4.h4_o').length === 0 || (info.length === 0 && $('.fully_toggle').length === 0))
    throw new FeedFormatError('详情页不是项目页', tidy($('body').text()));
  const code = info
    .find('span')
    .toArray()
    .map((span) => CODE.exec(tidy($(span).text()))?.[1])
    .find((text) => text && /\d/.test(text));
  const platform = tidy($('#platformName').first().text());
  return {
    ...draft,
    projectCode: draft.projectCode ?? code,
    countyText: draft.countyText ?? placeInPlatform(platform, fieldText(draft.extra.provinceText)),
    extra: { ...draft.extra, contentUrl: contentUrl($, draft, url) },
  };
}

/** The B page that bears the notice's id; pages name it in their tabs and scripts, and its address follows the A page's. */
function contentUrl($: CheerioAPI, { sourceItemId }: NoticeDraft, url: string): string {
  const calls = $('[onclick*="showDetail"]')
    .toArray()
    .map((element) => $(element).attr('onclick') ?? '');
  const scripts = $('script').text();
  const named = [...calls, scripts].flatMap((text) => text.match(/[^'"\s]*\/html\/b\/[^'"\s]+/g) ?? []);
  const own = named.find((path) => path.includes(`/${sourceItemId}.`));
  const address = toAbsoluteUrl(own ?? '', url);
  const isOwnSite = address && new URL(address).origin === new URL(url).origin;
  return isOwnSite ? address : url.replace('/html/a/', '/html/b/');
}

/**
 * The B page: the notice itself.
 * @throws FeedFormatError when it holds neither a body nor attachments
 */
export function readContentPage(
  bytes: Uint8Array,
  draft: NoticeDraft,
  url: string,
  selectors: readonly string[],
): NoticeDraft {
  const $ = readWholePage(bytes);
  const originUrl = findOrigin($, url);
  // Bodies are copied from the original site, and so are their relative links.
  const attachments = listAttachments($, selectors.join(','), originUrl ?? url);
  const published = PUBLISHED.exec(tidy($('p.p_o').text()))?.[1]?.trim();
  return {
    ...draft,
    published:
      published && isSameDay(published, draft.published.raw) ? { raw: published, field: 'p_o' } : draft.published,
    originUrl,
    bodyHtml: requireBody(findBody($, selectors), attachments, $),
    attachments,
  };
}

/** The link to the notice's page at the site it comes from, never one back to the platform. */
function findOrigin($: CheerioAPI, url: string): string | undefined {
  const links = $('a[href]').toArray();
  const origins = links
    .filter((link) => ORIGIN.test($(link).text()) || $(link).closest('.detail_url, .p_o').length > 0)
    .flatMap((link) => toAbsoluteUrl($(link).attr('href') ?? '', url) ?? []);
  return origins.find((address) => new URL(address).hostname !== new URL(url).hostname);
}

/** A page's time only refines the list's day: pages also carry the time of signing or of a copy. */
function isSameDay(one: string, other: string): boolean {
  const [first, second] = [parseFeedTime(one), parseFeedTime(other)];
  return first !== undefined && second !== undefined && formatDate(first.instant) === formatDate(second.instant);
}
