import type { Db } from '#db/client.ts';
import { auditEvents } from '#db/schema/staff.ts';
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
