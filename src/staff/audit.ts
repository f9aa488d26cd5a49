import { and, desc, eq, gte, lt, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { auditEvents, staffAccounts } from '#db/schema/staff.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { AuditAction } from '#src/domain/staff/audit.ts';
import type { Instant } from '#src/domain/time/time.ts';

export { type AuditEntry, type Doer, recordAudit, recordReading } from '#src/publish/audit/record.ts';

/** What of the audit is asked for; everything that is given has to hold. */
export interface AuditFilter {
  action?: AuditAction | undefined;
  /** Login name of who did it. */
  loginName?: string | undefined;
  subject?: string | undefined;
  county?: County | undefined;
  /** A piece of the reason, of the subject or of what else is told. */
  words?: string | undefined;
  from?: Instant | undefined;
  /** Exclusive. */
  to?: Instant | undefined;
}

export type AuditRow = typeof auditEvents.$inferSelect & { loginName: string | null; displayName: string | null };

/** Rows of a page. */
export const AUDIT_PAGE = 100;

/** A page of the audit, the latest first, below a number. */
export function listAudit(
  db: Db,
  filter: AuditFilter,
  before = Number.MAX_SAFE_INTEGER,
  limit: number = AUDIT_PAGE,
): AuditRow[] {
  const rows = db
    .select({ event: auditEvents, loginName: staffAccounts.loginName, displayName: staffAccounts.displayName })
    .from(auditEvents)
    .leftJoin(staffAccounts, eq(sql`'account:' || ${staffAccounts.id}`, auditEvents.actor))
    .where(and(lt(auditEvents.seq, before), ...conditions(filter)))
    .orderBy(desc(auditEvents.seq))
    .limit(limit)
    .all();
  return rows.map(({ event, ...who }) => ({ ...event, ...who }));
}

function conditions({ action, loginName, subject, county, words, from, to }: AuditFilter) {
  const has = (column: typeof auditEvents.reason | typeof auditEvents.subject | typeof auditEvents.details) =>
    sql`instr(${column}, ${words}) > 0`;
  return [
    action && eq(auditEvents.action, action),
    subject && eq(auditEvents.subject, subject),
    county && eq(auditEvents.county, county),
    loginName && eq(staffAccounts.loginName, loginName),
    words && or(has(auditEvents.reason), has(auditEvents.subject), has(auditEvents.details)),
    from && gte(auditEvents.at, from),
    to && lt(auditEvents.at, to),
  ].map((condition) => condition || undefined);
}

/** Rows that an export reads at a time. */
const BATCH = 500;

/** The whole of what a filter finds below a number, the latest first, in batches. */
export function* walkAudit(db: Db, filter: AuditFilter, before: number): Generator<AuditRow[]> {
  for (let below = before; ; ) {
    const rows = listAudit(db, filter, below, BATCH);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    below = last.seq;
  }
}
