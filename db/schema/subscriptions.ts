import { index, primaryKey, text } from 'drizzle-orm/sqlite-core';
import { VERSION_REASONS } from '#src/domain/notices/notice-content.ts';
import { CHANNEL_KEYS, FREQUENCY_KEYS } from '#src/domain/subscriptions/channels.ts';
import { MESSAGE_KIND_KEYS } from '#src/domain/subscriptions/message-kinds.ts';
import { instant, number, oneOf } from './columns.ts';
import { notices } from './notices.ts';
import { table } from './table.ts';

/**
 * Who asked to be told of what. The row is all that is kept of a subscriber and goes away whole when the subscription is stopped
 * or was never confirmed.
 */
export const subscriptions = table(
  'subscriptions',
  {
    id: text().primaryKey(),
    channel: oneOf(CHANNEL_KEYS).notNull(),
    /** Mail address, or address of the webhook. */
    address: text().notNull(),
    /** The vendor's signing secret, for the robots that have one. */
    secret: text(),
    /** The filter as a query in canonical order. */
    filter: text().notNull(),
    frequency: oneOf(FREQUENCY_KEYS).notNull(),
    /** SHA-256 (hex) of the token that confirms it. */
    confirmHash: text().notNull().unique(),
    /** SHA-256 (hex) of the token that shows and stops it. */
    manageHash: text().notNull().unique(),
    createdAt: instant().notNull(),
    confirmedAt: instant(),
  },
  (table) => [
    index('subscriptions_address').on(table.address, table.createdAt),
    index('subscriptions_confirmed').on(table.confirmedAt),
  ],
);

/** What was or will be sent, one row a message. A message keeps its id and its content through all attempts. */
export const subscriptionMessages = table(
  'subscription_messages',
  {
    id: text().primaryKey(),
    subscriptionId: text()
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    kind: oneOf(MESSAGE_KIND_KEYS).notNull(),
    /** `dead`: given up after many attempts; `dismissed`: staff have seen that. */
    state: oneOf(['pending', 'sent', 'dead', 'dismissed']).notNull(),
    attempts: number().notNull(),
    /** When it is tried next; while it is being tried, when it counts as lost. */
    dueAt: instant().notNull(),
    createdAt: instant().notNull(),
    sentAt: instant(),
    /** Why the last attempt failed. */
    error: text(),
  },
  (table) => [
    index('subscription_messages_due').on(table.state, table.dueAt),
    index('subscription_messages_subscription').on(table.subscriptionId, table.createdAt),
  ],
);

/** Changes of notices that a subscriber is to be told of: each once. */
export const subscriptionDeliveries = table(
  'subscription_deliveries',
  {
    subscriptionId: text()
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    noticeId: text()
      .notNull()
      .references(() => notices.id),
    version: number(1).notNull(),
    kind: oneOf(VERSION_REASONS).notNull(),
    createdAt: instant().notNull(),
    /** The message that tells it; null until it is put into one. */
    messageId: text().references(() => subscriptionMessages.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.subscriptionId, table.noticeId, table.version] }),
    index('subscription_deliveries_notice').on(table.noticeId),
    index('subscription_deliveries_message').on(table.messageId),
  ],
);

/**
 * Whom a confirmation was sent to in the last day, so that nobody's mailbox can be flooded. A row goes when its subscription is
 * confirmed and stays when it is stopped; it holds keyed hashes, which tell nobody's address.
 */
export const confirmationRequests = table(
  'confirmation_requests',
  {
    /** The subscription that was to be confirmed. */
    id: text().primaryKey(),
    /** HMAC-SHA-256 (base64url) of the mailbox, or of the webhook's address. */
    recipient: text().notNull(),
    /** The same of the mail domain, or of the webhook's host. */
    host: text().notNull(),
    askedAt: instant().notNull(),
  },
  (table) => [index('confirmation_requests_asked').on(table.askedAt)],
);
