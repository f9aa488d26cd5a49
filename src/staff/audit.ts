import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { auditEvents, staffAccounts } from '#db/schema/staff.ts';
import type { Actor } from '#src/domain/actors.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { AuditAction } from '#src/domain/staff/audit.ts';
import type { Role } from '#src/domain/staff/roles.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** Who does something, from where, when. */
export interface Doer {
  actor: Actor;
  roles: readonly Role[];
  /** Client address without its last part; '' at the machine itself. */
  address: string;
  now: Instant;
}

/** What was done. */
export interface AuditEntry {
  action: AuditAction;
  /** `account:…`; '' where there is nothing. */
  subject: string;
  county?: County | null;
  /** SHA-256 (hex) of what was there before, and after. */
  before?: string;
  after?: string;
  reason?: string;
  /** What else is to be told; nothing secret, nothing sealed. */
  details?: Readonly<Record<string, string | number | boolean>>;
}

/** Writes down what somebody does. The caller holds the transaction in which it is done. */
export function recordAudit(
  db: Db,
  { actor, roles, address, now }: Doer,
  { details = {}, ...entry }: AuditEntry,
): void {
  db.insert(auditEvents)
    .values({ ...entry, at: now, actor, roles: roles.join(','), address, details: JSON.stringify(details) })
    .run();
}

/** What of the audit is asked for; everything that is given has to hold. */
export interface AuditFilter {
  action?: AuditAction | undefined;
  /** Login name of who did it. */
  loginName?: string | undefined;
  subject?: string | undefined;
  from?: Instant | undefined;
  /** Exclusive. */
  to?: Instant | undefined;
}

export type AuditRow = typeof auditEvents.$inferSelect & { loginName: string | null; displayName: string | null };

/** Rows of a page. */
export const AUDIT_PAGE = 100;

/** A page of the audit, the latest first, below a number. */
export function listAudit(db: Db, filter: AuditFilter, before = Number.MAX_SAFE_INTEGER): AuditRow[] {
  const { action, loginName, subject, from, to } = filter;
  const rows = db
    .select({ event: auditEvents, loginName: staffAccounts.loginName, displayName: staffAccounts.displayName })
    .from(auditEvents)
    .leftJoin(staffAccounts, eq(sql`'account:' || ${staffAccounts.id}`, auditEvents.actor))
    .where(
      and(
        lt(auditEvents.seq, before),
        action ? eq(auditEvents.action, action) : undefined,
        subject ? eq(auditEvents.subject, subject) : undefined,
        loginName ? eq(staffAccounts.loginName, loginName) : undefined,
        from ? gte(auditEvents.at, from) : undefined,
        to ? lt(auditEvents.at, to) : undefined,
      ),
    )
    .orderBy(desc(auditEvents.seq))
    .limit(AUDIT_PAGE)
    .all();
  return rows.map(({ event, ...who }) => ({ ...event, ...who }));
}
