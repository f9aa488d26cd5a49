import type { County } from '#src/domain/counties.ts';
import { IncompleteExposureError, type IncompleteRecord } from '../exposures/incomplete.ts';
import { type PreparedExposure, prepareExposure } from '../exposures/prepare.ts';
import { draftHash } from '../fingerprints.ts';
import { type PreparedNotice, prepareNotice } from '../prepare.ts';
import { ItemRejectedError } from '../reasons.ts';
import { packAnswers } from '../store/packed-answers.ts';
import type { FeedAdapter, FeedRequest, NoticeDraft } from '../types.ts';
import { inspectDraft } from '../validate.ts';

/** No notice is spread over more pages than this. */
const MAXIMUM_PAGES = 4;

/** How a source is read. */
export interface LoadedFeed {
  adapter: FeedAdapter<unknown>;
  settings: unknown;
}

/** A detail page as it was received. */
export interface DetailAnswer {
  bytes: Uint8Array;
  contentType?: string | undefined;
}

/** A list entry with what has been received of its details. Plain data, so that it can go to another thread. */
export interface OpenItem {
  draft: NoticeDraft;
  /** The detail pages, in the order in which they were asked for. */
  answers: DetailAnswer[];
  sourceKey: string;
  publishedBy: County;
  /** Item id under which a known notice was first stored. */
  knownItemId?: string | undefined;
  /** Labels and values that staff added to an incomplete record of the exposure board. */
  supplement?: Record<string, string> | undefined;
}

/** An item with nothing missing: ready to be stored, or to be put aside. */
export interface JudgedItem {
  next?: undefined;
  /** Hash of the completed draft, and its detail pages as they are kept; undefined when none was needed. */
  detailHash: string | undefined;
  body: Uint8Array | undefined;
  prepared?: PreparedNotice;
  /** In place of a notice, when the column holds entries of the exposure board or the blacklist. */
  entry?: PreparedExposure;
  /** In place of an entry: a record that lacks something, which is kept. */
  incomplete?: IncompleteRecord;
  /** Why it may not be published. */
  error?: unknown;
}

/** What becomes of an item: another page is needed, or it is judged. Plain data but for the error. */
export type Completion = { next: FeedRequest } | JudgedItem;

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
    ...judge(whole, item),
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

function judge(
  draft: NoticeDraft,
  { sourceKey, publishedBy, knownItemId, supplement = {} }: OpenItem,
): Pick<JudgedItem, 'prepared' | 'entry' | 'incomplete' | 'error'> {
  try {
    const faults = draft.exposure ? inspectDraft(draft) : [];
    if (faults.length > 0) throw new ItemRejectedError(faults);
    if (draft.exposure) {
      const supplemented = { ...draft, fields: { ...draft.fields, ...supplement } };
      return { entry: prepareExposure(supplemented, draft.exposure, { sourceKey, publishedBy }) };
    }
    return { prepared: prepareNotice(draft, { sourceKey, publishedBy, sourceItemId: knownItemId }) };
  } catch (error) {
    return error instanceof IncompleteExposureError ? { incomplete: error.record, error } : { error };
  }
}
