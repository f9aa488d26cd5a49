import type { NoticeDraft } from '#src/publish/draft.ts';
import type { FeedRequest } from '../../types.ts';
import { findBody, findLargestBlock, listAttachments, readWholePage, requireBody } from './article.ts';

/** Parts around a notice: menus, the tree of columns (which has panels of its own), links to neighbours. */
const SURROUNDINGS =
  'header, footer, nav, aside, .header, .footer, #header, #footer, .navbar, .breadcrumb, #myAccordion, .bm-side-link';
/** Containers of the body on the Jining platform: since 2021, and before. */
const BODIES = ['#ctn-detail', 'div.ctn-detail', 'div.panel-body'];

/**
 * A notice completed from its page on either generation of the Jining platform. Bodies are looked for under the site's own
 * selectors, then the platform's, then in the largest block of text; a short one counts only beside attachments.
 * @throws FeedFormatError for anything but a whole page, and for pages with neither body nor attachment.
 */
export function parseBulletin(
  bytes: Uint8Array,
  draft: NoticeDraft,
  { bodySelectors, request }: { bodySelectors: readonly string[]; request: FeedRequest },
): NoticeDraft {
  const $ = readWholePage(bytes);
  $(SURROUNDINGS).remove();
  const selectors = [...bodySelectors, ...BODIES];
  const attachments = listAttachments($, 'body', request.url);
  const brief = attachments.length > 0 ? $(selectors.join(', ')).first().html()?.trim() : undefined;
  const body = findBody($, selectors) ?? (brief || findLargestBlock($, draft.title));
  return { ...draft, bodyHtml: requireBody(body, attachments, $), attachments };
}
