import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { listRows, runStatement } from '#db/statements.ts';
import { lastDigestAt } from '#src/domain/subscriptions/digest.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** Notices in a message. What a robot shows is at most 4 KB; a mail can be longer. */
const ITEMS = { mail: 50, webhook: 8 };
/** Shortest time between two messages of a subscription: what comes meanwhile goes into one. */
const GAP_MS = 60_000;

/** Subscriptions with something to tell, none of whose messages is still on its way. */
const READY = `
  SELECT s.id, s.channel FROM subscriptions s WHERE s.id IN (
    SELECT d.subscription_id FROM subscription_deliveries d JOIN subscriptions o ON o.id = d.subscription_id
    WHERE d.message_id IS NULL AND (o.rhythm = 'instant' OR d.created_at < ?))
  AND NOT EXISTS (SELECT 1 FROM subscription_messages m
    WHERE m.subscription_id = s.id AND (m.state = 'pending' OR (m.kind = 'notices' AND m.created_at > ?)))`;
const MESSAGE = `INSERT INTO subscription_messages (id, subscription_id, kind, state, attempts, due_at, created_at)
  VALUES (?, ?, 'notices', 'pending', 0, ?, ?)`;
const FILL = `UPDATE subscription_deliveries SET message_id = ? WHERE rowid IN (
  SELECT d.rowid FROM subscription_deliveries d JOIN subscriptions s ON s.id = d.subscription_id
  WHERE d.subscription_id = ? AND d.message_id IS NULL AND (s.rhythm = 'instant' OR d.created_at < ?)
  ORDER BY d.created_at, d.rowid LIMIT ?)`;

/**
 * Puts what is to be told into messages, in one transaction: at once, or what came before the last digest hour. What a message holds
 * never changes afterwards, so that an attempt repeated after a crash tells the same under the same id. Returns their number.
 */
export function batchDeliveries(db: Db, now: Instant, digestHour: number): number {
  const digestAt = lastDigestAt(now, digestHour);
  const gapStart = new Date(Date.parse(now) - GAP_MS).toISOString();
  const batch = () => {
    const ready = listRows<{ id: string; channel: string }>(db, READY, [digestAt, gapStart]);
    for (const { id, channel } of ready) {
      const message = randomUUID();
      runStatement(db, MESSAGE, [message, id, now, now]);
      runStatement(db, FILL, [message, id, digestAt, channel === 'email' ? ITEMS.mail : ITEMS.webhook]);
    }
    return ready.length;
  };
  return hasWaiting(db) ? db.$client.transaction(batch).immediate() : 0;
}

const hasWaiting = (db: Db) =>
  listRows(db, 'SELECT 1 FROM subscription_deliveries WHERE message_id IS NULL LIMIT 1').length > 0;
