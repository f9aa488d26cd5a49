import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { findRow, runStatement } from '#db/statements.ts';
import { toFilterText } from '#src/domain/subscriptions/filter.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { takeConfirmation } from './confirmation-limit.ts';
import type { SubscriptionRequest } from './form.ts';
import { hashToken, makeToken } from './tokens.ts';

/** Subscriptions of one address. */
const MOST_SUBSCRIPTIONS = 100;

const SAME = `SELECT 1 FROM subscriptions
  WHERE address = ? AND channel = ? AND filter = ? AND rhythm = ? AND confirmed_at IS NOT NULL`;
const TOTAL = 'SELECT count(*) AS total FROM subscriptions WHERE address = ?';
const INSERT = `INSERT INTO subscriptions (id, channel, address, secret, filter, rhythm, confirm_hash, manage_hash, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * Saves a subscription that has yet to be confirmed, and the message that asks for it; the caller holds the transaction. An address
 * that has the same one, or whose mailbox or host has been asked too often, is left in peace. What was done is not told to whoever asks, so that
 * nobody learns which addresses are known. Returns the id under which it was saved, or would have been.
 */
export function requestSubscription(db: Db, request: SubscriptionRequest, key: Buffer, now: Instant): string {
  const id = randomUUID();
  const { channel, address, secret, rhythm } = request;
  const filter = toFilterText(request.filter);
  if (findRow(db, SAME, [address, channel, filter, rhythm])) return id;
  if ((findRow<{ total: number }>(db, TOTAL, [address])?.total ?? 0) >= MOST_SUBSCRIPTIONS) return id;
  if (!takeConfirmation(db, { id, channel, address }, key, now)) return id;
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
