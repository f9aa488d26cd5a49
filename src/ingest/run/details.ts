import { prepareExposure } from '../exposures/prepare.ts';
import { FetchError } from '../fetch/errors.ts';
import { draftHash } from '../fingerprints.ts';
import { normalise, prepareNotice } from '../prepare.ts';
import { DETAIL_UNREADABLE, ItemRejectedError } from '../reasons.ts';
import { joinAnswers, type RawItem } from '../store/raw-items.ts';
import { FeedFormatError, type FeedRequest, type NoticeDraft } from '../types.ts';
import type { CompletedItem, FreshItem, LoadedFeed, RunContext } from './context.ts';
import { fetchParsed } from './fetch-parsed.ts';

/** Details read at a time; the fetcher further limits what one host gets. */
const CONCURRENCY = 4;
/** No notice is spread over more pages than this. */
const MAXIMUM_PAGES = 4;
/** So many failures in a row mean that the site is down, not that the items are bad. */
const FAILURES_IN_A_ROW = 5;

/** Reads the details of a page's fresh items and prepares them, in the order of the list. @throws FetchError when the site is down */
export async function completeItems(run: RunContext, items: FreshItem[]): Promise<CompletedItem[]> {
  const completed: CompletedItem[] = new Array(items.length);
  let next = 0;
  let failures = 0;
  const work = async () => {
    while (next < items.length) {
      const index = next++;
      const item = items[index];
      if (!item) return;
      run.options.signal?.throwIfAborted();
      const result = await completeItem(run, item);
      failures = result.error instanceof FetchError ? failures + 1 : 0;
      if (failures >= FAILURES_IN_A_ROW) throw result.error;
      completed[index] = result;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return completed;
}

async function completeItem(run: RunContext, item: FreshItem): Promise<CompletedItem> {
  const { draft, listHash } = item;
  const { key: sourceKey, county } = run.source;
  const raw: RawItem = {
    sourceKey,
    sourceItemId: draft.sourceItemId,
    contentHash: listHash.padEnd(64, '0'),
    listItem: JSON.stringify(draft),
  };
  try {
    if (draft.withdrawn && !draft.exposure) return { ...item, raw };
    // Nothing is fetched for an item that is refused anyway.
    if (!draft.exposure && run.adapter.detail?.(draft, run.settings)) normalise(draft, county, Date.now());
    const whole = await readDetails(run, draft, raw);
    raw.contentHash = listHash + (whole === draft ? listHash : draftHash(whole));
    if (whole.exposure) {
      return { ...item, raw, entry: prepareExposure(whole, whole.exposure, { sourceKey, publishedBy: county }) };
    }
    const identity = { sourceKey, publishedBy: county, sourceItemId: item.known?.sourceItemId };
    return { ...item, raw, prepared: prepareNotice(whole, identity) };
  } catch (error) {
    run.options.signal?.throwIfAborted();
    return { ...item, raw, error };
  }
}

/** The draft with its detail pages read; the draft itself when the list carries everything. */
async function readDetails(run: RunContext, draft: NoticeDraft, raw: RawItem): Promise<NoticeDraft> {
  const parse = run.adapter.parseDetail?.bind(run.adapter);
  const answers: Uint8Array[] = [];
  const asked = new Set<string>();
  let whole = draft;
  for (let page = 0; parse && page < MAXIMUM_PAGES; page++) {
    const request = nextDetail(run, whole, asked);
    if (!request) break;
    raw.bodyUrl ??= request.url;
    const before = whole;
    const { answer, parsed } = await fetchParsed(run, request, ({ bytes }, context) => {
      raw.body = joinAnswers([...answers, bytes]);
      return parse(bytes, before, context);
    });
    answers.push(answer.bytes);
    whole = parsed ?? whole;
  }
  return whole;
}

/** The next page that a draft needs, noted in `asked`; none when its adapter names a page that has been read already, as most do. */
export function nextDetail(feed: LoadedFeed, draft: NoticeDraft, asked: Set<string>): FeedRequest | undefined {
  const request = feed.adapter.detail?.(draft, feed.settings);
  if (!request || asked.has(request.url)) return undefined;
  asked.add(request.url);
  return request;
}

/** What is recorded for an item whose detail failed: a fetch failure is temporary and carries its own code. */
export function toItemError(error: unknown): unknown {
  if (!(error instanceof FetchError) && !(error instanceof FeedFormatError)) return error;
  return new ItemRejectedError([{ code: DETAIL_UNREADABLE, message: `正文未能读取：${error.message}` }]);
}
