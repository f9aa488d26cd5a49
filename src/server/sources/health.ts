import { Cron } from 'croner';
import { ne } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery } from '#db/query.ts';
import { sources } from '#db/schema/index.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { SourceHealth, SourceState } from '#src/domain/site/site-views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { CONSOLE_ADAPTER } from '#src/publish/console-source.ts';

/** A run may start late and take a while before its source is called late. */
const GRACE_MS = 10 * 60_000;

const ALL = defineQuery((db) =>
  db
    .select({
      key: sources.key,
      name: sources.name,
      county: sources.county,
      homepage: sources.homepage,
      schedule: sources.schedule,
      adapter: sources.adapter,
      enabled: sources.enabled,
      pausedAt: sources.pausedAt,
      lastAttemptAt: sources.lastAttemptAt,
      lastSuccessAt: sources.lastSuccessAt,
      lastPublishedAt: sources.lastPublishedAt,
      lastItemCount: sources.lastItemCount,
      consecutiveFailures: sources.consecutiveFailures,
      lastError: sources.lastError,
      heldReason: sources.heldReason,
    })
    .from(sources)
    // What staff publish from the console is read from nowhere.
    .where(ne(sources.adapter, CONSOLE_ADAPTER).inlineParams())
    .orderBy(sources.key),
);
export type SourceRow = ReturnType<typeof ALL.all>[number];

/** Who acts, by adapter; all others are read by us. */
const DIRECTION_OF: Partial<Record<string, SourceHealth['direction']>> = {
  push: 'push',
  tongming: 'mirror',
  mirrored: 'mirror',
  console: 'console',
};

/** All sources, in the order of the county registry, then of their keys. */
export function listSourceRows(db: Db): SourceRow[] {
  return ALL.all(db).sort((a, b) => COUNTY_SLUGS.indexOf(a.county) - COUNTY_SLUGS.indexOf(b.county));
}

/** Public health of every source at an instant. */
export function listSources(db: Db, now: Instant = new Date().toISOString()): SourceHealth[] {
  return listSourceRows(db).map((row) => toSourceHealth(row, now));
}

/** Public health of one source. @throws NotFoundError */
export function getSource(db: Db, key: string): SourceHealth {
  const source = listSources(db).find((candidate) => candidate.key === key);
  if (!source) throw new NotFoundError('没有这个数据来源');
  return source;
}

/** Maps a row to what the public may see of a source: settings, validators and keys stay inside. */
export function toSourceHealth(row: SourceRow, now: Instant): SourceHealth {
  return {
    key: row.key,
    name: row.name,
    county: row.county,
    homepage: row.homepage,
    direction: DIRECTION_OF[row.adapter] ?? 'pull',
    state: judgeState(row, now),
    lastAttemptAt: row.lastAttemptAt,
    lastSuccessAt: row.lastSuccessAt,
    lastPublishedAt: row.lastPublishedAt,
    lastItemCount: row.lastItemCount,
    consecutiveFailures: row.consecutiveFailures,
    lastError: row.lastError,
    heldReason: row.heldReason,
  };
}

function judgeState(row: SourceRow, now: Instant): SourceState {
  if (!row.enabled || row.pausedAt) return 'paused';
  if (row.heldReason) return 'held';
  if (row.consecutiveFailures > 0) return 'failing';
  if (!row.lastSuccessAt) return 'never';
  // A county pushes when it has something, and what a mirror brings is as fresh as the mirror.
  if (row.schedule === '') return 'fresh';
  return isOverdue(row.schedule, row.lastSuccessAt, now) ? 'late' : 'fresh';
}

/** Whether the run due after the last success, and its grace, have passed. */
function isOverdue(schedule: string, lastSuccessAt: Instant, now: Instant): boolean {
  const due = new Cron(schedule, { timezone: 'Asia/Shanghai', paused: true }).nextRun(new Date(lastSuccessAt));
  return due !== null && due.getTime() + GRACE_MS < Date.parse(now);
}
