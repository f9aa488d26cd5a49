import { desc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { auditEvents, staffAccounts } from '#db/schema/staff.ts';
import { ConflictError } from '#src/domain/errors.ts';
import { auditLabel } from '#src/domain/staff/audit.ts';
import { formatDateTime } from '#src/domain/time/time.ts';

/**
 * Says that somebody was faster: who, when, and what they did, as the audit has it.
 * @param subject of the audit, e.g. `exposure:…` @param what is called by people, e.g. 这个条目
 */
export function movedBy(db: Db, subject: string, what: string): ConflictError {
  const last = db
    .select({ at: auditEvents.at, action: auditEvents.action, who: staffAccounts.displayName })
    .from(auditEvents)
    .leftJoin(staffAccounts, eq(sql`'account:' || ${staffAccounts.id}`, auditEvents.actor))
    .where(eq(auditEvents.subject, subject))
    .orderBy(desc(auditEvents.seq))
    .limit(1)
    .get();
  if (!last) return new ConflictError(`${what}刚有变动，请刷新看过再操作`);
  const { at, action, who } = last;
  return new ConflictError(
    `${what}已由${who ?? '系统'}于 ${formatDateTime(at, 'second')} ${auditLabel(action)}；请刷新看过再操作`,
  );
}
