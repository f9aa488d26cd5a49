import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { subscriptionMessages, subscriptions } from '#db/schema/subscriptions.ts';
import { describeFilter } from '#src/domain/notices/notice-filter.ts';
import type { Channel, Frequency } from '#src/domain/subscriptions/channels.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { maskAddress } from './address.ts';
import { readFilter } from './subscription.ts';

/** A subscription as operators may see it: its address is masked. */
export interface SubscriptionLine {
  id: string;
  channel: Channel;
  address: string;
  filter: string;
  frequency: Frequency;
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

const SUBSCRIPTIONS = defineQuery((db) =>
  db
    .select({
      id: subscriptions.id,
      channel: subscriptions.channel,
      address: subscriptions.address,
      filter: subscriptions.filter,
      frequency: subscriptions.frequency,
      createdAt: subscriptions.createdAt,
      confirmedAt: subscriptions.confirmedAt,
    })
    .from(subscriptions)
    .orderBy(asc(subscriptions.createdAt)),
);
const DEAD = defineQuery((db) =>
  db
    .select({
      id: subscriptionMessages.id,
      subscriptionId: subscriptions.id,
      channel: subscriptions.channel,
      address: subscriptions.address,
      kind: subscriptionMessages.kind,
      attempts: subscriptionMessages.attempts,
      createdAt: subscriptionMessages.createdAt,
      error: subscriptionMessages.error,
    })
    .from(subscriptionMessages)
    .innerJoin(subscriptions, eq(subscriptions.id, subscriptionMessages.subscriptionId))
    .where(eq(subscriptionMessages.state, 'dead'))
    .orderBy(asc(subscriptionMessages.createdAt)),
);
const RETRY = defineQuery((db, p: Params<{ id: string | null; now: Instant }>) =>
  db
    .update(subscriptionMessages)
    .set({ state: 'pending', attempts: 0, dueAt: p.now })
    .where(
      and(
        eq(subscriptionMessages.state, 'dead'),
        sql`${subscriptionMessages.id} = ifnull(${p.id}, ${subscriptionMessages.id})`,
      ),
    ),
);
const DISMISS = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .update(subscriptionMessages)
    .set({ state: 'dismissed' })
    .where(and(eq(subscriptionMessages.id, p.id), eq(subscriptionMessages.state, 'dead'))),
);
const STOP = defineQuery((db, p: Params<{ id: string }>) => db.delete(subscriptions).where(eq(subscriptions.id, p.id)));

/** All subscriptions, oldest first. */
export function listSubscriptions(db: Db): SubscriptionLine[] {
  return SUBSCRIPTIONS.all(db).map((row) => ({
    ...row,
    address: maskAddress(row.channel, row.address),
    filter: describeFilter(readFilter(row.filter)),
  }));
}

/** Messages that were given up, oldest first. */
export function listDead(db: Db): DeadLine[] {
  return DEAD.all(db).map((row) => ({ ...row, address: maskAddress(row.channel, row.address) }));
}

/** Gives dead messages their attempts back: one, or all without an id. Returns their number. */
export function retryDead(db: Db, id: string | undefined, now: Instant): number {
  return RETRY.run(db, { id: id ?? null, now }).changes;
}

/** Says that nothing more is to become of a message that was given up. Returns whether there was one. */
export function dismissDead(db: Db, id: string): boolean {
  return DISMISS.run(db, { id }).changes > 0;
}

/** Stops a subscription and forgets its address. Returns whether there was one. */
export function stopById(db: Db, id: string): boolean {
  return STOP.run(db, { id }).changes > 0;
}
