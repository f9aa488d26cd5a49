import type { CheerioAPI } from 'cheerio';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { parseTitle, tidy } from '#src/formats/text.ts';
import type { DraftAttachment, NoticeDraft } from '#src/publish/draft.ts';
import { findBody, findLargestBlock, listAttachments, readWholePage, requireBody } from './article.ts';

/** Containers of the body, in the order of the vendor's generations. */
export const EPOINT_BODIES = [
  '.ewb-trade-right',
  '#noticeArea',
  '#newsText',
  'div.content-article',
  '.article-content',
  '.ewb-article-info',
];
const HEADINGS = '.ewb-trade-h, #iframetitle, h3.infotitle';
/** Advertisements, the blockchain shell and reading aids that stand inside the body. */
const NOISE = '.znyd, [class*="znyd-"], .chain, #iframetitle';
const ATTACHMENTS = '#attach, .attach, .shengzf-Attach, .ewb-article-add';
const GUID = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/i;

/** Where a detail page came from, and what its body stands in. */
export interface DetailPage {
  url: string;
  bodySelectors: readonly string[];
}

/**
 * A draft completed from the vendor's detail page (docs/feeds.md#epoint-details). Times of the page are not read: its `PubDate` is
 * formatted with a 12-hour clock.
 * @throws FeedFormatError when the page holds neither a body nor an attachment.
 */
export function readEpointDetail(bytes: Uint8Array, draft: NoticeDraft, page: DetailPage): NoticeDraft {
  const $ = readWholePage(bytes);
  const title = pickHeading(draft.title, $(HEADINGS).first().text());
  const originUrl = originOf($) ?? draft.originUrl;
  const lotCode = lotOf($) ?? draft.lotCode;
  const bodies = page.bodySelectors.join(',');
  repairPaths($);
  const attachments = [
    ...viewedFiles($, bodies, page.url),
    ...listAttachments($, `${bodies}, ${ATTACHMENTS}`, page.url),
  ];
  $(NOISE).remove();
  // A known container that is empty is filled by a script: the rest of the page is not the notice.
  const isKnown = $(bodies).length > 0;
  const body = findBody($, page.bodySelectors) ?? (isKnown ? undefined : findLargestBlock($, title));
  return {
    ...draft,
    title,
    ...(originUrl && originUrl !== page.url ? { originUrl } : {}),
    ...(lotCode ? { lotCode } : {}),
    bodyHtml: requireBody(body, attachments, $),
    attachments,
  };
}

/** The page's heading, unless it is cut or only adds a serial number to the title of the list. */
function pickHeading(listed: string, heading: string): string {
  const { title } = parseTitle(heading);
  const isSerial = title.startsWith(listed) && /^\d{6}$/.test(title.slice(listed.length));
  return title === '' || isSerial || /(?:…|\.{3})$/.test(title) ? listed : title;
}

/** The notice at the site it was reposted from. */
function originOf($: CheerioAPI): string | undefined {
  const links = [
    $('#secondtitle').first().text(),
    $('#originurl a[data-value]').first().attr('data-value'),
    $('#originurl').first().attr('data-value'),
    $('#originurl a[href]').first().attr('href'),
  ];
  return links.map((link) => toAbsoluteUrl(link ?? '')).find((url) => url !== undefined);
}

/** 标段编码. Some sites put the lot's row id there instead. */
function lotOf($: CheerioAPI): string | undefined {
  const text = tidy($('#ztbglguid').first().text());
  return /^[A-Za-z\d-]{8,60}$/.test(text) && /\d/.test(text) && !GUID.test(text) ? text : undefined;
}

/** The vendor's pages repair these paths by script; taken literally, `frame` would be a host. */
function repairPaths($: CheerioAPI): void {
  for (const link of $('a[href^="//frame/"]').toArray()) link.attribs.href = (link.attribs.href ?? '').slice(1);
  for (const image of $('img[src^="///"]').toArray()) image.attribs.src = (image.attribs.src ?? '').slice(2);
}

/** Files shown in an embedded viewer (`viewer.html?file=…`), which stand in for a body. */
function viewedFiles($: CheerioAPI, bodies: string, pageUrl: string): DraftAttachment[] {
  return $(bodies)
    .find('iframe[src*="file="]')
    .toArray()
    .flatMap((frame) => {
      const viewer = toAbsoluteUrl(frame.attribs.src ?? '', pageUrl);
      const file = viewer && new URL(viewer).searchParams.get('file');
      const url = file ? toAbsoluteUrl(file, viewer) : undefined;
      return url ? [{ name: '公告原文', url }] : [];
    });
}
