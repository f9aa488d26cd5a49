import { Cron } from 'croner';
import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { SourceHealth, SourceState } from '#src/domain/site/site-views.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** A run may start late and take a while before its source is called late. */
const GRACE_MS = 10 * 60_000;

export interface SourceRow {
  key: string;
  name: string;
  county: County;
  homepage: string | null;
  schedule: string;
  adapter: string;
  enabled: number;
  last_attempt_at: string | null;
  last_success_at: string | null;
  last_published_at: string | null;
  last_item_count: number | null;
  consecutive_failures: number;
  last_error: string | null;
  held_reason: string | null;
}

/** Who acts, by adapter; all others are read by us. */
const DIRECTION_OF: Partial<Record<string, SourceHealth['direction']>> = {
  push: 'push',
  tongming: 'mirror',
  mirrored: 'mirror',
};

/** All sources, in the order of the county registry, then of their keys. */
export function listSourceRows(db: Db): SourceRow[] {
  const rows = listRows<SourceRow>(
    db,
    `SELECT key, name, county, homepage, schedule, adapter, enabled, last_attempt_at, last_success_at, last_published_at,
       last_item_count, consecutive_failures, last_error, held_reason FROM sources ORDER BY key`,
  );
  return rows.sort((a, b) => COUNTY_SLUGS.indexOf(a.county) - COUNTY_SLUGS.indexOf(b.county));
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
    lastAttemptAt: row.last_attempt_at,
    lastSuccessAt: row.last_success_at,
    lastPublishedAt: row.last_published_at,
    lastItemCount: row.last_item_count,
    consecutiveFailures: row.consecutive_failures,
    lastError: row.last_error,
    heldReason: row.held_reason,
  };
}

function judgeState(row: SourceRow, now: Instant): SourceState {
  if (!row.enabled) return 'paused';
  if (row.held_reason) return 'held';
  if (row.consecutive_failures > 0) return 'failing';
  if (!row.last_success_at) return 'never';
  // A county pushes when it has something, and what a mirror brings is as fresh as the mirror.
  if (row.schedule === '') return 'fresh';
  return isOverdue(row.schedule, row.last_success_at, now) ? 'late' : 'fresh';
}

/** Whether the run due after the last success, and its grace, have passed. */
function isOverdue(schedule: string, lastSuccessAt: Instant, now: Instant): boolean {
  const due = new Cron(schedule, { timezone: 'Asia/Shanghai', paused: true }).nextRun(new Date(lastSuccessAt));
  return due !== null && due.getTime() + GRACE_MS < Date.parse(now);
}
