import type { Db } from '#db/client.ts';
import { findRow, runStatement } from '#db/statements.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { Channel, Rhythm } from '#src/domain/subscriptions/channels.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';
import { parseNoticeFilter } from '../notices/parse-filter.ts';
import { forgetConfirmations } from './confirmation-limit.ts';
import { hashToken, type TokenPurpose } from './tokens.ts';

/** A subscription as its holder sees it. */
export interface SubscriptionView {
  id: string;
  channel: Channel;
  filter: NoticeFilter;
  rhythm: Rhythm;
  confirmedAt: Instant | null;
}

/** Hours after which a subscription that nobody confirmed is forgotten. */
export const CONFIRM_HOURS = 48;
/** Days for which it is kept what a subscriber has been told. */
const KEPT_DAYS = 400;

const COLUMN: Record<TokenPurpose, string> = { confirm: 'confirm_hash', manage: 'manage_hash' };
const isToken = (text: string) => /^[\w-]{43}$/.test(text);

/** The filter of a stored query. */
export const readFilter = (text: string): NoticeFilter => parseNoticeFilter(new URLSearchParams(text));

/** The subscription that a token belongs to. @throws NotFoundError when there is none: never was, expired or stopped */
export function getSubscription(db: Db, purpose: TokenPurpose, token: string): SubscriptionView {
  const sql = `SELECT id, channel, filter, rhythm, confirmed_at AS confirmedAt FROM subscriptions WHERE ${COLUMN[purpose]} = ?`;
  const row = isToken(token)
    ? findRow<Omit<SubscriptionView, 'filter'> & { filter: string }>(db, sql, [hashToken(token)])
    : undefined;
  if (!row) throw new NotFoundError('没有这个订阅：链接不完整，或者订阅已经停止，或者没有在 48 小时内确认。');
  return { ...row, filter: readFilter(row.filter) };
}

const CONFIRM = 'UPDATE subscriptions SET confirmed_at = ? WHERE confirm_hash = ? AND confirmed_at IS NULL';
/** The same asked for again before one was confirmed. */
const REPEATS = `DELETE FROM subscriptions WHERE confirmed_at IS NULL AND (address, channel, filter, rhythm) IN
  (SELECT address, channel, filter, rhythm FROM subscriptions WHERE confirm_hash = ?)`;

/** What its holder wanted counts no longer against being asked. */
const WANTED = `DELETE FROM confirmation_requests WHERE id IN
  (SELECT id FROM subscriptions WHERE confirm_hash = ? AND confirmed_at IS NOT NULL)`;

/** Confirms a subscription and forgets its repeats; again changes nothing. The caller holds the transaction. */
export function confirmSubscription(db: Db, token: string, now: Instant): void {
  const hash = hashToken(token);
  runStatement(db, CONFIRM, [now, hash]);
  for (const sql of [WANTED, REPEATS]) runStatement(db, sql, [hash]);
}

/** Stops a subscription: nothing of it is kept, the address least of all. Returns whether there was one. */
export function stopSubscription(db: Db, token: string): boolean {
  return runStatement(db, 'DELETE FROM subscriptions WHERE manage_hash = ?', [hashToken(token)]) > 0;
}

/** Days after which an address that nothing reaches any more is forgotten. */
const UNREACHABLE_DAYS = 30;
const UNREACHABLE = `DELETE FROM subscriptions WHERE id IN
    (SELECT subscription_id FROM subscription_messages WHERE state = 'dead' AND created_at < ?)
  AND id NOT IN (SELECT subscription_id FROM subscription_messages WHERE state = 'pending' OR sent_at >= ?)`;

/**
 * Forgets subscriptions that nobody confirmed in time or that nothing has reached for long, and what was told long ago. Returns the
 * number of subscriptions.
 */
export function forgetExpired(db: Db, now: Instant): number {
  runStatement(db, `DELETE FROM subscription_messages WHERE state <> 'pending' AND created_at < ?`, [
    addDays(now, -KEPT_DAYS),
  ]);
  forgetConfirmations(db, now);
  const expired = addDays(now, -CONFIRM_HOURS / 24);
  const unreachable = addDays(now, -UNREACHABLE_DAYS);
  return (
    runStatement(db, 'DELETE FROM subscriptions WHERE confirmed_at IS NULL AND created_at < ?', [expired]) +
    runStatement(db, UNREACHABLE, [unreachable, unreachable])
  );
}
