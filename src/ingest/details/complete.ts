import type { NoticeDraft } from '#src/publish/draft.ts';
import { type CompletedDraft, completeDraft, type WholeDraft } from '#src/publish/items/complete-draft.ts';
import { packAnswers } from '#src/publish/items/packed-answers.ts';
import { draftHash } from '#src/publish/prepare/fingerprints.ts';
import type { FeedAdapter, FeedRequest } from '../types.ts';

/** No notice is spread over more pages than this. */
const MAXIMUM_PAGES = 4;

/** How a source is read. */
export interface LoadedFeed {
  adapter: FeedAdapter<unknown>;
  settings: unknown;
}

/** A detail page as it was received. */
export interface DetailResponse {
  bytes: Uint8Array;
  contentType?: string | undefined;
}

/** A list entry with what has been received of its details. Plain data, so that it can go to another thread. */
export interface OpenItem extends WholeDraft {
  /** The detail pages, in the order in which they were asked for. */
  answers: DetailResponse[];
}

/** An item with nothing missing, judged. */
export interface Completed extends CompletedDraft {
  next?: undefined;
  /** Hash of the completed draft, and its detail pages as they are kept; undefined when none was needed. */
  detailHash: string | undefined;
  body: Uint8Array | undefined;
}

/** What becomes of an item: another page is needed, or it is judged. Plain data but for the error. */
export type Completion = { next: FeedRequest; error?: undefined } | Completed;

/**
 * Reads an item's detail pages and prepares it for storing: all that costs time, and neither network nor database.
 * @throws FeedFormatError when a detail page is not what it should be.
 */
export function completeItem(feed: LoadedFeed, item: OpenItem): Completion {
  const asked = new Set<string>();
  let whole = item.draft;
  let next = nextDetail(feed, whole, asked);
  for (const { bytes, contentType } of item.answers) {
    if (!next || !feed.adapter.parseDetail) break;
    const context = { settings: feed.settings, request: next, ...(contentType ? { contentType } : {}) };
    whole = feed.adapter.parseDetail(bytes, whole, context);
    next = nextDetail(feed, whole, asked);
  }
  if (next && item.answers.length < MAXIMUM_PAGES) return { next };
  return {
    detailHash: whole === item.draft ? undefined : draftHash(whole),
    body: item.answers.length > 0 ? packAnswers(item.answers.map(({ bytes }) => bytes)) : undefined,
    ...completeDraft({ ...item, draft: whole }),
  };
}

/** The first page that an item needs; undefined when the list carries everything. */
export function firstDetail(feed: LoadedFeed, draft: NoticeDraft): FeedRequest | undefined {
  return nextDetail(feed, draft, new Set());
}

/** The next page that a draft needs, noted in `asked`; none when its adapter names a page that has been read already, as most do. */
function nextDetail(feed: LoadedFeed, draft: NoticeDraft, asked: Set<string>): FeedRequest | undefined {
  const request = feed.adapter.parseDetail && feed.adapter.detail?.(draft, feed.settings);
  if (!request || asked.has(request.url)) return undefined;
  asked.add(request.url);
  return request;
}
