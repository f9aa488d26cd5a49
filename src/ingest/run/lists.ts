import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { addDays, formatDate, startOfDay } from '#src/domain/time/time.ts';
import { mayBeTransient } from '#src/formats/damage.ts';
import { FetchError } from '#src/outbound/errors.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { FeedAnswer } from '../fetch.ts';
import type { FeedPage, FeedRequest, FetchWindow, ParseContext } from '../types.ts';
import type { RunContext } from './context.ts';
import { fetchParsed } from './fetch-parsed.ts';
import { processPage } from './pages.ts';
import { saveQueue } from './save-items.ts';

/** A list that never ends is broken; no list of a county is this long. */
const MAXIMUM_PAGES = 2_000;

/** Reads every list of the feed, page by page, storing as it goes. @throws FetchError, FeedFormatError, SourceHeldError */
export async function readLists(run: RunContext): Promise<void> {
  const window: FetchWindow = {
    until: formatDate(new Date().toISOString()),
    ...(run.since ? { since: run.since } : {}),
  };
  try {
    for (const request of run.adapter.lists(run.settings, window)) await readList(run, request);
  } finally {
    saveQueue(run);
  }
}

/** True when the requests of a poll do not depend on where its window starts: such lists always show rows, so none at all means an outage. */
export function hasFixedLists(run: RunContext): boolean {
  const until = formatDate(new Date().toISOString());
  const since = run.since ?? until;
  const lists = (start: string) => JSON.stringify(run.adapter.lists(run.settings, { since: start, until }));
  return lists(since) === lists(formatDate(addDays(startOfDay(since), -1)));
}

async function readList(run: RunContext, first: FeedRequest): Promise<void> {
  const seen = new Set<string>();
  const asked = new Set<string>();
  let request: FeedRequest | undefined = first;
  while (request) {
    asked.add(requestKey(request));
    if (asked.size > MAXIMUM_PAGES) throw new FetchError(`翻页超过 ${MAXIMUM_PAGES} 页仍未结束`);
    const page = await readPage(run, request, request === first);
    if (!page) return;
    run.total = page.total ?? run.total;
    const isOver = !hasNewIds(page, seen) || (await processPage(run, page, isOld(run)));
    request = !isOver && page.next && !asked.has(requestKey(page.next)) ? page.next : undefined;
  }
}

/** One page; undefined when the list has not changed since the last good run. */
export async function readPage(run: RunContext, request: FeedRequest, isFirst: boolean): Promise<FeedPage | undefined> {
  // A run back to a given day looks at what an unchanged first page does not show.
  const isPoll = run.since !== undefined && run.options.since === undefined;
  const isConditional = isFirst && isPoll && (request.method ?? 'GET') === 'GET';
  const known = isConditional ? run.source.validators[request.url] : undefined;
  const parse = async ({ bytes }: FeedAnswer, context: ParseContext<unknown>) =>
    run.adapter.parseList((await run.adapter.unpack?.(bytes)) ?? bytes, context);
  const { answer, parsed } = await fetchParsed(run, request, parse, known);
  const isWhole = !parsed?.faults.some(({ reason }) => mayBeTransient(reason));
  if (isFirst && isWhole && Object.keys(answer.validators).length > 0) run.validators[request.url] = answer.validators;
  if (answer.notModified) run.notModified++;
  return parsed;
}

/** Pages past the end repeat earlier rows or the last page: a page without a new id ends the list. */
function hasNewIds(page: FeedPage, seen: Set<string>): boolean {
  const before = seen.size;
  for (const { sourceItemId } of page.drafts) seen.add(sourceItemId);
  for (const { sourceItemId, raw } of page.faults) seen.add(sourceItemId ?? raw);
  for (const raw of page.skipped ?? []) seen.add(raw);
  return seen.size > before;
}

/** Tells whether a draft lies before the window. Unreadable times count as old: they must not keep a list open for ever. */
function isOld(run: RunContext): (draft: NoticeDraft) => boolean {
  const start = run.since ? startOfDay(run.since) : undefined;
  return (draft) => {
    if (!start) return false;
    const time = parseFeedTime(draft.published.raw);
    return !time || time.instant < start;
  };
}

function requestKey(request: FeedRequest): string {
  return `${request.method ?? 'GET'} ${request.url} ${request.body ?? ''}`;
}
