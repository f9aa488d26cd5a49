import { sumTallies, type Tally } from '../notices/tally.ts';
import {
  DIMENSIONS,
  ENOUGH,
  type Found,
  hasFacets,
  type PageRequest,
  type SearchContext,
  type SearchStep,
} from './backend.ts';
import { compareRows, type LeadRow, readLead } from './lead.ts';
import { findAll, isWhole, type Resolver, type Split, splitSteps } from './probe.ts';

export interface Resolved extends Found {
  total: number;
  /** The step that the last hits come from: how loosely the query was read. */
  step: SearchStep | undefined;
}

const toResolved = (found: Found, step: SearchStep | undefined, { filter }: SearchContext): Resolved => ({
  ...found,
  total: sumTallies(found.tallies, filter),
  step,
});

/** What one step finds. */
async function findPage(
  { backendOf }: Resolver,
  step: SearchStep,
  context: SearchContext,
  request: PageRequest,
): Promise<Found> {
  const [found] = await backendOf(step).find([step], context, request);
  return found ?? { ids: [], tallies: [] };
}

/**
 * The window of a result whose leading hits must stand among the others by value: the others are read from far enough
 * before the window that every leading hit finds its place.
 */
async function mergedPage(
  resolver: Resolver,
  { lead, tail }: { lead: LeadRow[]; tail: SearchStep },
  context: SearchContext,
  request: PageRequest,
): Promise<Found> {
  const before = Math.max(0, request.offset - lead.length);
  const page = await findPage(resolver, tail, context, {
    ...request,
    offset: before,
    limit: request.offset + request.limit - before,
  });
  const order = (a: LeadRow, b: LeadRow) => compareRows(a, b, request.sort, context.at);
  const others = readLead(resolver.db, page.ids);
  const first = others[0];
  const earlier = before > 0 && first ? lead.filter((row) => order(row, first) < 0) : [];
  const merged = [...others, ...lead.filter((row) => !earlier.includes(row))].sort(order);
  const skip = request.offset - before - earlier.length;
  return { ...page, ids: merged.slice(skip, skip + request.limit).map(({ id }) => id) };
}

/** The page of leading hits and of those that follow. `asked` is the page of the tail without them, when it is known. */
async function fetchSplit(
  resolver: Resolver,
  parts: Split,
  context: SearchContext,
  request: PageRequest,
  asked?: Found,
): Promise<Resolved> {
  const rows = readLead(resolver.db, parts.lead);
  const lead = rows.filter((row) => isChosen(row, context));
  if (request.sort !== 'relevance') lead.sort((a, b) => compareRows(a, b, request.sort, context.at));
  const { tail } = parts;
  const inOrder = request.sort === 'relevance' || lead.length === 0 || !tail;
  const own = inOrder ? lead.slice(request.offset, request.offset + request.limit).map(({ id }) => id) : [];
  if (!tail) return toResolved({ ids: own, tallies: rows }, undefined, context);
  const exclude = rows.map(({ id }) => id);
  const window = {
    ...request,
    exclude,
    offset: Math.max(0, request.offset - lead.length),
    limit: Math.max(1, request.limit - own.length),
  };
  const page = inOrder
    ? (asked ?? (await findPage(resolver, tail, context, window)))
    : await mergedPage(resolver, { lead, tail }, context, { ...request, exclude });
  const ids = [...own, ...page.ids].slice(0, request.limit);
  return toResolved({ ids, tallies: [...rows, ...page.tallies] }, tail, context);
}

/** Has it the category, stage and county that are chosen? */
function isChosen(tally: Tally, { filter }: SearchContext): boolean {
  return DIMENSIONS.every((key) => !filter[key] || tally[key] === filter[key]);
}

/**
 * Answers the steps of a query. How loosely it is read depends on the text and the filters without facets only, so
 * the count at a facet is the total one gets by choosing it. Where the chosen facets leave nothing, looser steps
 * are tried; then only the chosen values are counted.
 */
export async function resolveSteps(
  resolver: Resolver,
  steps: readonly SearchStep[],
  context: SearchContext,
  request: PageRequest,
): Promise<Resolved> {
  const [first, ...looser] = steps;
  if (!first) return toResolved({ ids: [], tallies: [] }, undefined, context);
  const answer = toResolved(await findPage(resolver, first, context, request), first, context);
  if (sumTallies(answer.tallies, {}) >= ENOUGH || looser.length === 0)
    return orLooser(resolver, answer, looser, context, request);
  if (isWhole(answer.total, context, request)) return followLead(resolver, answer.ids, looser, context, request);
  return resolveAtOnce(resolver, steps, context, request);
}

/** The same answer, by asking all steps at once: for a query whose strictest reading hardly has hits. */
export async function resolveAtOnce(
  resolver: Resolver,
  steps: readonly SearchStep[],
  context: SearchContext,
  request: PageRequest,
): Promise<Resolved> {
  const parts = await splitSteps(resolver, steps, context);
  return orLooser(resolver, await fetchSplit(resolver, parts, context, request), parts.looser, context, request);
}

/** The answer; where the chosen facets leave nothing of it, that of the first looser step which has hits under all filters. */
async function orLooser(
  resolver: Resolver,
  answer: Resolved,
  looser: readonly SearchStep[],
  context: SearchContext,
  request: PageRequest,
): Promise<Resolved> {
  if (answer.total > 0 || !hasFacets(context.filter)) return answer;
  const found = await findAll(resolver, looser, context, request);
  const index = found.findIndex(({ tallies }) => sumTallies(tallies, context.filter) > 0);
  const first = found[index];
  if (!first) return answer;
  const chosen = { ...first, tallies: first.tallies.filter((tally) => isChosen(tally, context)) };
  return toResolved(chosen, looser[index], context);
}

/**
 * The first page when the strictest reading has few hits and all of them are known: they lead. What the looser readings
 * have besides is asked for at once, and the first that makes it enough follows; the looser holds what the stricter does.
 */
async function followLead(
  resolver: Resolver,
  first: readonly string[],
  looser: readonly SearchStep[],
  context: SearchContext,
  request: PageRequest,
): Promise<Resolved> {
  const pages = await findAll(resolver, looser, context, { ...request, exclude: first });
  const lead = new Set(first);
  for (const [index, page] of pages.entries()) {
    if (first.length + sumTallies(page.tallies, context.filter) >= ENOUGH) {
      const asked = lead.size === first.length ? page : undefined;
      return fetchSplit(resolver, { lead: [...lead], tail: looser[index], looser: [] }, context, request, asked);
    }
    for (const id of page.ids) lead.add(id);
  }
  return fetchSplit(resolver, { lead: [...lead], tail: undefined, looser: [] }, context, request);
}
