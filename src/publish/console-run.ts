import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { ingestRuns, sources } from '#db/schema/sources.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { ensureConsoleSource } from './console-source.ts';

/** A run of the console's source of a county for one release: it shows on the board like any source. Returns the id of the run. The caller holds the transaction. */
export function openConsoleRun(db: Db, county: County, isNew: boolean, now: Instant): string {
  const key = ensureConsoleSource(db, county);
  const runId = randomUUID();
  db.insert(ingestRuns)
    .values({
      ...{ id: runId, sourceKey: key, startedAt: now, finishedAt: now, state: 'succeeded', fetched: 1 },
      ...{ created: isNew ? 1 : 0 },
    })
    .run();
  db.update(sources)
    .set({ lastAttemptAt: now, lastSuccessAt: now, lastPublishedAt: now, consecutiveFailures: 0, lastError: null })
    .where(eq(sources.key, key))
    .run();
  return runId;
}
