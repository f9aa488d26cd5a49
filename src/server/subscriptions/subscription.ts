import { and, eq, gte, inArray, isNotNull, isNull, lt, ne, notInArray, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { confirmationRequests, subscriptionMessages, subscriptions } from '#db/schema/subscriptions.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { Channel, Frequency } from '#src/domain/subscriptions/channels.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';
import { parseNoticeFilter } from '../notices/parse-filter.ts';
import { forgetConfirmations } from './confirmation-limit.ts';
import { hashToken, type TokenPurpose } from './tokens.ts';

/** A subscription as its holder sees it. */
export interface SubscriptionView {
  id: string;
  channel: Channel;
  filter: NoticeFilter;
  frequency: Frequency;
  confirmedAt: Instant | null;
}

/** Hours after which a subscription that nobody confirmed is forgotten. */
export const CONFIRM_HOURS = 48;
/** Days for which it is kept what a subscriber has been told. */
const KEPT_DAYS = 400;

const VIEW = {
  id: subscriptions.id,
  channel: subscriptions.channel,
  filter: subscriptions.filter,
  frequency: subscriptions.frequency,
  confirmedAt: subscriptions.confirmedAt,
};
type Hash = Params<{ hash: string }>;
const BY_HASH = {
  confirm: defineQuery((db, p: Hash) =>
    db.select(VIEW).from(subscriptions).where(eq(subscriptions.confirmHash, p.hash)),
  ),
  manage: defineQuery((db, p: Hash) => db.select(VIEW).from(subscriptions).where(eq(subscriptions.manageHash, p.hash))),
} satisfies Record<TokenPurpose, unknown>;
const isToken = (text: string) => /^[\w-]{43}$/.test(text);

/** The filter of a stored query. */
export const readFilter = (text: string): NoticeFilter => parseNoticeFilter(new URLSearchParams(text));

/** The subscription that a token belongs to. @throws NotFoundError when there is none: never was, expired or stopped */
export function getSubscription(db: Db, purpose: TokenPurpose, token: string): SubscriptionView {
  const row = isToken(token) ? BY_HASH[purpose].first(db, { hash: hashToken(token) }) : undefined;
  if (!row) throw new NotFoundError('没有这个订阅：链接不完整，或者订阅已经停止，或者没有在 48 小时内确认。');
  return { ...row, filter: readFilter(row.filter) };
}

const CONFIRM = defineQuery((db, p: Params<{ hash: string; now: Instant }>) =>
  db
    .update(subscriptions)
    .set({ confirmedAt: p.now })
    .where(and(eq(subscriptions.confirmHash, p.hash), isNull(subscriptions.confirmedAt))),
);
/** The same asked for again before one was confirmed. */
const REPEATS = defineQuery((db, p: Hash) => {
  const { address, channel, filter, frequency } = subscriptions;
  const same = db
    .select({ address, channel, filter, frequency })
    .from(subscriptions)
    .where(eq(subscriptions.confirmHash, p.hash));
  return db
    .delete(subscriptions)
    .where(and(isNull(subscriptions.confirmedAt), sql`(${address}, ${channel}, ${filter}, ${frequency}) IN ${same}`));
});

/** What its holder wanted counts no longer against being asked. */
const WANTED = defineQuery((db, p: Hash) => {
  const confirmed = db
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(and(eq(subscriptions.confirmHash, p.hash), isNotNull(subscriptions.confirmedAt)));
  return db.delete(confirmationRequests).where(inArray(confirmationRequests.id, confirmed));
});

/** Confirms a subscription and forgets its repeats; again changes nothing. The caller holds the transaction. */
export function confirmSubscription(db: Db, token: string, now: Instant): void {
  const hash = hashToken(token);
  CONFIRM.run(db, { hash, now });
  WANTED.run(db, { hash });
  REPEATS.run(db, { hash });
}

const STOP = defineQuery((db, p: Hash) => db.delete(subscriptions).where(eq(subscriptions.manageHash, p.hash)));

/** Stops a subscription: nothing of it is kept, the address least of all. Returns whether there was one. */
export function stopSubscription(db: Db, token: string): boolean {
  return STOP.run(db, { hash: hashToken(token) }).changes > 0;
}

/** Days after which an address that nothing reaches any more is forgotten. */
const UNREACHABLE_DAYS = 30;
const UNREACHABLE = defineQuery((db, p: Params<{ since: Instant }>) => {
  const messagesOf = () => db.select({ id: subscriptionMessages.subscriptionId }).from(subscriptionMessages);
  const { state, createdAt, sentAt } = subscriptionMessages;
  const dead = messagesOf().where(and(eq(state, 'dead'), lt(createdAt, p.since)));
  const reached = messagesOf().where(or(eq(state, 'pending'), gte(sentAt, p.since)));
  return db.delete(subscriptions).where(and(inArray(subscriptions.id, dead), notInArray(subscriptions.id, reached)));
});
const TOLD_LONG_AGO = defineQuery((db, p: Params<{ before: Instant }>) =>
  db
    .delete(subscriptionMessages)
    .where(and(ne(subscriptionMessages.state, 'pending'), lt(subscriptionMessages.createdAt, p.before))),
);
const UNCONFIRMED = defineQuery((db, p: Params<{ before: Instant }>) =>
  db.delete(subscriptions).where(and(isNull(subscriptions.confirmedAt), lt(subscriptions.createdAt, p.before))),
);

/**
 * Forgets subscriptions that nobody confirmed in time or that nothing has reached for long, and what was told long ago. Returns the
 * number of subscriptions.
 */
export function forgetExpired(db: Db, now: Instant): number {
  TOLD_LONG_AGO.run(db, { before: addDays(now, -KEPT_DAYS) });
  forgetConfirmations(db, now);
  const expired = addDays(now, -CONFIRM_HOURS / 24);
  const unreachable = addDays(now, -UNREACHABLE_DAYS);
  return UNCONFIRMED.run(db, { before: expired }).changes + UNREACHABLE.run(db, { since: unreachable }).changes;
}
