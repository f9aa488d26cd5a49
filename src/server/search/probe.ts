import type { Db } from '#db/client.ts';
import {
  type Backend,
  ENOUGH,
  type Found,
  type FoundPage,
  hasFacets,
  type PageRequest,
  type SearchContext,
  type SearchStep,
  withoutDimensions,
} from './backend.ts';

export interface Resolver {
  /** Who answers a step: exclusions and codes always come from SQLite. */
  backendOf: (step: SearchStep) => Backend;
  db: Db;
}

/** Which hits lead, and which step follows them. */
export interface Split {
  lead: string[];
  tail: SearchStep | undefined;
  /** Steps that were not needed. */
  looser: readonly SearchStep[];
}

/** Total and first ids of each step under the context's filter; what is known already is not asked for. */
export async function probeAll(
  { backendOf }: Resolver,
  steps: readonly SearchStep[],
  context: SearchContext,
  limit: number,
  known: ReadonlyMap<SearchStep, Found> = new Map(),
): Promise<Found[]> {
  const found = new Map(known);
  const groups = Map.groupBy(
    steps.filter((step) => !found.has(step)),
    backendOf,
  );
  for (const [backend, own] of groups) {
    const answers = await backend.probe(own, context, limit);
    own.forEach((step, index) => {
      const answer = answers[index];
      if (answer) found.set(step, answer);
    });
  }
  return steps.map((step) => found.get(step) ?? { ids: [], total: 0 });
}

/** The first page of each step, each asked of whoever answers it. */
export async function firstPages(
  { backendOf }: Resolver,
  steps: readonly SearchStep[],
  context: SearchContext,
  request: Pick<PageRequest, 'exclude' | 'limit'>,
): Promise<FoundPage[]> {
  const found = new Map<SearchStep, FoundPage>();
  for (const [backend, own] of Map.groupBy(steps, backendOf)) {
    const pages = await backend.firstPages(own, context, request);
    for (const [index, page] of pages.entries()) found.set(own[index] as SearchStep, page);
  }
  return steps.map((step) => found.get(step) as FoundPage);
}

/** Asks all steps, without the filters that have facets, which hits lead and which step follows them. */
export async function splitSteps(
  resolver: Resolver,
  steps: readonly SearchStep[],
  context: SearchContext,
  known: ReadonlyMap<SearchStep, Found>,
): Promise<Split> {
  const found = await probeAll(resolver, steps, withoutFacets(context), ENOUGH, known);
  const lead = new Set<string>();
  for (const [index, { ids, total }] of found.entries()) {
    const looser = steps.slice(index + 1);
    if (total >= ENOUGH) return { lead: [...lead], tail: steps[index], looser };
    for (const id of ids) lead.add(id);
    if (lead.size >= ENOUGH) return { lead: [...lead], tail: undefined, looser };
  }
  return { lead: [...lead], tail: undefined, looser: [] };
}

const withoutFacets = (context: SearchContext): SearchContext => ({
  ...context,
  filter: withoutDimensions(context.filter),
});

/** Does a page show all hits of its step, with no filter that has facets? */
export function isWhole({ total }: FoundPage, { filter }: SearchContext, request: PageRequest): boolean {
  return (
    request.offset === 0 &&
    request.limit >= Math.max(ENOUGH, total) &&
    request.sort === 'relevance' &&
    !hasFacets(filter)
  );
}

/** What a page with fewer hits than are enough tells of its step's probe. */
export function toKnown(step: SearchStep, { baseTotal }: FoundPage): ReadonlyMap<SearchStep, Found> {
  return new Map(baseTotal === 0 ? [[step, { ids: [], total: 0 }]] : []);
}
