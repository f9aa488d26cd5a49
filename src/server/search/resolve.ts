import type { Db } from '#db/client.ts';
import type { Facets } from '#src/domain/views.ts';
import type { Tally } from '../notices/tally.ts';
import { sumTallies, toFacets } from '../notices/tally.ts';
import { listRows } from '../statements.ts';
import {
  type Backend,
  DIMENSIONS,
  type FoundPage,
  type PageRequest,
  type SearchContext,
  type SearchStep,
} from './backend.ts';

/** A step with this many hits answers alone; fewer lead, and the next step follows without them. */
const ENOUGH = 10;

export interface Resolved {
  ids: string[];
  total: number;
  facets: Facets;
  /** The step that the last hits come from: how loosely the query was read. */
  step: SearchStep | undefined;
}

/** Which hits lead, and which step follows them. */
interface Split {
  lead: string[];
  tail: SearchStep | undefined;
  /** Steps that were not needed. */
  looser: readonly SearchStep[];
}

export interface Resolver {
  /** Who answers a step: exclusions and codes always come from SQLite. */
  backendOf: (step: SearchStep) => Backend;
  db: Db;
}

async function probeAll({ backendOf }: Resolver, steps: readonly SearchStep[], context: SearchContext) {
  const groups = new Map<Backend, SearchStep[]>();
  for (const step of steps) groups.set(backendOf(step), [...(groups.get(backendOf(step)) ?? []), step]);
  const found = new Map<SearchStep, { ids: string[]; total: number }>();
  for (const [backend, own] of groups) {
    const answers = await backend.probe(own, context, ENOUGH);
    own.forEach((step, index) => {
      const answer = answers[index];
      if (answer) found.set(step, answer);
    });
  }
  return steps.map((step) => found.get(step) ?? { ids: [], total: 0 });
}

async function split(resolver: Resolver, steps: readonly SearchStep[], context: SearchContext): Promise<Split> {
  const found = await probeAll(resolver, steps, context);
  const lead = new Set<string>();
  for (const [index, { ids, total }] of found.entries()) {
    const looser = steps.slice(index + 1);
    if (total >= ENOUGH) return { lead: [...lead], tail: steps[index], looser };
    for (const id of ids) lead.add(id);
    if (lead.size >= ENOUGH) return { lead: [...lead], tail: undefined, looser };
  }
  return { lead: [...lead], tail: undefined, looser: [] };
}

interface LeadRow extends Tally {
  id: string;
  published_at: string;
  deadline_at: string | null;
  amount_fen: number | null;
}

/** The leading hits as rows, in their order; ids that are no longer public are left out. */
function readLead(db: Db, ids: readonly string[]): LeadRow[] {
  if (ids.length === 0) return [];
  const rows = listRows<LeadRow>(
    db,
    `SELECT id, category, stage, county, 1 AS total, published_at, deadline_at, amount_fen FROM published_notices
     WHERE id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
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

/** Order of two rows as lists have it: see the sorts of `notices/order.ts`. */
function compareRows(a: LeadRow, b: LeadRow, sort: PageRequest['sort'], at: string): number {
  const group = ({ deadline_at }: LeadRow) => (deadline_at === null ? 2 : deadline_at > at ? 0 : 1);
  const newest = b.published_at.localeCompare(a.published_at);
  if (sort === 'amount') return (b.amount_fen ?? -1) - (a.amount_fen ?? -1) || newest;
  if (sort !== 'deadline') return newest;
  const closing = (a.deadline_at ?? '').localeCompare(b.deadline_at ?? '');
  return group(a) - group(b) || (group(a) === 0 ? closing : -closing) || newest;
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

async function fetchSplit(
  resolver: Resolver,
  parts: Split,
  context: SearchContext,
  request: PageRequest,
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
    return { ids, total, facets, step: undefined };
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
    ? await resolver.backendOf(tail).page(tail, context, window)
    : await mergedPage(resolver, { lead, tail }, context, { ...request, exclude });
  const ids = [...own, ...page.ids].slice(0, request.limit);
  return { ids, total: total + page.total, facets: addFacets(facets, page.facets), step: tail };
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
  if (!first) return { ids: [], total: 0, facets: { category: {}, stage: {}, county: {} }, step: undefined };
  const quick = await resolver.backendOf(first).page(first, context, request);
  let parts: Split = { lead: [], tail: first, looser: steps.slice(1) };
  let answer: Resolved = { ...quick, step: first };
  if (quick.baseTotal < ENOUGH && steps.length > 1) {
    parts = await split(resolver, steps, context);
    answer = await fetchSplit(resolver, parts, context, request);
  }
  for (const step of answer.total > 0 || !DIMENSIONS.some((key) => context.filter[key]) ? [] : parts.looser) {
    const page = await resolver.backendOf(step).page(step, context, request);
    if (page.total > 0) return { ...page, facets: chosenOnly(page, context), step };
  }
  return answer;
}

function chosenOnly({ total }: FoundPage, { filter }: SearchContext): Facets {
  const only = (value: string | undefined) => (value ? { [value]: total } : {});
  return { category: only(filter.category), stage: only(filter.stage), county: only(filter.county) };
}
