import { inArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeTexts } from '#db/schema/index.ts';
import { valuesOf } from '#db/sql-pieces.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { parseQuery } from '#src/domain/search/query.ts';
import type { NoticePage } from '#src/domain/site/views.ts';
import { getConfig } from '../config.ts';
import { listNotices } from '../notices/list.ts';
import { listSummariesById } from '../notices/row.ts';
import { getAsOf } from '../sources/as-of.ts';
import type { Backend } from './backend.ts';
import { guarded, isCircuitOpen, withSlot } from './circuit-breaker.ts';
import { findSearcher } from './endpoint.ts';
import { ftsBackend } from './fts-search.ts';
import { type Marks, markSnippet, markText, toMarks } from './highlight.ts';
import { isEngineOutrun } from './index-state.ts';
import type { QueryInterpretation } from './interpretation.ts';
import { findMatches, LongSearchError, type Matches } from './match.ts';
import { meiliBackend } from './meili-search.ts';
import type { Searcher } from './searcher.ts';
import type { Fallback, SearchHit, SearchPage } from './types.ts';

/** The engine, where it may be asked; else why not. */
function chooseEngine(db: Db): Searcher | Fallback {
  const { DATA_DIR, SEARCH_ENGINE } = getConfig();
  const engine = SEARCH_ENGINE === 'off' ? undefined : findSearcher(DATA_DIR);
  if (!engine || isCircuitOpen(engine)) return 'unavailable';
  return isEngineOutrun(db) ? 'behind' : engine;
}

const isAsking = (filter: NoticeFilter) => Boolean(filter.q) && parseQuery(filter.q ?? '').terms.length > 0;

/** Why a text asks for nothing: signs alone, or only what must not stand there; null where there is none, or it asks. */
function findNothingAsked({ q = '' }: NoticeFilter): SearchPage['nothingAsked'] {
  if (q.trim() === '') return null;
  const { terms, excluded } = parseQuery(q);
  if (terms.length > 0) return null;
  return excluded.length > 0 ? 'excluded' : 'symbols';
}

/** Runs a search on the engine when it can answer, within 1.2 seconds; otherwise on SQLite, at once. */
async function onBest<Answer>(
  db: Db,
  why: Fallback | undefined,
  search: (backend: Backend, fallback: Fallback | null) => Promise<Answer>,
): Promise<Answer> {
  const engine = why ?? chooseEngine(db);
  if (typeof engine === 'string') return search(ftsBackend(db), engine);
  const answer = await guarded(engine, () => withSlot(engine, () => search(meiliBackend(engine), null)));
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
  if (!isAsking(filter)) return { refused: 'mixed' };
  const search = async () => {
    const { ids, reading, ...page } = await findMatches(db, meiliBackend(engine), filter, true);
    return { ...page, items: toHits(db, ids, reading, page.plan?.loose != null), fallback: null };
  };
  try {
    return (await guarded(engine, () => withSlot(engine, search))) ?? { refused: 'unavailable' };
  } catch (error) {
    if (error instanceof LongSearchError) return { refused: 'mixed' };
    throw error;
  }
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
  return { ...page, items: toHits(db, ids, reading, page.plan?.loose != null), fallback };
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
  if (findNothingAsked(filter)) return [];
  return (await findMatches(db, ftsBackend(db), { ...filter, cursor: undefined, limit: ALL })).ids;
}

const BODIES = defineQuery((db, p: Params<{ ids: string }>) =>
  db
    .select({ id: noticeTexts.noticeId, body: noticeTexts.body })
    .from(noticeTexts)
    .where(inArray(noticeTexts.noticeId, valuesOf(p.ids))),
);

function toHits(
  db: Db,
  ids: readonly string[],
  { plan, levels, codes }: QueryInterpretation,
  isLoose: boolean,
): SearchHit[] {
  // Pieces of words are marked where hits may have them apart.
  const used = isLoose ? levels : levels.slice(0, 1);
  const texts = used.flatMap(({ slots }) => slots.flatMap((slot) => slot.texts));
  const filters = plan.conditions.map(({ typed }) => typed);
  const marks: Marks = toMarks([...new Set([...texts, ...filters])], codes);
  const bodies = new Map(BODIES.all(db, { ids: JSON.stringify(ids) }).map(({ id, body }) => [id, body]));
  return listSummariesById(db, ids).map((summary) => ({
    ...summary,
    titleSegments: markText(summary.title, marks),
    snippetSegments: markSnippet(bodies.get(summary.id) ?? '', marks),
  }));
}

/** The plain list where there is no text; nothing where the text asks for nothing. */
async function listAsSearch(db: Db, backend: Backend, filter: NoticeFilter): Promise<SearchPage> {
  const nothingAsked = findNothingAsked(filter);
  const page = nothingAsked
    ? { items: [], total: 0, asOf: getAsOf(db), next: null, facets: { category: {}, stage: {}, county: {} } }
    : listNotices(db, { ...filter, sort: filter.sort === 'relevance' ? 'published' : filter.sort });
  const none: Marks = { terms: [], codes: [] };
  const items = page.items.map((summary) => ({
    ...summary,
    titleSegments: markText(summary.title, none),
    snippetSegments: [],
  }));
  const rest = { engine: backend.name, fallback: null, behind: false, plan: null, counts: null, help: [], without: 0 };
  return { ...page, ...rest, items, nothingAsked };
}
