import type { Db } from '#db/client.ts';
import { listRows, runStatement } from '#db/statements.ts';
import type { Channel, Rhythm } from '#src/domain/subscriptions/channels.ts';
import type { LetterKind } from '#src/domain/subscriptions/letters.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { SendError } from './send-error.ts';

/** A message to be sent, with where to. */
export interface QueuedMessage {
  id: string;
  kind: LetterKind;
  createdAt: Instant;
  /** Attempts, the present one included. */
  attempts: number;
  subscriptionId: string;
  channel: Channel;
  address: string;
  secret: string | null;
  filter: string;
  rhythm: Rhythm;
}

/** A message that has been tried so often is dead: about a day after its first attempt. */
const MOST_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 6 * 3600_000;
/** An attempt that has not ended by then was lost with its process. Longer than any attempt may take. */
const ATTEMPT_MS = 3 * 60_000;
/**
 * Vendors take 20 messages a minute from a robot; one that is used for several subscriptions gets them spread out, and none while
 * another is on its way or waits to be tried again.
 */
const ADDRESS_GAP_MS = 3_200;

const DUE = `
  SELECT m.id, m.kind, m.created_at AS createdAt, m.attempts + 1 AS attempts, s.id AS subscriptionId, s.channel, s.address,
    s.secret, s.filter, s.rhythm
  FROM subscription_messages m JOIN subscriptions s ON s.id = m.subscription_id
  WHERE m.state = 'pending' AND m.due_at <= ?
    AND NOT EXISTS (SELECT 1 FROM subscriptions o JOIN subscription_messages r ON r.subscription_id = o.id
      WHERE o.address = s.address AND r.id <> m.id
        AND (r.sent_at > ? OR (r.state = 'pending' AND r.attempts > 0 AND r.due_at > ?)))
  ORDER BY m.due_at LIMIT ?`;
const CLAIM = `UPDATE subscription_messages SET attempts = attempts + 1, due_at = ?
  WHERE id = ? AND state = 'pending' AND due_at <= ?`;

const later = (now: Instant, ms: number) => new Date(Date.parse(now) + ms).toISOString();

/** Takes messages that are due, at most `limit` and one an address; nobody else gets them before they count as lost. */
export function claimMessages(db: Db, now: Instant, limit: number): QueuedMessage[] {
  const rows = listRows<QueuedMessage>(db, DUE, [now, later(now, -ADDRESS_GAP_MS), now, limit]);
  const one = [...new Map(rows.reverse().map((row) => [row.address, row])).values()];
  if (one.length === 0) return [];
  const claim = ({ id }: QueuedMessage) => runStatement(db, CLAIM, [later(now, ATTEMPT_MS), id, now]) > 0;
  return db.$client.transaction(() => one.filter(claim)).immediate();
}

/** Records that a message has arrived, or that nothing of it was left to tell. */
export function settleSent(db: Db, id: string, now: Instant): void {
  runStatement(db, `UPDATE subscription_messages SET state = 'sent', sent_at = ?, error = NULL WHERE id = ?`, [
    now,
    id,
  ]);
}

/** Records a failed attempt: it is tried again later, or is dead. */
export function settleFailed(db: Db, message: QueuedMessage, error: SendError, now: Instant): void {
  const isDead = error.isPermanent || message.attempts >= MOST_ATTEMPTS;
  const pause = Math.max(pauseAfter(message.attempts), error.retryAfterMs ?? 0);
  runStatement(db, 'UPDATE subscription_messages SET state = ?, due_at = ?, error = ? WHERE id = ?', [
    isDead ? 'dead' : 'pending',
    later(now, pause),
    error.message.slice(0, 300),
    message.id,
  ]);
}

/** Pause after the n-th attempt: four times as long each time, and spread so that many do not come back together. */
export function pauseAfter(attempts: number, random: () => number = Math.random): number {
  return Math.min(FIRST_PAUSE_MS * 4 ** (attempts - 1), LONGEST_PAUSE_MS) * (0.75 + random() / 2);
}
