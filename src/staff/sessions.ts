import { randomUUID } from 'node:crypto';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { staffAccounts, staffSessions } from '#db/schema/staff.ts';
import { accountActor } from '#src/domain/actors.ts';
import type { Officer } from '#src/domain/staff/roles.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { rolesOf } from './accounts.ts';
import { type Doer, recordAudit } from './audit.ts';
import { hashSecret, newToken } from './secrets.ts';

/** A session ends after half an hour in which nothing was asked … */
const IDLE_MS = 30 * 60_000;
/** … and after twelve hours whatever was. */
const ABSOLUTE_MS = 12 * 3600_000;
/** How long the password counts as just given. */
const STEP_UP_MS = 10 * 60_000;
/** How often it is written down that somebody is still there. */
const SEEN_MS = 60_000;

/** Where a request comes from. */
export interface Client {
  /** Without its last part: enough to know one's own. */
  address: string;
  agent: string;
}

/** A signed-in person. */
export interface Session {
  id: string;
  /** What is kept of the token; never leaves the server. */
  hash: string;
  loginName: string;
  displayName: string;
  officer: Officer;
  doer: Doer;
  /** What stands beside the entries of the menu, and the addresses that the person keeps; for the frame of pages. */
  frame?: Frame;
}

/** What every page shows of what waits for the person. */
export interface Frame {
  /** What waits behind entries of the menu. */
  queues: { label: string; href: string; total: number; isOverdue: boolean }[];
  lists: { label: string; href: string; total: number; isOverdue: boolean }[];
  filters: { name: string; href: string }[];
}

/** A session as its owner sees it. */
export interface OwnSession {
  id: string;
  createdAt: Instant;
  seenAt: Instant;
  address: string;
  agent: string;
  isThis: boolean;
}

const later = (now: Instant, ms: number): Instant => new Date(Date.parse(now) + ms).toISOString();

/** Opens a session and returns its token, which nothing keeps. The caller holds the transaction. */
export function openSession(
  db: Db,
  { accountId, hasSecondFactor }: { accountId: string; hasSecondFactor: boolean },
  { address, agent }: Client,
  now: Instant,
): string {
  const token = newToken();
  db.insert(staffSessions)
    .values({
      hash: hashSecret(token),
      id: randomUUID(),
      accountId,
      createdAt: now,
      seenAt: now,
      expiresAt: later(now, ABSOLUTE_MS),
      hasSecondFactor,
      steppedUpAt: now,
      address,
      agent,
    })
    .run();
  return token;
}

/** Whose session a token opens; null when it is over, or its account is. `requireSecondFactor`: nobody may anything without. */
export function findSession(
  db: Db,
  token: string,
  client: Pick<Client, 'address'>,
  { now, requireSecondFactor }: { now: Instant; requireSecondFactor: boolean },
): Session | null {
  const hash = hashSecret(token);
  const row = db
    .select({ session: staffSessions, account: staffAccounts })
    .from(staffSessions)
    .innerJoin(staffAccounts, eq(staffAccounts.id, staffSessions.accountId))
    .where(
      and(
        eq(staffSessions.hash, hash),
        isNull(staffSessions.endedAt),
        isNull(staffAccounts.disabledAt),
        gt(staffSessions.expiresAt, now),
        gt(staffSessions.seenAt, later(now, -IDLE_MS)),
      ),
    )
    .get();
  if (!row) return null;
  const { session, account } = row;
  const roles = rolesOf(db, account.id);
  return {
    id: session.id,
    hash,
    loginName: account.loginName,
    displayName: account.displayName,
    officer: {
      accountId: account.id,
      roles,
      county: account.county,
      hasSecondFactor: session.hasSecondFactor || !requireSecondFactor,
      isSteppedUp: session.steppedUpAt !== null && session.steppedUpAt > later(now, -STEP_UP_MS),
    },
    doer: { actor: accountActor(account.id), roles, address: client.address, now },
  };
}

/** Whether it is time to note that a session is still used. */
export const isSeenDue = (db: Db, { hash, doer }: Session): boolean =>
  db
    .select({ id: staffSessions.id })
    .from(staffSessions)
    .where(and(eq(staffSessions.hash, hash), gt(staffSessions.seenAt, later(doer.now, -SEEN_MS))))
    .get() === undefined;

/** Notes that a session is still used. */
export function markSeen(db: Db, { hash, doer }: Session): void {
  db.update(staffSessions).set({ seenAt: doer.now }).where(eq(staffSessions.hash, hash)).run();
}

/** Notes that the password was given again. */
export function stepUp(db: Db, session: Session): void {
  db.update(staffSessions).set({ steppedUpAt: session.doer.now }).where(eq(staffSessions.hash, session.hash)).run();
  recordAudit(db, session.doer, { action: 'session.stepUp', subject: '' });
}

/** Signs out. */
export function closeSession(db: Db, session: Session): void {
  db.update(staffSessions).set({ endedAt: session.doer.now }).where(eq(staffSessions.hash, session.hash)).run();
  recordAudit(db, session.doer, { action: 'session.close', subject: '' });
}

/** Ends another session of the same person; whoever's it is not, nothing happens to it. */
export function endOwnSession(db: Db, session: Session, id: string): void {
  const { accountId } = session.officer;
  const { changes } = db
    .update(staffSessions)
    .set({ endedAt: session.doer.now })
    .where(and(eq(staffSessions.id, id), eq(staffSessions.accountId, accountId), isNull(staffSessions.endedAt)))
    .run();
  if (changes > 0) recordAudit(db, session.doer, { action: 'session.end', subject: '' });
}

/** Sessions of the same person that are not over, the latest first. */
export function listOwnSessions(db: Db, { hash, officer, doer }: Session): OwnSession[] {
  const rows = db
    .select()
    .from(staffSessions)
    .where(
      and(
        eq(staffSessions.accountId, officer.accountId),
        isNull(staffSessions.endedAt),
        gt(staffSessions.expiresAt, doer.now),
        gt(staffSessions.seenAt, later(doer.now, -IDLE_MS)),
      ),
    )
    .orderBy(desc(staffSessions.createdAt))
    .all();
  return rows.map(({ id, createdAt, seenAt, address, agent, hash: other }) => ({
    id,
    createdAt,
    seenAt,
    address,
    agent,
    isThis: other === hash,
  }));
}

/** What is kept of the password of whoever's session it is. */
export function passwordHashOf(db: Db, { officer }: Session): string | null {
  const row = db
    .select({ passwordHash: staffAccounts.passwordHash })
    .from(staffAccounts)
    .where(eq(staffAccounts.id, officer.accountId))
    .get();
  return row?.passwordHash ?? null;
}
