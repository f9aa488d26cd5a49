import { NARROWING_KEYS } from '#src/domain/notices/notice-filter.ts';
import type { SearchContext } from './backend.ts';
import { COUNTS, type Reading, type Resolver, resolveReading } from './resolve.ts';
import type { FilterHelp } from './types.ts';

/** Filters besides the words themselves. */
const DROPPABLE = NARROWING_KEYS.filter((key) => key !== 'q');

/** For a search without hits: what dropping each filter would give, and what dropping all. */
export async function suggestRelaxations(resolver: Resolver, reading: Reading, context: SearchContext) {
  const keys = DROPPABLE.filter((key) => context.filter[key] !== undefined);
  const count = async (filter: SearchContext['filter']) =>
    (await resolveReading(resolver, reading, { ...context, filter }, COUNTS)).total;
  const totals = await Promise.all(keys.map((key) => count({ ...context.filter, [key]: undefined })));
  const help = keys
    .map((key, index): FilterHelp => ({ key, total: totals[index] ?? 0 }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
  const without = keys.length > 0 ? await count({ q: context.filter.q }) : 0;
  return { help, without };
}
