import type { Db } from '#db/client.ts';
import { auditEvents } from '#db/schema/staff.ts';
import type { Actor } from '#src/domain/actors.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { AuditAction } from '#src/domain/staff/audit.ts';
import type { Role } from '#src/domain/staff/roles.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { chainAfter, lastOfChain } from './chain.ts';

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
export function recordAudit(db: Db, { actor, roles, address, now }: Doer, entry: AuditEntry): void {
  const { action, subject, county = null, before = null, after = null, reason = null, details = {} } = entry;
  const last = lastOfChain(db);
  const said = { action, subject, county, before, after, reason, details: JSON.stringify(details) };
  const row = { seq: last.seq + 1, at: now, actor, roles: roles.join(','), address, ...said, chain: null };
  db.insert(auditEvents)
    .values({ ...row, chain: chainAfter(last.chain, row) })
    .run();
}

/**
 * Writes down that somebody read what is sealed or personal: an original that is kept sealed, a tip-off, a name behind a mask.
 * `subject` names the thing (`attachment:…`), `what` in words what of it was read. The caller holds the transaction, and hands the
 * material out only after it.
 */
export function recordReading(
  db: Db,
  doer: Doer,
  { subject, county, what }: { subject: string; county: County | null; what: string },
): void {
  recordAudit(db, doer, { action: 'sealed.read', subject, county, details: { what } });
}
