import type { Db } from '#db/client.ts';
import { listRows, runStatement } from '#db/statements.ts';
import { describeFilter } from '#src/domain/notices/notice-filter.ts';
import type { Channel, Rhythm } from '#src/domain/subscriptions/channels.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { maskAddress } from './address.ts';
import { readFilter } from './subscription.ts';

/** A subscription as operators may see it: its address is masked. */
export interface SubscriptionLine {
  id: string;
  channel: Channel;
  address: string;
  filter: string;
  rhythm: Rhythm;
  createdAt: Instant;
  confirmedAt: Instant | null;
}

/** A message that is tried no more. */
export interface DeadLine {
  id: string;
  subscriptionId: string;
  channel: Channel;
  address: string;
  kind: string;
  attempts: number;
  createdAt: Instant;
  error: string | null;
}

const SUBSCRIPTIONS = `SELECT id, channel, address, filter, rhythm, created_at AS createdAt, confirmed_at AS confirmedAt
  FROM subscriptions ORDER BY created_at`;
const DEAD = `SELECT m.id, s.id AS subscriptionId, s.channel, s.address, m.kind, m.attempts, m.created_at AS createdAt, m.error
  FROM subscription_messages m JOIN subscriptions s ON s.id = m.subscription_id WHERE m.state = 'dead' ORDER BY m.created_at`;

/** All subscriptions, oldest first. */
export function listSubscriptions(db: Db): SubscriptionLine[] {
  return listRows<SubscriptionLine>(db, SUBSCRIPTIONS).map((row) => ({
    ...row,
    address: maskAddress(row.channel, row.address),
    filter: describeFilter(readFilter(row.filter)),
  }));
}

/** Messages that were given up, oldest first. */
export function listDead(db: Db): DeadLine[] {
  return listRows<DeadLine>(db, DEAD).map((row) => ({ ...row, address: maskAddress(row.channel, row.address) }));
}

/** Gives dead messages their attempts back: one, or all without an id. Returns their number. */
export function retryDead(db: Db, id: string | undefined, now: Instant): number {
  const sql = `UPDATE subscription_messages SET state = 'pending', attempts = 0, due_at = ? WHERE state = 'dead' AND id = ifnull(?, id)`;
  return runStatement(db, sql, [now, id ?? null]);
}

/** Stops a subscription and forgets its address. Returns whether there was one. */
export function stopById(db: Db, id: string): boolean {
  return runStatement(db, 'DELETE FROM subscriptions WHERE id = ?', [id]) > 0;
}
