import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { outbox, publishedNotices } from '#db/schema/index.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { limitQuery } from '#src/domain/search/limits.ts';
import { type ParsedQuery, parseQuery } from '#src/domain/search/query.ts';
import { PAGE_SIZE } from '../notices/list.ts';
import { toFacets } from '../notices/tally.ts';
import type { Backend, PageRequest, SearchContext, SearchStep } from './backend.ts';
import { correctTerms } from './correct.ts';
import { formatSearchCursor, parseSearchCursor } from './cursor.ts';
import { ftsBackend } from './fts-search.ts';
import { findHelp } from './help.ts';
import { asOfIndex, isBehind, readIndexState } from './index-state.ts';
import { fitsEngine } from './meili-query.ts';
import { hasHit, type Resolver } from './probe.ts';
import { loosen, type Reading, readQuery } from './reading.ts';
import { type Resolved, resolveSteps } from './resolve.ts';
import type { FilterHelp, SearchPage, SearchPlan } from './types.ts';

/** What a search finds, before any notice is read: the ids of its page in order, and all that is said about them. */
export interface Matches extends Omit<SearchPage, 'items' | 'fallback'> {
  ids: string[];
  reading: Reading;
}

const HIDDEN = defineQuery((db, p: Params<{ cursor: number }>) =>
  db
    .selectDistinct({ id: outbox.noticeId })
    .from(outbox)
    .leftJoin(publishedNotices, eq(publishedNotices.id, outbox.noticeId))
    .where(and(gt(outbox.seq, p.cursor), isNull(publishedNotices.id)))
    .limit(1000),
);

/** Notices that left the public since the backend's index was written. */
function listHidden(db: Db, cursor: number): string[] {
  return HIDDEN.all(db, { cursor }).map(({ id }) => id);
}

/**
 * Finds what matches a filter with words, on a given backend. Parts of the query beyond the limits are not looked for.
 * @throws InputError when the cursor is not one of this search's.
 */
export async function findMatches(db: Db, backend: Backend, filter: NoticeFilter): Promise<Matches> {
  const { query } = limitQuery(parseQuery(filter.q ?? ''));
  const cursor = filter.cursor ? parseSearchCursor(filter.cursor) : { offset: 0, at: new Date().toISOString() };
  const builtIn = backend.name === 'fts5' ? backend : ftsBackend(db);
  const simple = (step: SearchStep) => !step.codes && step.excluded.length === 0 && fitsEngine(step);
  const resolver: Resolver = { db, backend, backendOf: (step) => (simple(step) ? backend : builtIn) };
  const state = readIndexState(db, backend.name);
  const context: SearchContext = { filter, at: cursor.at, hidden: listHidden(db, state.cursor) };
  const limit = filter.limit ?? PAGE_SIZE;
  const request: PageRequest = { sort: filter.sort ?? 'relevance', exclude: [], offset: cursor.offset, limit };
  const { reading, corrected, found, help } = await answerQuery(resolver, query, context, request);
  const end = cursor.offset + limit;
  return {
    ids: found.ids,
    reading,
    total: found.total,
    asOf: asOfIndex(db, state),
    behind: isBehind(state),
    next: end < found.total ? formatSearchCursor({ offset: end, at: cursor.at }) : null,
    facets: toFacets(found.tallies, filter),
    engine: backend.name,
    plan: describe(reading, query, found, corrected),
    help,
  };
}

interface Answer {
  reading: Reading;
  corrected: SearchPlan['corrected'];
  found: Resolved;
  help: FilterHelp[];
}

/** As typed; then corrected, when nothing in a title or name fits; then, for a sentence, with words left out. */
async function answerQuery(
  resolver: Resolver,
  query: ParsedQuery,
  context: SearchContext,
  request: PageRequest,
): Promise<Answer> {
  const reading = readQuery(resolver.db, query);
  const found = await resolveSteps(resolver, reading.steps, context, request);
  if (found.total > 0 && !(found.step?.scope === 'all' && reading.codes.length === 0))
    return { reading, corrected: null, found, help: [] };
  const quoted = query.terms.some(({ kind }) => kind === 'phrase');
  const meant =
    quoted || found.total > 20
      ? undefined
      : correctTerms(
          resolver.db,
          query.terms.map(({ text }) => text),
        );
  if (meant) {
    const better = readQuery(resolver.db, { ...parseQuery(meant), excluded: query.excluded });
    const steps = better.steps.filter(({ scope }) => scope === 'head');
    const answer = await resolveSteps(resolver, steps, context, request);
    const corrected = { from: query.terms.map(({ text }) => text).join(' '), to: meant };
    if (answer.total > 0) return { reading: better, corrected, found: answer, help: [] };
  }
  if (found.total > 0) return { reading, corrected: null, found, help: [] };
  // Both are asked at the same time: what help costs in vain is less than waiting for the one before the other.
  const [loose, help] = await Promise.all([
    answerLoosely(resolver, reading, context, request),
    findHelp(resolver, reading, context, found),
  ]);
  return loose ?? { reading, corrected: null, found, help };
}

async function answerLoosely(
  resolver: Resolver,
  reading: Reading,
  context: SearchContext,
  request: PageRequest,
): Promise<Answer | undefined> {
  const readings = await loosen(resolver, reading);
  const answering = await Promise.all(readings.map(({ steps }) => hasHit(resolver, steps, context)));
  const loose = readings[answering.indexOf(true)];
  if (!loose) return undefined;
  const found = await resolveSteps(resolver, loose.steps, context, request);
  return { reading: loose, corrected: null, found, help: [] };
}

function describe(
  { plan, codes, dropped }: Reading,
  query: ParsedQuery,
  found: Resolved,
  corrected: SearchPlan['corrected'],
): SearchPlan {
  const phrases = query.terms.filter(({ kind }) => kind === 'phrase').map(({ text }) => text);
  return {
    words: plan.words.filter((word) => !phrases.includes(word)),
    phrases,
    excluded: plan.excluded,
    codes,
    rewritten: plan.rewritten,
    corrected,
    dropped,
    scope: found.step?.codes ? 'code' : (found.step?.scope ?? 'all'),
  };
}
