import DataLoader from 'dataloader';
import type { MultiSearchQuery } from 'meilisearch';
import {
  type Backend,
  type Found,
  hasFacets,
  type PageRequest,
  type SearchContext,
  type SearchStep,
  withoutDimensions,
} from './backend.ts';
import { baseQuery, seconds, toEngineFilter } from './meili-query.ts';
import type { EngineResult, MultiSearcher } from './searcher.ts';
import { readTallies } from './tally-key.ts';

type Ask = (query: MultiSearchQuery) => Promise<EngineResult>;

/** Answers the steps of one search from Meilisearch. Throws when the engine does not answer in time. */
export function meiliBackend(engine: MultiSearcher): Backend {
  // Whatever is asked at the same time goes in one request, and nothing is asked twice in one search.
  const loader = new DataLoader<MultiSearchQuery, EngineResult, string>(
    async (queries) => (await engine.multiSearch({ queries: [...queries] })).results as EngineResult[],
    { cacheKeyFn: (query) => JSON.stringify(query) },
  );
  const ask: Ask = (query) => loader.load(query);
  return {
    name: 'meilisearch',
    find: (steps, context, request) => Promise.all(steps.map((step) => findPage(ask, step, context, request))),
    countPhrases: (phrases) =>
      Promise.all(
        phrases.map(async (phrase) => {
          const query = baseQuery({ scope: 'all', slots: [[[phrase]]], excluded: [] }, []);
          return (await ask({ ...query, page: 1, hitsPerPage: 0 })).totalHits ?? 0;
        }),
      ),
  };
}

const SORTS = {
  relevance: [],
  published: ['publishedAt:desc'],
  arrived: ['arrivedAt:desc'],
  amount: ['amountFen:desc'],
};

const toIds = ({ hits }: EngineResult) => hits.map(({ id }) => id);
const toTallies = ({ facetDistribution }: EngineResult) => readTallies(facetDistribution?.tallyKey);

/** Page and counts: one query where the filter is the same for both, else one for each. */
async function findPage(ask: Ask, step: SearchStep, context: SearchContext, request: PageRequest): Promise<Found> {
  const { sort, offset, limit, exclude } = request;
  const counts = countQuery(step, context, exclude);
  if (limit > 0 && offset % limit === 0 && sort !== 'deadline' && !hasFacets(context.filter)) {
    const found = await ask({ ...counts, sort: SORTS[sort], page: offset / limit + 1, hitsPerPage: limit });
    return { ids: toIds(found), tallies: toTallies(found) };
  }
  const [found, ids] = await Promise.all([ask(counts), limit > 0 ? listIds(ask, step, context, request) : []]);
  return { ids, tallies: toTallies(found) };
}

function countQuery(step: SearchStep, context: SearchContext, exclude: readonly string[]): MultiSearchQuery {
  const filters = toEngineFilter(withoutDimensions(context.filter), context, [...exclude, ...context.hidden]);
  return { ...baseQuery(step, filters), facets: ['tallyKey'], page: 1, hitsPerPage: 0 };
}

async function listIds(ask: Ask, step: SearchStep, context: SearchContext, request: PageRequest): Promise<string[]> {
  const { filter, at, hidden } = context;
  const filters = toEngineFilter(filter, context, [...request.exclude, ...hidden]);
  const query = baseQuery(step, filters);
  if (request.sort === 'deadline') return listByDeadline(ask, query, filters, at, request);
  const { offset, limit } = request;
  return toIds(await ask({ ...query, sort: SORTS[request.sort], offset, limit }));
}

/**
 * What still closes comes first, then what closed last, then the rest: two orders, so two queries; the second begins
 * where the first ends.
 */
async function listByDeadline(
  ask: Ask,
  query: MultiSearchQuery,
  filters: readonly (string | string[])[],
  at: string,
  { offset, limit }: PageRequest,
): Promise<string[]> {
  const open = { ...query, filter: [...filters, `deadlineAt > ${seconds(at)}`], sort: ['deadlineAt:asc'] };
  const past = { ...query, filter: [...filters, `NOT deadlineAt > ${seconds(at)}`], sort: ['deadlineAt:desc'] };
  const openTotal = (await ask({ ...open, page: 1, hitsPerPage: 0 })).totalHits ?? 0;
  const end = offset + limit;
  const windows: Promise<EngineResult>[] = [];
  if (offset < openTotal) windows.push(ask({ ...open, offset, limit: Math.min(end, openTotal) - offset }));
  if (end > openTotal) {
    const start = Math.max(0, offset - openTotal);
    windows.push(ask({ ...past, offset: start, limit: end - openTotal - start }));
  }
  return (await Promise.all(windows)).flatMap(toIds);
}
