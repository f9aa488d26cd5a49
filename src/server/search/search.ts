import { inArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params, valuesOf } from '#db/query.ts';
import { noticeTexts } from '#db/schema/index.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { limitQuery } from '#src/domain/search/limits.ts';
import { parseQuery } from '#src/domain/search/query.ts';
import type { NoticePage } from '#src/domain/site/views.ts';
import { getConfig } from '../config.ts';
import { listNotices } from '../notices/list.ts';
import { listSummariesById } from '../notices/row.ts';
import type { Backend } from './backend.ts';
import { findSearcher } from './endpoint.ts';
import { ftsBackend } from './fts-search.ts';
import { guarded, inTurn, isResting } from './guard.ts';
import { type Marks, markSnippet, markText, toMarks } from './highlight.ts';
import { isEngineOutrun } from './index-state.ts';
import { findMatches, type Matches } from './match.ts';
import { meiliBackend } from './meili-search.ts';
import { needsBuiltIn, type Reading } from './reading.ts';
import type { Searcher } from './searcher.ts';
import type { Fallback, SearchHit, SearchPage } from './types.ts';

/** The engine, where it may be asked; else why not. */
function chooseEngine(db: Db): Searcher | Fallback {
  const { DATA_DIR, SEARCH_ENGINE } = getConfig();
  const engine = SEARCH_ENGINE === 'off' ? undefined : findSearcher(DATA_DIR);
  if (!engine || isResting(engine)) return 'unavailable';
  return isEngineOutrun(db) ? 'behind' : engine;
}

const isAsking = (filter: NoticeFilter) => parseQuery(filter.q ?? '').terms.length > 0;

/** Runs a search on the engine when it can answer, within 1.2 seconds; otherwise on SQLite, at once. */
async function onBest<Answer>(
  db: Db,
  why: Fallback | undefined,
  search: (backend: Backend, fallback: Fallback | null) => Promise<Answer>,
): Promise<Answer> {
  const engine = why ?? chooseEngine(db);
  if (typeof engine === 'string') return search(ftsBackend(db), engine);
  const answer = await guarded(engine, () => inTurn(engine, () => search(meiliBackend(engine), null)));
  return answer ?? search(ftsBackend(db), 'unavailable');
}

/**
 * A page of notices that match a text and filters, best first. Without a text it is the plain list. `why` says that the
 * engine is not to be asked: it has just failed. @throws InputError when the cursor is not one of this search's.
 */
export function searchNotices(db: Db, filter: NoticeFilter, why?: Fallback): Promise<SearchPage> {
  return onBest(db, why, (backend, fallback) => searchWith(db, backend, filter, fallback));
}

/** What the engine alone cannot answer: its failure, or parts of a query that are the built-in index's to answer. */
export type Refused = { refused: Fallback | 'mixed' };

/**
 * The same, when the engine can answer all of it: then nothing long is read here.
 * @throws InputError when the cursor is not one of this search's.
 */
export async function searchOnEngine(db: Db, filter: NoticeFilter): Promise<SearchPage | Refused> {
  const engine = chooseEngine(db);
  if (typeof engine === 'string') return { refused: engine };
  if (!isAsking(filter) || needsBuiltIn(db, limitQuery(parseQuery(filter.q ?? '')).query)) return { refused: 'mixed' };
  const page = await guarded(engine, () => inTurn(engine, () => searchWith(db, meiliBackend(engine), filter)));
  return page ?? { refused: 'unavailable' };
}

/** The same search on a given backend; `fallback` says why it is not the engine. */
export async function searchWith(
  db: Db,
  backend: Backend,
  filter: NoticeFilter,
  fallback: Fallback | null = null,
): Promise<SearchPage> {
  if (!isAsking(filter)) return listAsSearch(db, backend, filter);
  const { ids, reading, ...page } = await findMatches(db, backend, filter);
  return { ...page, items: toHits(db, ids, reading), fallback };
}

/** The same page without marks and snippets, for answers that show none. */
export function searchSummaries(db: Db, filter: NoticeFilter): Promise<NoticePage & Pick<Matches, 'plan'>> {
  if (!isAsking(filter)) return listAsSearch(db, ftsBackend(db), filter);
  return onBest(db, undefined, async (backend) => {
    const { ids, total, asOf, next, facets, plan } = await findMatches(db, backend, filter);
    return { items: listSummariesById(db, ids), total, asOf, next, facets, plan };
  });
}

/** More than any index holds. */
const ALL = 1_000_000;

/** Ids of all that a search finds, in its order: the built-in index gives them at one moment, however many they are. */
export async function searchIds(db: Db, filter: NoticeFilter): Promise<string[]> {
  return (await findMatches(db, ftsBackend(db), { ...filter, cursor: undefined, limit: ALL })).ids;
}

const BODIES = defineQuery((db, p: Params<{ ids: string }>) =>
  db
    .select({ id: noticeTexts.noticeId, body: noticeTexts.body })
    .from(noticeTexts)
    .where(inArray(noticeTexts.noticeId, valuesOf(p.ids))),
);

function toHits(db: Db, ids: readonly string[], { plan, codes }: Reading): SearchHit[] {
  const marks: Marks = toMarks([...plan.terms, ...plan.words, ...plan.rewritten.map(({ to }) => to)], codes);
  const bodies = new Map(BODIES.all(db, { ids: JSON.stringify(ids) }).map(({ id, body }) => [id, body]));
  return listSummariesById(db, ids).map((summary) => ({
    ...summary,
    titleSegments: markText(summary.title, marks),
    snippetSegments: markSnippet(bodies.get(summary.id) ?? '', marks),
  }));
}

async function listAsSearch(db: Db, backend: Backend, filter: NoticeFilter): Promise<SearchPage> {
  const page = listNotices(db, { ...filter, sort: filter.sort === 'relevance' ? 'published' : filter.sort });
  const none: Marks = { terms: [], codes: [] };
  const items = page.items.map((summary) => ({
    ...summary,
    titleSegments: markText(summary.title, none),
    snippetSegments: [],
  }));
  return { ...page, items, engine: backend.name, fallback: null, behind: false, plan: null, help: [] };
}
