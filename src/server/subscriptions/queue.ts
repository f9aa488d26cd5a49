import { and, eq, lte, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { subscriptionMessages, subscriptions } from '#db/schema/subscriptions.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { Channel, Frequency } from '#src/domain/subscriptions/channels.ts';
import type { MessageKind } from '#src/domain/subscriptions/message-kinds.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { SendError } from './send-error.ts';

/** A message to be sent, with where to. */
export interface QueuedMessage {
  id: string;
  kind: MessageKind;
  createdAt: Instant;
  /** Attempts, the present one included. */
  attempts: number;
  subscriptionId: string;
  channel: Channel;
  address: string;
  secret: string | null;
  filter: string;
  frequency: Frequency;
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

const m = aliased(subscriptionMessages, 'm');
const s = aliased(subscriptions, 's');
const other = aliased(subscriptions, 'other');
const rival = aliased(subscriptionMessages, 'rival');

const DUE = defineSelect((p: Params<{ now: Instant; gapStart: Instant; limit: number }>) => ({
  fields: {
    id: m.id,
    kind: m.kind,
    createdAt: m.createdAt,
    attempts: sql<number>`${m.attempts} + 1`,
    subscriptionId: s.id,
    channel: s.channel,
    address: s.address,
    secret: s.secret,
    filter: s.filter,
    frequency: s.frequency,
  },
  rest: sql`FROM ${named(m)} JOIN ${named(s)} ON ${s.id} = ${m.subscriptionId}
    WHERE ${m.state} = 'pending' AND ${m.dueAt} <= ${p.now}
    AND NOT EXISTS (SELECT 1 FROM ${named(other)} JOIN ${named(rival)} ON ${rival.subscriptionId} = ${other.id}
      WHERE ${other.address} = ${s.address} AND ${rival.id} <> ${m.id}
        AND (${rival.sentAt} > ${p.gapStart}
          OR (${rival.state} = 'pending' AND ${rival.attempts} > 0 AND ${rival.dueAt} > ${p.now})))
    ORDER BY ${m.dueAt} LIMIT ${p.limit}`,
}));
const CLAIM = defineQuery((db, p: Params<{ id: string; now: Instant; lostAt: Instant }>) =>
  db
    .update(subscriptionMessages)
    .set({ attempts: sql`${subscriptionMessages.attempts} + 1`, dueAt: p.lostAt })
    .where(
      and(
        eq(subscriptionMessages.id, p.id),
        eq(subscriptionMessages.state, 'pending'),
        lte(subscriptionMessages.dueAt, p.now),
      ),
    ),
);
const SENT = defineQuery((db, p: Params<{ id: string; now: Instant }>) =>
  db
    .update(subscriptionMessages)
    .set({ state: 'sent', sentAt: p.now, error: null })
    .where(eq(subscriptionMessages.id, p.id)),
);
const FAILED = defineQuery((db, p: Params<{ id: string; state: 'dead' | 'pending'; dueAt: Instant; error: string }>) =>
  db
    .update(subscriptionMessages)
    .set({ state: p.state, dueAt: p.dueAt, error: p.error })
    .where(eq(subscriptionMessages.id, p.id)),
);

const later = (now: Instant, ms: number) => new Date(Date.parse(now) + ms).toISOString();

/** Takes messages that are due, at most `limit` and one an address; nobody else gets them before they count as lost. */
export function claimMessages(db: Db, now: Instant, limit: number): QueuedMessage[] {
  const rows = DUE.all(db, { now, gapStart: later(now, -ADDRESS_GAP_MS), limit });
  const one = [...new Map(rows.reverse().map((row) => [row.address, row])).values()];
  if (one.length === 0) return [];
  const claim = ({ id }: QueuedMessage) => CLAIM.run(db, { id, now, lostAt: later(now, ATTEMPT_MS) }).changes > 0;
  return db.$client.transaction(() => one.filter(claim)).immediate();
}

/** Records that a message has arrived, or that nothing of it was left to tell. */
export function settleSent(db: Db, id: string, now: Instant): void {
  SENT.run(db, { id, now });
}

/** Records a failed attempt: it is tried again later, or is dead. */
export function settleFailed(db: Db, message: QueuedMessage, error: SendError, now: Instant): void {
  const isDead = error.isPermanent || message.attempts >= MOST_ATTEMPTS;
  const pause = Math.max(pauseAfter(message.attempts), error.retryAfterMs ?? 0);
  const state = isDead ? 'dead' : 'pending';
  FAILED.run(db, { id: message.id, state, dueAt: later(now, pause), error: error.message.slice(0, 300) });
}

/** Pause after the n-th attempt: four times as long each time, and spread so that many do not come back together. */
export function pauseAfter(attempts: number, random: () => number = Math.random): number {
  return Math.min(FIRST_PAUSE_MS * 4 ** (attempts - 1), LONGEST_PAUSE_MS) * (0.75 + random() / 2);
}
