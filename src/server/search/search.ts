import type { Db } from '#db/client.ts';
import type { NoticeFilter } from '#src/domain/notice-filter.ts';
import { parseQuery } from '#src/domain/search/query.ts';
import { getConfig } from '../config.ts';
import { listNotices, PAGE_SIZE } from '../notices/list.ts';
import { listSummariesById } from '../notices/row.ts';
import { toFacets } from '../notices/tally.ts';
import { getAsOf } from '../sources/as-of.ts';
import { listRows } from '../statements.ts';
import type { Backend, PageRequest, SearchContext, SearchStep } from './backend.ts';
import { correctTerms } from './correct.ts';
import { formatSearchCursor, parseSearchCursor } from './cursor.ts';
import { findSearcher } from './endpoint.ts';
import { ftsBackend } from './fts-search.ts';
import { guarded, inTurn, isResting } from './guard.ts';
import { findHelp } from './help.ts';
import { type Marks, markSnippet, markText, toMarks } from './highlight.ts';
import { meiliBackend } from './meili-search.ts';
import { hasHit, type Resolver } from './probe.ts';
import { loosen, type Reading, readQuery } from './reading.ts';
import { type Resolved, resolveSteps } from './resolve.ts';
import { FTS_CURSOR, INDEX_CURSOR, readState } from './states.ts';
import type { FilterHelp, SearchHit, SearchPage, SearchPlan } from './types.ts';

/**
 * A page of notices that match a text and filters, best first. Without a text it is the plain list. The engine answers
 * when it can, within 1.2 seconds; otherwise SQLite does, at once.
 * @throws InputError when the cursor is not one of this search's.
 */
export async function searchNotices(db: Db, filter: NoticeFilter): Promise<SearchPage> {
  const { DATA_DIR, SEARCH_ENGINE } = getConfig();
  const engine = SEARCH_ENGINE === 'off' ? undefined : findSearcher(DATA_DIR);
  if (engine && !isResting(engine)) {
    const page = await guarded(engine, () => inTurn(engine, () => searchWith(db, meiliBackend(engine), filter)));
    if (page) return page;
  }
  return searchWith(db, ftsBackend(db), filter);
}

/** Notices that left the public since the backend's index was written. */
function listHidden(db: Db, backend: Backend): string[] {
  const cursor = Number(readState(db, backend.name === 'fts5' ? FTS_CURSOR : INDEX_CURSOR, '0'));
  return listRows<{ id: string }>(
    db,
    `SELECT DISTINCT o.notice_id AS id FROM outbox o LEFT JOIN published_notices n ON n.id = o.notice_id
     WHERE o.seq > ? AND n.id IS NULL LIMIT 1000`,
    [cursor],
  ).map(({ id }) => id);
}

/** The same search on a given backend. */
export async function searchWith(db: Db, backend: Backend, filter: NoticeFilter): Promise<SearchPage> {
  const query = parseQuery(filter.q ?? '');
  if (query.terms.length === 0) return listAsSearch(db, backend, filter);
  const cursor = filter.cursor ? parseSearchCursor(filter.cursor) : { offset: 0, at: new Date().toISOString() };
  const builtIn = backend.name === 'fts5' ? backend : ftsBackend(db);
  const simple = (step: SearchStep) => !step.codes && step.excluded.length === 0;
  const resolver: Resolver = { db, backend, backendOf: (step) => (simple(step) ? backend : builtIn) };
  const context: SearchContext = { filter, at: cursor.at, hidden: listHidden(db, backend) };
  const limit = filter.limit ?? PAGE_SIZE;
  const request: PageRequest = { sort: filter.sort ?? 'relevance', exclude: [], offset: cursor.offset, limit };
  const { reading, corrected, found, help } = await answerQuery(resolver, query, context, request);
  const end = cursor.offset + limit;
  return {
    items: toHits(db, found.ids, reading),
    total: found.total,
    asOf: getAsOf(db),
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
  query: ReturnType<typeof parseQuery>,
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
  query: ReturnType<typeof parseQuery>,
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

function toHits(db: Db, ids: readonly string[], { plan, codes }: Reading): SearchHit[] {
  const marks: Marks = toMarks([...plan.terms, ...plan.words, ...plan.rewritten.map(({ to }) => to)], codes);
  const bodies = new Map(
    listRows<{ id: string; body: string }>(
      db,
      'SELECT notice_id AS id, body FROM notice_texts WHERE notice_id IN (SELECT value FROM json_each(?))',
      [JSON.stringify(ids)],
    ).map(({ id, body }) => [id, body]),
  );
  return listSummariesById(db, ids).map((summary) => ({
    ...summary,
    titleSegments: markText(summary.title, marks),
    snippetSegments: markSnippet(bodies.get(summary.id) ?? '', marks),
  }));
}

function listAsSearch(db: Db, backend: Backend, filter: NoticeFilter): SearchPage {
  const page = listNotices(db, { ...filter, sort: filter.sort === 'relevance' ? 'published' : filter.sort });
  const none: Marks = { terms: [], codes: [] };
  const items = page.items.map((summary) => ({
    ...summary,
    titleSegments: markText(summary.title, none),
    snippetSegments: [],
  }));
  return { ...page, items, engine: backend.name, plan: null, help: [] };
}
