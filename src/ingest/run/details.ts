import { FeedFormatError } from '#src/formats/format-error.ts';
import { FetchError } from '#src/outbound/errors.ts';
import { findSupplement } from '#src/publish/exposures/incomplete-rows.ts';
import { layOver, overlayOf } from '#src/publish/items/overlay.ts';
import { packAnswers } from '#src/publish/items/packed-answers.ts';
import { PoolClosedError } from '#src/publish/items/pool.ts';
import type { RawItem } from '#src/publish/items/raw-items.ts';
import { DETAIL_UNREADABLE, ItemRejectedError } from '#src/publish/items/reasons.ts';
import { normalise } from '#src/publish/prepare/prepare.ts';
import {
  type Completed,
  type Completion,
  completeItem,
  type DetailResponse,
  firstDetail,
  type OpenItem,
} from '../details/complete.ts';
import type { CompletedItem, FreshItem, RunContext } from './context.ts';
import { fetchParsed } from './fetch-parsed.ts';

/** Details read at a time; the fetcher further limits what one host gets. */
const CONCURRENCY = 4;
/** So many failures in a row mean that the site is down, not that the items are bad. */
const FAILURES_IN_A_ROW = 5;

/** Reads the details of a page's fresh items and prepares them, in the order of the list. @throws FetchError when the site is down */
export async function completeItems(run: RunContext, items: FreshItem[]): Promise<CompletedItem[]> {
  const completed: CompletedItem[] = new Array(items.length);
  let next = 0;
  let failures = 0;
  const work = async () => {
    for (;;) {
      const index = next++;
      const item = items[index];
      if (!item) return;
      run.options.signal?.throwIfAborted();
      const result = await readItem(run, item);
      failures = result.error instanceof FetchError ? failures + 1 : 0;
      if (failures >= FAILURES_IN_A_ROW) throw result.error;
      completed[index] = result;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return completed;
}

async function readItem(run: RunContext, item: FreshItem): Promise<CompletedItem> {
  const { draft, listHash } = item;
  const raw: RawItem = {
    sourceKey: run.source.key,
    sourceItemId: draft.sourceItemId,
    contentHash: listHash.padEnd(64, '0'),
    listItem: JSON.stringify(draft),
  };
  const answers: DetailResponse[] = [];
  try {
    if (draft.withdrawn) return { ...item, raw };
    const { detailHash, body, ...judged } = await readDetails(run, item, raw, answers);
    return { ...item, raw: { ...raw, contentHash: listHash + (detailHash ?? listHash), body }, ...judged };
  } catch (error) {
    run.options.signal?.throwIfAborted();
    if (error instanceof PoolClosedError) throw error;
    const body = answers.length > 0 ? packAnswers(answers.map(({ bytes }) => bytes)) : undefined;
    return { ...item, raw: { ...raw, body }, error };
  }
}

/** Fetches the detail pages, each noted in `answers`, until nothing is missing. */
async function readDetails(
  run: RunContext,
  item: FreshItem,
  raw: RawItem,
  answers: DetailResponse[],
): Promise<Completed> {
  const { draft } = item;
  const complete = (open: DetailResponse[]) => completeOpen(run, item, open);
  let request = firstDetail(run, draft);
  // Nothing is fetched for an item that is refused anyway.
  if (request && !draft.exposure)
    normalise(layOver(draft, overlayOf(run.overlay, draft)), run.source.county, Date.now());
  while (request) {
    raw.bodyUrl ??= request.url;
    const page = answers.length;
    const { parsed } = await fetchParsed(run, request, ({ bytes, contentType }) => {
      answers[page] = { bytes, contentType };
      return complete(answers);
    });
    if (parsed && !parsed.next) return parsed;
    request = parsed?.next;
  }
  const whole = await complete(answers);
  if (whole.next) throw new Error('a detail page is asked for that was not asked for before');
  return whole;
}

/** Completes an item with what was received of it: on another thread when there are any. */
async function completeOpen(
  run: RunContext,
  { draft, known }: FreshItem,
  answers: DetailResponse[],
): Promise<Completion> {
  const { key: sourceKey, county: publishedBy } = run.source;
  const { sourceItemId } = draft;
  const supplement = draft.exposure && findSupplement(run.db, { sourceKey, sourceItemId });
  const overlay = overlayOf(run.overlay, draft);
  const own = { sourceKey, publishedBy, knownItemId: known?.sourceItemId, supplement, overlay };
  const open: OpenItem = { draft, answers, ...own };
  return run.options.pool ? run.options.pool.complete(run, open) : completeItem(run, open);
}

/** What is recorded for an item whose detail failed: a fetch failure is temporary and carries its own code. */
export function toItemError(error: unknown): unknown {
  if (!(error instanceof FetchError) && !(error instanceof FeedFormatError)) return error;
  return new ItemRejectedError([{ code: DETAIL_UNREADABLE, message: `正文未能读取：${error.message}` }]);
}
