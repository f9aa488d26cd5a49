import { setImmediate } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import { refreshCells } from '#src/publish/statistics/cells.ts';
import { rebuildStatistics } from '#src/publish/statistics/rebuild.ts';
import { compareChanged } from '#src/server/flags/compare.ts';
import { refreshStale } from '#src/server/flags/refresh.ts';

/** Computes statistics, indicators and duties of what was loaded, as the worker would within its first minutes, so that a visitor finds them. */
export async function computeFigures(
  db: Db,
  options: { signal: AbortSignal; onProgress: (done: number, total: number) => void },
): Promise<void> {
  await rebuildStatistics(db, options);
  const { signal } = options;
  while (!signal.aborted && refreshCells(db) > 0) await setImmediate();
  while (!signal.aborted && refreshStale(db, new Date().toISOString()) > 0) await setImmediate();
  if (!signal.aborted) compareChanged(db);
}
