import { randomUUID } from 'node:crypto';
import { and, count, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { subscriptionMessages, subscriptions } from '#db/schema/subscriptions.ts';
import { toFilterText } from '#src/domain/subscriptions/filter.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { takeConfirmation } from './confirmation-limit.ts';
import type { SubscriptionRequest } from './form.ts';
import { hashToken, makeToken, type TokenPurpose } from './tokens.ts';

/** Subscriptions of one address. */
const MOST_SUBSCRIPTIONS = 100;

type Row = Omit<typeof subscriptions.$inferSelect, 'confirmedAt'>;

const SAME = defineQuery((db, p: Params<Pick<Row, 'address' | 'channel' | 'filter' | 'frequency'>>) =>
  db
    .select({ same: sql<number>`1` })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.address, p.address),
        eq(subscriptions.channel, p.channel),
        eq(subscriptions.filter, p.filter),
        eq(subscriptions.frequency, p.frequency),
        isNotNull(subscriptions.confirmedAt),
      ),
    ),
);
const TOTAL = defineQuery((db, p: Params<{ address: string }>) =>
  db.select({ total: count() }).from(subscriptions).where(eq(subscriptions.address, p.address)),
);
const INSERT = defineQuery((db, p: Params<Row>) =>
  db.insert(subscriptions).values({
    id: p.id,
    channel: p.channel,
    address: p.address,
    secret: p.secret,
    filter: p.filter,
    frequency: p.frequency,
    confirmHash: p.confirmHash,
    manageHash: p.manageHash,
    createdAt: p.createdAt,
  }),
);
const ASK = defineQuery((db, p: Params<{ id: string; subscriptionId: string; now: Instant }>) =>
  db.insert(subscriptionMessages).values({
    id: p.id,
    subscriptionId: p.subscriptionId,
    kind: 'confirm',
    state: 'pending',
    attempts: 0,
    dueAt: p.now,
    createdAt: p.now,
  }),
);

/**
 * Saves a subscription that has yet to be confirmed, and the message that asks for it; the caller holds the transaction. An address
 * that has the same one, or whose mailbox or host has been asked too often, is left in peace. What was done is not told to whoever asks, so that
 * nobody learns which addresses are known. Returns the id under which it was saved, or would have been.
 */
export function requestSubscription(db: Db, request: SubscriptionRequest, key: Buffer, now: Instant): string {
  const id = randomUUID();
  const { channel, address, secret, frequency } = request;
  const filter = toFilterText(request.filter);
  if (SAME.first(db, { address, channel, filter, frequency })) return id;
  if ((TOTAL.first(db, { address })?.total ?? 0) >= MOST_SUBSCRIPTIONS) return id;
  if (!takeConfirmation(db, { id, channel, address }, key, now)) return id;
  const hash = (purpose: TokenPurpose) => hashToken(makeToken(key, purpose, id));
  const hashes = { confirmHash: hash('confirm'), manageHash: hash('manage') };
  INSERT.run(db, { id, channel, address, secret, filter, frequency, ...hashes, createdAt: now });
  ASK.run(db, { id: randomUUID(), subscriptionId: id, now });
  return id;
}
