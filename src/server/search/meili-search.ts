import type { MultiSearchQuery } from 'meilisearch';
import type { NoticeFilter } from '#src/domain/notice-filter.ts';
import type { Facets } from '#src/domain/views.ts';
import {
  type Backend,
  DIMENSIONS,
  type Dimension,
  ENOUGH,
  type Found,
  type FoundPage,
  type PageRequest,
  type SearchContext,
  type SearchStep,
  withoutDimensions,
} from './backend.ts';
import { baseQuery, seconds, toEngineFilter } from './meili-query.ts';
import type { EngineResult, MultiSearcher } from './searcher.ts';

/** Answers steps from Meilisearch. Throws when the engine does not answer in time. */
export function meiliBackend(engine: MultiSearcher): Backend {
  const ask = async (queries: MultiSearchQuery[]): Promise<EngineResult[]> => {
    const { results } = await engine.multiSearch({ queries });
    return results as EngineResult[];
  };
  return {
    name: 'meilisearch',
    async probe(steps, context, limit) {
      const filter = toEngineFilter(context.filter, context.at, context.hidden);
      const results = await ask(steps.map((step) => ({ ...baseQuery(step, filter), page: 1, hitsPerPage: limit })));
      return results.map(({ hits, totalHits }): Found => ({ ids: hits.map(({ id }) => id), total: totalHits ?? 0 }));
    },
    async firstPages(steps, context, { exclude, limit }) {
      const queries = steps.flatMap((step) => countQueries(step, context, exclude));
      const results = await ask(queries.map((query) => ({ ...query, hitsPerPage: limit })));
      return results.map((result) => ({
        ids: result.hits.map(({ id }) => id),
        ...readCounts([result], context.filter),
      }));
    },
    async page(step, context, request) {
      const read = request.sort === 'deadline' ? pageByDeadline : askPage;
      return withBaseTotal(ask, step, context, request, await read(ask, step, context, request));
    },
  };
}

type Ask = (queries: MultiSearchQuery[]) => Promise<EngineResult[]>;

const SORTS = { relevance: [], published: ['publishedAt:desc'], amount: ['amountFen:desc'] };

/** One request: count and facets, the page, and a count for each facet whose own filter must be left out. */
async function askPage(ask: Ask, step: SearchStep, context: SearchContext, request: PageRequest): Promise<FoundPage> {
  const sort = request.sort === 'deadline' ? [] : SORTS[request.sort];
  const counts = countQueries(step, context, request.exclude);
  const main = counts[0] as MultiSearchQuery;
  const aligned = request.offset % request.limit === 0;
  const queries = aligned
    ? [{ ...main, sort, page: request.offset / request.limit + 1, hitsPerPage: request.limit }, ...counts.slice(1)]
    : [
        ...counts,
        {
          ...main,
          facets: [],
          sort,
          offset: request.offset,
          limit: request.limit,
          page: undefined,
          hitsPerPage: undefined,
        },
      ];
  const results = await ask(queries as MultiSearchQuery[]);
  const hits = (aligned ? results[0] : results.at(-1))?.hits ?? [];
  return { ids: hits.map(({ id }) => id), ...readCounts(results, context.filter) };
}

/**
 * What still closes comes first, then what closed last, then the rest: two orders, so two queries; the second begins
 * where the first ends.
 */
async function pageByDeadline(
  ask: Ask,
  step: SearchStep,
  context: SearchContext,
  request: PageRequest,
): Promise<FoundPage> {
  const counts = countQueries(step, context, request.exclude);
  const main = counts[0] as MultiSearchQuery;
  const filter = main.filter as string[];
  const open = {
    ...main,
    facets: [],
    filter: [...filter, `deadlineAt > ${seconds(context.at)}`],
    sort: ['deadlineAt:asc'],
  };
  const past = {
    ...main,
    facets: [],
    filter: [...filter, `NOT deadlineAt > ${seconds(context.at)}`],
    sort: ['deadlineAt:desc'],
  };
  const [first, ...results] = await ask([open, ...counts]);
  const openTotal = first?.totalHits ?? 0;
  const end = request.offset + request.limit;
  const window = (query: MultiSearchQuery, offset: number, limit: number) =>
    ({ ...query, page: undefined, hitsPerPage: undefined, offset, limit }) as MultiSearchQuery;
  const windows: MultiSearchQuery[] = [];
  if (request.offset < openTotal) windows.push(window(open, request.offset, Math.min(end, openTotal) - request.offset));
  if (end > openTotal) {
    const offset = Math.max(0, request.offset - openTotal);
    windows.push(window(past, offset, end - openTotal - offset));
  }
  const pages = await ask(windows);
  return { ids: pages.flatMap(({ hits }) => hits.map(({ id }) => id)), ...readCounts(results, context.filter) };
}

const activeDimensions = (filter: NoticeFilter) => DIMENSIONS.filter((key) => filter[key]);

function countQuery(
  step: SearchStep,
  { filter, at, hidden }: SearchContext,
  exclude: readonly string[],
  facets: readonly Dimension[],
): MultiSearchQuery {
  const filters = toEngineFilter(filter, at, [...exclude, ...hidden]);
  return { ...baseQuery(step, filters), facets: [...facets], page: 1, hitsPerPage: 0 };
}

/** Count with all filters, then one for each active facet without its own filter. */
function countQueries(step: SearchStep, context: SearchContext, exclude: readonly string[]): MultiSearchQuery[] {
  const { filter } = context;
  const own = activeDimensions(filter).map((key) =>
    countQuery(step, { ...context, filter: { ...filter, [key]: undefined } }, exclude, [key]),
  );
  return [countQuery(step, context, exclude, DIMENSIONS), ...own];
}

/** What `countQueries` found. As the base total stands the largest count: without one filter alone, the total without any. */
function readCounts(results: readonly EngineResult[], filter: NoticeFilter): Omit<FoundPage, 'ids'> {
  const [main, ...rest] = results;
  const facets: Facets = { category: {}, stage: {}, county: {}, ...main?.facetDistribution };
  activeDimensions(filter).forEach((key, index) => {
    Object.assign(facets, { [key]: rest[index]?.facetDistribution?.[key] ?? {} });
  });
  const totals = results.map(({ totalHits }) => totalHits ?? 0);
  return { total: totals[0] ?? 0, facets, baseTotal: Math.max(0, ...totals) };
}

/** Only of few hits under several filters it is not known whether there are enough without them. */
async function withBaseTotal(
  ask: Ask,
  step: SearchStep,
  context: SearchContext,
  { exclude }: PageRequest,
  page: FoundPage,
): Promise<FoundPage> {
  if (page.baseTotal >= ENOUGH || activeDimensions(context.filter).length < 2) return page;
  const unfiltered = { ...context, filter: withoutDimensions(context.filter) };
  const [base] = await ask([countQuery(step, unfiltered, exclude, [])]);
  return { ...page, baseTotal: base?.totalHits ?? 0 };
}
