import type { MultiSearchQuery } from 'meilisearch';
import type { NoticeFilter } from '#src/domain/notice-filter.ts';
import type { Phrase } from '#src/domain/search/text.ts';
import { addDays, startOfDay } from '#src/domain/time.ts';
import type { Facets } from '#src/domain/views.ts';
import {
  type Backend,
  DIMENSIONS,
  type Dimension,
  type Found,
  type FoundPage,
  type PageRequest,
  type SearchContext,
  type SearchStep,
  withoutDimensions,
} from './backend.ts';
import type { EngineResult, MultiSearcher } from './searcher.ts';
import { INDEX_UID } from './settings.ts';

const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);

/** A filter value as a quoted literal: nothing a person typed can end it. */
export function quoteValue(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** Engine filters for a notice filter, all of which must hold. */
export function toEngineFilter(filter: NoticeFilter, at: string, exclude: readonly string[]): string[] {
  const parts: string[] = [];
  for (const key of DIMENSIONS) if (filter[key]) parts.push(`${key} = ${quoteValue(filter[key])}`);
  if (filter.buyer) parts.push(`buyer = ${quoteValue(filter.buyer)}`);
  if (filter.supplier) parts.push(`suppliers = ${quoteValue(filter.supplier)}`);
  if (filter.from) parts.push(`publishedAt >= ${seconds(startOfDay(filter.from))}`);
  if (filter.to) parts.push(`publishedAt < ${seconds(addDays(startOfDay(filter.to), 1))}`);
  if (filter.min !== undefined) parts.push(`amountFen >= ${filter.min}`);
  if (filter.max !== undefined) parts.push(`amountFen <= ${filter.max}`);
  if (filter.status) parts.push(`deadlineAt ${filter.status === 'open' ? '>' : '<='} ${seconds(at)}`);
  if (exclude.length > 0) parts.push(`id NOT IN [${exclude.map(quoteValue).join(', ')}]`);
  return parts;
}

/** Phrases of a step as query text: quoted; the one that ends in the beginning of a word comes last, that word unquoted. */
export function toQueryText(phrases: readonly Phrase[]): string {
  const whole = phrases.filter(({ prefix }) => !prefix).map(({ words }) => `"${words.join(' ')}"`);
  const open = phrases
    .filter(({ prefix }) => prefix)
    .flatMap(({ words }) => [...(words.length > 1 ? [`"${words.slice(0, -1).join(' ')}"`] : []), words.at(-1) ?? '']);
  return [...whole, ...open].join(' ');
}

const HEAD = ['title', 'parties', 'place'];

function baseQuery(step: SearchStep, filter: string[]): MultiSearchQuery {
  return {
    indexUid: INDEX_UID,
    q: toQueryText(step.phrases),
    ...(step.scope === 'head' ? { attributesToSearchOn: HEAD } : {}),
    matchingStrategy: 'all',
    attributesToRetrieve: ['id'],
    filter,
  };
}

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
    page: (step, context, request) =>
      request.sort === 'deadline' ? pageByDeadline(ask, step, context, request) : askPage(ask, step, context, request),
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

/** Count with all filters, then one for each active facet without its own filter, then one without all of them. */
function countQueries(step: SearchStep, context: SearchContext, exclude: readonly string[]): MultiSearchQuery[] {
  const { filter, at, hidden } = context;
  const query = (narrowed: NoticeFilter, facets: readonly Dimension[]): MultiSearchQuery => ({
    ...baseQuery(step, toEngineFilter(narrowed, at, [...exclude, ...hidden])),
    facets: [...facets],
    page: 1,
    hitsPerPage: 0,
  });
  const active = activeDimensions(filter);
  const own = active.map((key) => query({ ...filter, [key]: undefined }, [key]));
  const base = active.length > 1 ? [query(withoutDimensions(filter), [])] : [];
  return [query(filter, DIMENSIONS), ...own, ...base];
}

function readCounts(results: readonly EngineResult[], filter: NoticeFilter): Omit<FoundPage, 'ids'> {
  const [main, ...rest] = results;
  const active = activeDimensions(filter);
  const facets: Facets = { category: {}, stage: {}, county: {}, ...main?.facetDistribution };
  active.forEach((key, index) => {
    Object.assign(facets, { [key]: rest[index]?.facetDistribution?.[key] ?? {} });
  });
  const total = main?.totalHits ?? 0;
  const base = active.length === 0 ? main : active.length === 1 ? rest[0] : rest[active.length];
  return { total, facets, baseTotal: base?.totalHits ?? 0 };
}
