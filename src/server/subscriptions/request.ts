import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { toFilterText } from '#src/domain/subscriptions/filter.ts';
import { addDays, type Instant } from '#src/domain/time.ts';
import { findRow, runStatement } from '../statements.ts';
import type { SubscriptionRequest } from './form.ts';
import { hashToken, makeToken } from './tokens.ts';

/** Confirmations that one address is sent in a day, whoever asks: nobody can have it flooded. */
const CONFIRMATIONS_A_DAY = 3;
/** Confirmations that go to signed webhooks of one host in a day, whatever their paths: nobody's server is called at will. */
const CONFIRMATIONS_A_HOST = 20;
/** Subscriptions of one address. */
const MOST_SUBSCRIPTIONS = 100;

const SAME = `SELECT 1 FROM subscriptions
  WHERE address = ? AND channel = ? AND filter = ? AND rhythm = ? AND confirmed_at IS NOT NULL`;
const ASKED = `SELECT count(*) AS total, sum(created_at > ? AND confirmed_at IS NULL) AS asked FROM subscriptions WHERE address = ?`;
const INSERT = `INSERT INTO subscriptions (id, channel, address, secret, filter, rhythm, confirm_hash, manage_hash, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * Saves a subscription that has yet to be confirmed, and the message that asks for it; the caller holds the transaction. An address
 * that has the same one, or has been asked too often, is left in peace. What was done is not told to whoever asks, so that
 * nobody learns which addresses are known. Returns the id under which it was saved, or would have been.
 */
export function requestSubscription(db: Db, request: SubscriptionRequest, key: Buffer, now: Instant): string {
  const id = randomUUID();
  const { channel, address, secret, rhythm } = request;
  const filter = toFilterText(request.filter);
  if (findRow(db, SAME, [address, channel, filter, rhythm])) return id;
  const { total, asked } = findRow<{ total: number; asked: number | null }>(db, ASKED, [addDays(now, -1), address]) ?? {
    total: 0,
    asked: 0,
  };
  if (total >= MOST_SUBSCRIPTIONS || (asked ?? 0) >= CONFIRMATIONS_A_DAY) return id;
  if (channel === 'webhook' && countAskedOfHost(db, address, now) >= CONFIRMATIONS_A_HOST) return id;
  const hashes = (['confirm', 'manage'] as const).map((purpose) => hashToken(makeToken(key, purpose, id)));
  runStatement(db, INSERT, [id, channel, address, secret, filter, rhythm, ...hashes, now]);
  runStatement(
    db,
    `INSERT INTO subscription_messages (id, subscription_id, kind, state, attempts, due_at, created_at)
     VALUES (?, ?, 'confirm', 'pending', 0, ?, ?)`,
    [randomUUID(), id, now, now],
  );
  return id;
}

function countAskedOfHost(db: Db, address: string, now: Instant): number {
  const prefix = `${new URL(address).origin}/`;
  const sql = `SELECT count(*) AS asked FROM subscriptions
    WHERE channel = 'webhook' AND confirmed_at IS NULL AND created_at > ? AND substr(address, 1, length(?)) = ?`;
  return findRow<{ asked: number }>(db, sql, [addDays(now, -1), prefix, prefix])?.asked ?? 0;
}
