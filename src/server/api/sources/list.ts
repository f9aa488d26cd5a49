import type { z } from 'zod';
import type { SyncBoard } from '#src/domain/site/site-views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { sourceListSchema } from './schema.ts';

export type SourceListResult = z.output<typeof sourceListSchema>;

/** The sync board in the shape of every list, with each source's lag at an instant. */
export function toSourceList(board: SyncBoard, now: Instant): SourceListResult {
  const { sources, states, unknown, asOf } = board;
  const items = sources.map((source) => ({ ...source, lagSeconds: lagOf(source.lastSuccessAt, now) }));
  return { items, total: items.length, asOf, next: null, states, unknown };
}

function lagOf(lastSuccessAt: Instant | null, now: Instant): number | null {
  if (!lastSuccessAt) return null;
  return Math.max(0, Math.floor((Date.parse(now) - Date.parse(lastSuccessAt)) / 1000));
}
