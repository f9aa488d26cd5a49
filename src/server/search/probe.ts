import type { Db } from '#db/client.ts';
import { sumTallies } from '../notices/tally.ts';
import {
  type Backend,
  ENOUGH,
  type Found,
  hasFacets,
  type PageRequest,
  type SearchContext,
  type SearchStep,
  withoutDimensions,
} from './backend.ts';

export interface Resolver {
  /** The backend of the search. */
  backend: Backend;
  /** Who answers a step: exclusions, codes and very many words always come from SQLite. */
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

/** The same page of each step, each asked of whoever answers it. */
export async function findAll(
  { backendOf }: Resolver,
  steps: readonly SearchStep[],
  context: SearchContext,
  request: PageRequest,
): Promise<Found[]> {
  const found = new Map<SearchStep, Found>();
  const ask = async ([backend, own]: [Backend, SearchStep[]]) => {
    const answers = await backend.find(own, context, request);
    for (const [index, answer] of answers.entries()) found.set(own[index] as SearchStep, answer);
  };
  await Promise.all([...Map.groupBy(steps, backendOf)].map(ask));
  return steps.map((step) => found.get(step) as Found);
}

/** The first ids by relevance; none: only the counts. */
export const firstOnes = (limit: number): PageRequest => ({ sort: 'relevance', exclude: [], offset: 0, limit });

/** Has any of the steps a hit under all filters? Whatever stands in a head stands in the whole, so only those are asked. */
export async function hasHit(
  resolver: Resolver,
  steps: readonly SearchStep[],
  context: SearchContext,
): Promise<boolean> {
  const whole = steps.filter(({ scope }) => scope === 'all');
  const found = await findAll(resolver, whole, context, firstOnes(0));
  return found.some(({ tallies }) => sumTallies(tallies, context.filter) > 0);
}

/** Asks all steps, without the filters that have facets, which hits lead and which step follows them. */
export async function splitSteps(
  resolver: Resolver,
  steps: readonly SearchStep[],
  context: SearchContext,
): Promise<Split> {
  const unfiltered = { ...context, filter: withoutDimensions(context.filter) };
  const found = await findAll(resolver, steps, unfiltered, firstOnes(ENOUGH));
  const lead = new Set<string>();
  for (const [index, { ids, tallies }] of found.entries()) {
    const looser = steps.slice(index + 1);
    if (sumTallies(tallies, {}) >= ENOUGH) return { lead: [...lead], tail: steps[index], looser };
    for (const id of ids) lead.add(id);
    if (lead.size >= ENOUGH) return { lead: [...lead], tail: undefined, looser };
  }
  return { lead: [...lead], tail: undefined, looser: [] };
}

/** Does a page with so many hits show all hits of its step, with no filter that has facets? */
export function isWhole(total: number, { filter }: SearchContext, request: PageRequest): boolean {
  return (
    request.offset === 0 &&
    request.limit >= Math.max(ENOUGH, total) &&
    request.sort === 'relevance' &&
    !hasFacets(filter)
  );
}
