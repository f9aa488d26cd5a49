import type { Db } from '#db/client.ts';
import { type Level, type QueryPlan, SCOPES, type Scope, stepsOf } from '#src/domain/search/plan.ts';
import { type RankedQuery, rank } from '#src/domain/search/rank.ts';
import { sumTallies, type Tally } from '../notices/tally.ts';
import {
  type Backend,
  DIMENSIONS,
  ENOUGH,
  type Found,
  type PageRequest,
  type SearchContext,
  type SearchStep,
  WINDOW,
  withoutDimensions,
} from './backend.ts';
import { compareRows, type HitRow, readRows } from './rows.ts';

export interface Resolver {
  db: Db;
  /** The backend of the search. */
  backend: Backend;
  /** Who answers a step: choices, exclusions, codes and very many words always come from SQLite. */
  backendOf: (step: SearchStep) => Backend;
  /** The built-in index, which gives pages of any depth. */
  builtIn: Backend;
}

/** A reading: its levels, and the codes that each asks for besides. */
export interface Reading {
  plan: Pick<QueryPlan, 'excluded' | 'boost' | 'terms' | 'optional'>;
  levels: readonly Level[];
  codes: readonly string[];
  /** How much each word tells: see `rank`. */
  weights: ReadonlyMap<string, number>;
}

export interface Resolved {
  ids: string[];
  tallies: readonly Tally[];
  total: number;
  /** Where the hits stand that are counted: narrower than `all` when the order is not by relevance. */
  scope: Scope;
  /** Hits of all levels used, by scope, under all filters. */
  counts: Record<Scope, number>;
  /** The level that the last hits come from, and how many the stricter ones before it found. */
  level: Level | undefined;
  strict: number;
}

/** The same page of each step, each asked of whoever answers it. */
export async function findAll(
  { backendOf }: Pick<Resolver, 'backendOf'>,
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

/** Only the counts. */
export const COUNTS: PageRequest = { sort: 'relevance', exclude: [], offset: 0, limit: 0 };

/** Has it the category, stage and county that are chosen? */
function isChosen(tally: Tally, { filter }: SearchContext): boolean {
  return DIMENSIONS.every((key) => !filter[key] || tally[key] === filter[key]);
}

/** The steps of a level: one for each scope; of a code alone one, which asks for no words. */
export function levelSteps({ plan, codes }: Reading, level: Level): SearchStep[] {
  const steps = stepsOf(level, plan.excluded);
  return codes.length > 0 ? steps.map((step) => ({ ...step, codes })) : steps;
}

/** Hits of stricter levels than the one that answers. */
interface Lead {
  ids: string[];
  scopeOf: Map<string, Scope>;
  /** Those that have the words in the body alone: by relevance they stand before other bodies, not before titles. */
  bodies: string[];
}

const sumOf = ({ tallies }: Found, context: SearchContext) => sumTallies(tallies, context.filter);

/**
 * Answers the levels of a reading. How loosely it is read depends on the text and the filters without facets only, so the count at a
 * facet is the total one gets by choosing it: levels with fewer than ten hits lead, and the next follows without them. By relevance
 * everything that holds the words is the answer; in other orders what has them in title and subject, unless `scope` says all.
 */
export async function resolveReading(
  resolver: Resolver,
  reading: Reading,
  context: SearchContext,
  request: PageRequest,
): Promise<Resolved> {
  const unfiltered = { ...context, filter: withoutDimensions(context.filter) };
  const lead: Lead = { ids: [], scopeOf: new Map(), bodies: [] };
  for (const [index, level] of reading.levels.entries()) {
    const steps = levelSteps(reading, level);
    const asked = { ...COUNTS, exclude: lead.ids };
    const isLast = index === reading.levels.length - 1;
    const found = await findAll(resolver, steps, context, firstOf(request, asked));
    const next = reading.levels[index + 1];
    // Words that only say which part or stage are left out as soon as few titles and names have them; others when nothing else holds them.
    const decisive = next && next.without.length > level.without.length ? 'head' : 'all';
    const held = sumTallies(found[SCOPES.indexOf(decisive)]?.tallies ?? [], {}) + lead.ids.length;
    if (held >= ENOUGH || isLast) {
      const strict = index === 0 ? 0 : await countStrict(resolver, reading, context);
      return answerLevel({ resolver, reading, context, request }, level, steps, found, lead, strict);
    }
    await takeLead(resolver, reading, level, unfiltered, lead, request.sort === 'relevance' ? 'head' : decisive);
    if (decisive === 'all' && request.sort === 'relevance')
      lead.bodies = await listBodies(resolver, reading, level, unfiltered, lead.ids);
  }
  return toResolved([], [], context, {
    scope: 'all',
    counts: { subject: 0, head: 0, all: 0 },
    level: undefined,
    strict: 0,
  });
}

/** How many hits the strictest level has under all filters. */
async function countStrict(resolver: Resolver, reading: Reading, context: SearchContext): Promise<number> {
  const [level] = reading.levels;
  const step = level && levelSteps(reading, level).at(-1);
  const [found] = step ? await findAll(resolver, [step], context, COUNTS) : [];
  return found ? sumOf(found, context) : 0;
}

/** What is asked with the counts: the first hits by relevance; nothing where the order decides the page. */
const firstOf = (request: PageRequest, counts: PageRequest): PageRequest =>
  request.sort === 'relevance' && request.limit > 0 ? { ...counts, limit: 2 * WINDOW } : counts;

/** Adds all hits of a level that has few within a scope, those in the narrowest scope first. */
async function takeLead(
  resolver: Resolver,
  reading: Reading,
  level: Level,
  context: SearchContext,
  lead: Lead,
  within: Scope,
): Promise<void> {
  const steps = levelSteps(reading, level).slice(0, SCOPES.indexOf(within) + 1);
  const found = await findAll(resolver, steps, context, { ...COUNTS, exclude: lead.ids, limit: ENOUGH });
  const fresh: string[] = [];
  for (const [index, { ids }] of found.entries()) {
    for (const id of ids) {
      if (lead.scopeOf.has(id)) continue;
      lead.scopeOf.set(id, SCOPES[index] ?? 'all');
      fresh.push(id);
    }
  }
  lead.ids.push(...rank(readRows(resolver.db, fresh), toRanked(reading, level)).map(({ id }) => id));
}

/** The few bodies that have all words as typed. */
async function listBodies(
  resolver: Resolver,
  reading: Reading,
  level: Level,
  context: SearchContext,
  exclude: readonly string[],
): Promise<string[]> {
  const steps = levelSteps(reading, level).slice(-1);
  const [found] = await findAll(resolver, steps, context, { ...COUNTS, exclude, limit: ENOUGH });
  return found?.ids ?? [];
}

const toRanked = ({ plan, weights }: Reading, level: Level): RankedQuery => ({
  slots: [...new Map([...level.slots, ...plan.optional].map((slot) => [slot.text, slot])).values()],
  boost: plan.boost,
  typed: plan.terms.join(' '),
  weights,
});

/** The first hits, those in head and those in the body alone. Beyond the window of a scope the next one is not begun. */
function listKnown(found: readonly Found[], bodies: readonly string[]) {
  const known = new Set<string>();
  const take = (ids: readonly string[]) => {
    const fresh: string[] = [];
    for (const id of ids) {
      if (known.size >= WINDOW) break;
      if (!known.has(id)) fresh.push(id);
      known.add(id);
    }
    return fresh;
  };
  const inHead = found.slice(0, 2).flatMap(({ ids }) => take(ids));
  const inBody = found[2] ? take([...bodies, ...found[2].ids]) : [];
  return { inHead, inBody, known: [...known] };
}

const listChosen = (db: Db, ids: readonly string[], context: SearchContext) =>
  readRows(db, ids)
    .filter((row) => isChosen(row, context))
    .map(({ id }) => id);

interface Asking {
  resolver: Resolver;
  reading: Reading;
  context: SearchContext;
  request: PageRequest;
}

async function answerLevel(
  asking: Asking,
  level: Level,
  steps: readonly SearchStep[],
  found: readonly Found[],
  led: Lead,
  strict: number,
): Promise<Resolved> {
  const { resolver, context, request } = asking;
  const rows = readRows(resolver.db, led.ids);
  const chosen = rows.filter((row) => isChosen(row, context));
  const upTo = (scope: Scope) => SCOPES.slice(0, SCOPES.indexOf(scope) + 1);
  const within = (row: HitRow, scope: Scope) => upTo(scope).includes(led.scopeOf.get(row.id) ?? 'all');
  const count = (scope: Scope) =>
    sumOf(found[SCOPES.indexOf(scope)] ?? { ids: [], tallies: [] }, context) +
    chosen.filter((row) => within(row, scope)).length;
  const counts = { subject: count('subject'), head: count('head'), all: count('all') };
  const scope = chooseScope(context, request, found, rows, within);
  const own = chosen.filter((row) => within(row, scope));
  const lead = { rows: rows.filter((row) => within(row, scope)), own };
  const index = SCOPES.indexOf(scope);
  const isRanked = request.sort === 'relevance';
  const ids = isRanked
    ? await rankedPage(asking, level, steps.slice(0, index + 1), found.slice(0, index + 1), {
        ...lead,
        bodies: listChosen(resolver.db, led.bodies, context),
      })
    : await sortedPage(asking, steps[index] as SearchStep, led.ids, own);
  const tallies = [...lead.rows, ...(found[index]?.tallies ?? [])];
  return toResolved(ids, tallies, context, { scope, counts, level, strict });
}

/** By relevance all; in other orders the narrowest scope that has hits, whatever facets are chosen; as the reader says. */
function chooseScope(
  { filter }: SearchContext,
  { sort }: PageRequest,
  found: readonly Found[],
  rows: readonly HitRow[],
  within: (row: HitRow, scope: Scope) => boolean,
): Scope {
  if (filter.scope) return filter.scope === 'all' ? 'all' : 'subject';
  if (sort === 'relevance') return 'all';
  const has = (scope: Scope) =>
    sumTallies(found[SCOPES.indexOf(scope)]?.tallies ?? [], {}) > 0 || rows.some((row) => within(row, scope));
  return SCOPES.find(has) ?? 'all';
}

/** The page of an order by time or amount: the stricter hits first, then the others, each in that order. */
async function sortedPage(
  { resolver, context, request }: Asking,
  step: SearchStep,
  exclude: readonly string[],
  lead: readonly HitRow[],
): Promise<string[]> {
  if (request.limit === 0) return [];
  const first = lead.toSorted((a, b) => compareRows(a, b, request.sort, context.at)).map(({ id }) => id);
  const own = first.slice(request.offset, request.offset + request.limit);
  const limit = request.limit - own.length;
  if (limit === 0) return own;
  const offset = Math.max(0, request.offset - first.length);
  const [page] = await findAll(resolver, [step], context, { ...request, exclude, offset, limit });
  return [...own, ...(page?.ids ?? [])];
}

/**
 * The page of the order by relevance: hits in the subject, then in names of suppliers and agencies, then in the body. The first ones
 * are known and put in order by what they say; those behind them are asked of the built-in index, without the first.
 */
async function rankedPage(
  asking: Asking,
  level: Level,
  steps: readonly SearchStep[],
  found: readonly Found[],
  { rows, own, bodies }: { rows: readonly HitRow[]; own: readonly HitRow[]; bodies: readonly string[] },
): Promise<string[]> {
  const { resolver, reading, context, request } = asking;
  if (request.limit === 0) return [];
  const { inHead, inBody, known } = listKnown(found, bodies);
  const query = toRanked(reading, level);
  const order = (ids: readonly string[]) => rank(readRows(resolver.db, ids), query).map(({ id }) => id);
  const exact = inBody.filter((id) => bodies.includes(id));
  const window = [
    ...own.map(({ id }) => id),
    ...order(inHead),
    ...exact,
    ...order(inBody.filter((id) => !exact.includes(id))),
  ];
  const end = request.offset + request.limit;
  const page = window.slice(request.offset, end);
  const total = sumTallies(found.at(-1)?.tallies ?? [], context.filter) + own.length;
  const missing = Math.min(end, total) - Math.max(request.offset, window.length);
  if (missing <= 0) return page;
  const exclude = [...rows.map(({ id }) => id), ...known];
  const rest = await deepPage(resolver, steps, context, {
    ...{ sort: 'relevance', exclude },
    offset: Math.max(0, request.offset - window.length),
    limit: missing,
  });
  return [...page, ...rest];
}

/** A page of what stands in the scopes one after the other, each without the one before it, from the built-in index. */
async function deepPage(
  { builtIn }: Resolver,
  steps: readonly SearchStep[],
  context: SearchContext,
  { offset, limit, ...request }: PageRequest,
): Promise<string[]> {
  const ids: string[] = [];
  let skip = offset;
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    const only = before ? { ...step, minus: before } : step;
    const [found] = await builtIn.find([only], context, { ...request, offset: skip, limit: limit - ids.length });
    if (!found) continue;
    ids.push(...found.ids);
    if (ids.length >= limit) break;
    skip = Math.max(0, skip - sumOf(found, context));
  }
  return ids;
}

const toResolved = (
  ids: string[],
  tallies: readonly Tally[],
  { filter }: SearchContext,
  rest: Pick<Resolved, 'scope' | 'counts' | 'level' | 'strict'>,
): Resolved => ({ ids, tallies, total: sumTallies(tallies, filter), ...rest });
