import type { Facets } from '#src/domain/views.ts';
import { sumTallies, toFacets } from '../notices/tally.ts';
import {
  DIMENSIONS,
  ENOUGH,
  type FoundPage,
  hasFacets,
  type PageRequest,
  type SearchContext,
  type SearchStep,
} from './backend.ts';
import { compareRows, type LeadRow, readLead } from './lead.ts';
import { firstPages, isWhole, probeAll, type Resolver, type Split, splitSteps, toKnown } from './probe.ts';

export interface Resolved {
  ids: string[];
  total: number;
  facets: Facets;
  /** The step that the last hits come from: how loosely the query was read. */
  step: SearchStep | undefined;
  /** No reading has a hit, whatever category, stage and county are chosen. */
  isNowhere: boolean;
}

function addFacets(a: Facets, b: Facets): Facets {
  const sum: Record<string, Record<string, number>> = {};
  for (const key of DIMENSIONS) {
    const counts: Record<string, number> = { ...a[key] };
    for (const [value, count] of Object.entries(b[key])) counts[value] = (counts[value] ?? 0) + count;
    sum[key] = counts;
  }
  return sum as unknown as Facets;
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
): Promise<FoundPage> {
  const before = Math.max(0, request.offset - lead.length);
  const page = await resolver.backendOf(tail).page(tail, context, {
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
  asked?: FoundPage,
): Promise<Resolved> {
  const rows = readLead(resolver.db, parts.lead);
  const lead = rows.filter((row) =>
    DIMENSIONS.every((key) => !context.filter[key] || row[key] === context.filter[key]),
  );
  const facets = toFacets(rows, context.filter);
  const total = sumTallies(rows, context.filter);
  if (request.sort !== 'relevance') lead.sort((a, b) => compareRows(a, b, request.sort, context.at));
  const { tail } = parts;
  if (!tail) {
    const ids = lead.slice(request.offset, request.offset + request.limit).map(({ id }) => id);
    return { ids, total, facets, step: undefined, isNowhere: rows.length === 0 };
  }
  const exclude = rows.map(({ id }) => id);
  const inOrder = request.sort === 'relevance' || lead.length === 0;
  const own = inOrder ? lead.slice(request.offset, request.offset + request.limit).map(({ id }) => id) : [];
  const window = {
    ...request,
    exclude,
    offset: Math.max(0, request.offset - lead.length),
    limit: Math.max(1, request.limit - own.length),
  };
  const page = inOrder
    ? (asked ?? (await resolver.backendOf(tail).page(tail, context, window)))
    : await mergedPage(resolver, { lead, tail }, context, { ...request, exclude });
  const ids = [...own, ...page.ids].slice(0, request.limit);
  return { ids, total: total + page.total, facets: addFacets(facets, page.facets), step: tail, isNowhere: false };
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
  const [first] = steps;
  if (!first)
    return { ids: [], total: 0, facets: { category: {}, stage: {}, county: {} }, step: undefined, isNowhere: true };
  const quick = await resolver.backendOf(first).page(first, context, request);
  let parts: Split = { lead: [], tail: first, looser: steps.slice(1) };
  let answer: Resolved = { ...quick, step: first, isNowhere: quick.baseTotal === 0 };
  if (quick.baseTotal < ENOUGH && steps.length > 1 && isWhole(quick, context, request))
    return followLead(resolver, quick.ids, steps.slice(1), context, request);
  if (quick.baseTotal < ENOUGH && steps.length > 1) {
    parts = await splitSteps(resolver, steps, context, toKnown(first, quick));
    answer = await fetchSplit(resolver, parts, context, request);
  }
  if (answer.total > 0 || !hasFacets(context.filter)) return answer;
  return (await findLooser(resolver, parts.looser, context, request)) ?? answer;
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
  const pages = await firstPages(resolver, looser, context, { exclude: first, limit: request.limit });
  const lead = new Set(first);
  for (const [index, page] of pages.entries()) {
    if (first.length + page.total >= ENOUGH) {
      const asked = lead.size === first.length ? page : undefined;
      return fetchSplit(resolver, { lead: [...lead], tail: looser[index], looser: [] }, context, request, asked);
    }
    for (const id of page.ids) lead.add(id);
  }
  return fetchSplit(resolver, { lead: [...lead], tail: undefined, looser: [] }, context, request);
}

/** The page of the first of the steps that has hits under all filters. */
async function findLooser(
  resolver: Resolver,
  steps: readonly SearchStep[],
  context: SearchContext,
  request: PageRequest,
): Promise<Resolved | undefined> {
  const found = await probeAll(resolver, steps, context, 0);
  const step = steps[found.findIndex(({ total }) => total > 0)];
  if (!step) return undefined;
  const page = await resolver.backendOf(step).page(step, context, request);
  return { ...page, facets: chosenOnly(page, context), step, isNowhere: false };
}

function chosenOnly({ total }: FoundPage, { filter }: SearchContext): Facets {
  const only = (value: string | undefined) => (value ? { [value]: total } : {});
  return { category: only(filter.category), stage: only(filter.stage), county: only(filter.county) };
}
