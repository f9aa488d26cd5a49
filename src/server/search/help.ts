import { NARROWING_KEYS } from '#src/domain/filter-text.ts';
import type { NoticeFilterKey } from '#src/domain/notice-filter.ts';
import {
  DIMENSIONS,
  type Dimension,
  hasFacets,
  type PageRequest,
  type SearchContext,
  withoutDimensions,
} from './backend.ts';
import { probeAll, type Resolver } from './probe.ts';
import type { Reading } from './reading.ts';
import { type Resolved, resolveSteps } from './resolve.ts';
import type { FilterHelp } from './types.ts';

/** Filters besides the words themselves. */
const DROPPABLE = NARROWING_KEYS.filter((key) => key !== 'q');

/** For a search without hits: what dropping each filter would give. */
export async function findHelp(resolver: Resolver, reading: Reading, context: SearchContext, found: Resolved) {
  const keys = DROPPABLE.filter((key) => context.filter[key] !== undefined);
  const totals = await Promise.all(keys.map((key) => countWithout(resolver, reading, context, found, key)));
  return keys
    .map((key, index): FilterHelp => ({ key, total: totals[index] ?? 0 }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
}

async function countWithout(
  resolver: Resolver,
  { steps }: Reading,
  context: SearchContext,
  { facets, isNowhere }: Resolved,
  key: NoticeFilterKey,
): Promise<number> {
  const filter = { ...context.filter, [key]: undefined };
  if (isDimension(key)) {
    if (isNowhere) return 0;
    // Facets are counted without their own filter: their sum is the total without it, unless a looser step answers then.
    const total = Object.values(facets[key]).reduce((sum, count) => sum + count, 0);
    if (total > 0 || !hasFacets(filter)) return total;
  }
  const wider = { ...context, filter };
  // Most of what is nowhere stays nowhere: one question tells.
  const found = await probeAll(resolver, steps, { ...wider, filter: withoutDimensions(filter) }, 0);
  if (found.every(({ total }) => total === 0)) return 0;
  const request: PageRequest = { sort: 'relevance', exclude: [], offset: 0, limit: 1 };
  return (await resolveSteps(resolver, steps, wider, request)).total;
}

const isDimension = (key: NoticeFilterKey): key is Dimension => (DIMENSIONS as readonly string[]).includes(key);
