import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { deleteKeyValue, readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { renewLease } from '#db/lease.ts';
import { defineQuery } from '#db/query.ts';
import { exposures, ingestRuns, notices, sources } from '#db/schema/index.ts';
import { runActor } from '#src/domain/actors.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { tellExposure } from '#src/publish/exposures/rows.ts';
import type { SaveContext } from '#src/publish/notices/store.ts';
import type { RunCounts, RunRecord } from './context.ts';

export interface RunEnd {
  state: 'succeeded' | 'failed' | 'held' | 'interrupted';
  error?: string;
  /** Notices newly flagged as gone from the feed. */
  gone?: number;
}

const releaseKey = (sourceKey: string) => `ingest.release ${sourceKey}`;

const INTERRUPT = defineQuery((db, p: Params<{ sourceKey: string; now: string }>) =>
  db
    .update(ingestRuns)
    .set({ state: 'interrupted', finishedAt: p.now, error: '进程中断' })
    .where(and(eq(ingestRuns.sourceKey, p.sourceKey), eq(ingestRuns.state, 'running'))),
);
const OPEN = defineQuery((db, p: Params<{ runId: string; sourceKey: string; now: string }>) =>
  db.insert(ingestRuns).values({ id: p.runId, sourceKey: p.sourceKey, startedAt: p.now, state: 'running' }),
);
const ATTEMPT = defineQuery((db, p: Params<{ key: string; now: string }>) =>
  db.update(sources).set({ lastAttemptAt: p.now }).where(eq(sources.key, p.key)),
);
type Closed = RunCounts & { runId: string; state: RunEnd['state']; error: string | null; now: string };
const CLOSE = defineQuery((db, p: Params<Closed>) =>
  db
    .update(ingestRuns)
    .set({
      ...{ finishedAt: p.now, state: p.state, error: p.error },
      ...{ fetched: p.fetched, created: p.created, changed: p.changed, unchanged: p.unchanged, rejected: p.rejected },
    })
    .where(eq(ingestRuns.id, p.runId)),
);
interface Good {
  key: string;
  now: string;
  newest: string | null;
  itemCount: number | null;
  validators: (typeof sources.$inferSelect)['validators'];
}
const SUCCEED = defineQuery((db, p: Params<Good>) =>
  db
    .update(sources)
    .set({
      lastSuccessAt: p.now,
      lastPublishedAt: sql`max(coalesce(${sources.lastPublishedAt}, ''), ${p.newest})`,
      lastItemCount: sql`coalesce(${p.itemCount}, ${sources.lastItemCount})`,
      consecutiveFailures: 0,
      lastError: null,
      heldReason: null,
      validators: p.validators,
    })
    .where(eq(sources.key, p.key)),
);
const HOLD = defineQuery((db, p: Params<{ key: string; reason: string | null }>) =>
  db
    .update(sources)
    .set({ heldReason: p.reason, lastError: null, consecutiveFailures: 0 })
    .where(eq(sources.key, p.key)),
);
const FAIL = defineQuery((db, p: Params<{ key: string; error: string | null }>) =>
  db
    .update(sources)
    .set({ lastError: p.error, consecutiveFailures: sql`${sources.consecutiveFailures} + 1` })
    .where(eq(sources.key, p.key)),
);
const PRESENT_NOTICES = defineQuery((db, p: Params<{ sourceKey: string }>) =>
  db
    .select({ id: notices.id, itemId: notices.sourceItemId })
    .from(notices)
    .where(and(eq(notices.sourceKey, p.sourceKey), isNull(notices.goneAt), isNull(notices.withdrawnAt))),
);
const FLAG_NOTICE = defineQuery((db, p: Params<{ id: string; now: string }>) =>
  db.update(notices).set({ goneAt: p.now }).where(eq(notices.id, p.id)),
);
const PRESENT_ENTRIES = defineQuery((db, p: Params<{ sourceKey: string }>) =>
  db
    .select({ id: exposures.id, itemId: exposures.sourceItemId })
    .from(exposures)
    .where(and(eq(exposures.sourceKey, p.sourceKey), isNull(exposures.goneAt))),
);
const FLAG_ENTRY = defineQuery((db, p: Params<{ id: string; now: string }>) =>
  db.update(exposures).set({ goneAt: p.now }).where(eq(exposures.id, p.id)),
);

/** In whose name and when something of a run is stored. */
export function toSaveContext({ runId }: RunRecord): SaveContext {
  return { runId, actor: runActor(runId), now: new Date().toISOString() };
}

/** Opens the run's record. Runs of this source that are still open belong to processes that died: the lease is ours. */
export function startRun({ db, runId, source }: RunRecord): void {
  const now = new Date().toISOString();
  const transaction = db.$client.transaction(() => {
    INTERRUPT.run(db, { sourceKey: source.key, now });
    OPEN.run(db, { runId, sourceKey: source.key, now });
    ATTEMPT.run(db, { key: source.key, now });
  });
  transaction.immediate();
}

/** Closes the run's record and the source's health, and flags what a good full run no longer showed. */
export function finishRun(run: RunRecord, end: RunEnd): RunEnd {
  const { db, source, runId, counts } = run;
  const now = new Date().toISOString();
  let gone = 0;
  const transaction = db.$client.transaction(() => {
    if (run.lease) renewLease(db, run.lease);
    if (end.state === 'succeeded') {
      if (run.since === undefined && !run.isPartial) gone = flagGone(run, { actor: runActor(runId), now });
      finishGood(run, now);
    } else if (end.state === 'held') HOLD.run(db, { key: source.key, reason: end.error ?? null });
    else if (end.state === 'failed') FAIL.run(db, { key: source.key, error: end.error ?? null });
    CLOSE.run(db, { ...counts, now, state: end.state, error: end.error ?? null, runId });
  });
  transaction.immediate();
  return { ...end, gone };
}

function finishGood(run: RunRecord, now: string): void {
  const { db, source, since, counts, newest, validators, isPartial } = run;
  const known = source.lastPublishedAt ?? '';
  SUCCEED.run(db, {
    now,
    newest: newest === '' ? known || null : newest,
    itemCount: since === undefined && !isPartial ? counts.fetched : null,
    validators,
    key: source.key,
  });
  deleteKeyValue(db, releaseKey(source.key));
}

/** Flags notices of the source that a full run did not show. They stay public: absence is not withdrawal. */
function flagGone({ db, source, seen }: RunRecord, context: WriteContext): number {
  const present = PRESENT_NOTICES.all(db, { sourceKey: source.key });
  const missing = present.filter(({ itemId }) => !seen.has(itemId));
  for (const { id } of missing) FLAG_NOTICE.run(db, { id, now: context.now });
  return missing.length + flagGoneEntries(db, source.key, seen, context);
}

/** The same for entries of the exposure board and the blacklist: sources take down what was repaired without saying so. */
function flagGoneEntries(db: Db, sourceKey: string, seen: ReadonlySet<string>, context: WriteContext): number {
  const missing = PRESENT_ENTRIES.all(db, { sourceKey }).filter(({ itemId }) => !seen.has(itemId));
  for (const { id } of missing) {
    FLAG_ENTRY.run(db, { id, now: context.now });
    tellExposure(db, id, 'upsert', context);
  }
  return missing.length;
}

/** Lets the next run of a held source through: its present size and ids are accepted as right. */
export function releaseSource(db: Db, sourceKey: string): void {
  saveKeyValue(db, releaseKey(sourceKey), new Date().toISOString());
}

/** True when an operator has released the source and no good run has happened since. */
export function isReleased(db: Db, sourceKey: string): boolean {
  return readKeyValue(db, releaseKey(sourceKey), '') !== '';
}
