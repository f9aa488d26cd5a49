import type { NoticeFilterKey } from '#src/domain/notices/notice-filter.ts';
import { NARROWING_KEYS } from '#src/domain/notices/notice-filter.ts';
import { sumTallies } from '../notices/tally.ts';
import { DIMENSIONS, type Dimension, hasFacets, type SearchContext } from './backend.ts';
import type { QueryInterpretation } from './interpretation.ts';
import { firstOnes, type Resolver } from './probe.ts';
import { type Resolved, resolveAtOnce } from './resolve.ts';
import type { FilterHelp } from './types.ts';

/** Filters besides the words themselves. */
const DROPPABLE = NARROWING_KEYS.filter((key) => key !== 'q');

/** For a search without hits: what dropping each filter would give. */
export async function suggestRelaxations(
  resolver: Resolver,
  reading: QueryInterpretation,
  context: SearchContext,
  found: Resolved,
) {
  const keys = DROPPABLE.filter((key) => context.filter[key] !== undefined);
  const totals = await Promise.all(keys.map((key) => countWithout(resolver, reading, context, found, key)));
  return keys
    .map((key, index): FilterHelp => ({ key, total: totals[index] ?? 0 }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
}

async function countWithout(
  resolver: Resolver,
  { steps }: QueryInterpretation,
  context: SearchContext,
  { tallies }: Resolved,
  key: NoticeFilterKey,
): Promise<number> {
  const filter = { ...context.filter, [key]: undefined };
  const wider = { ...context, filter };
  if (isDimension(key)) {
    // Without any hit under the other filters, no category, stage or county has one.
    if (tallies.length === 0) return 0;
    // The total without it, unless a looser step answers then.
    const total = sumTallies(tallies, filter);
    if (total > 0 || !hasFacets(filter)) return total;
  }
  return (await resolveAtOnce(resolver, steps, wider, firstOnes(1))).total;
}

const isDimension = (key: NoticeFilterKey): key is Dimension => (DIMENSIONS as readonly string[]).includes(key);
