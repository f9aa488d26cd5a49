import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * Who asked to be told of what. The row is all that is kept of a subscriber and goes away whole when the subscription is stopped
 * or was never confirmed.
 */
export const subscriptions = sqliteTable(
  'subscriptions',
  {
    id: text().primaryKey(),
    channel: text({ enum: ['email', 'wecom', 'dingtalk', 'feishu', 'webhook'] }).notNull(),
    /** Mail address, or address of the webhook. */
    address: text().notNull(),
    /** The vendor's signing secret, for the robots that have one. */
    secret: text(),
    /** The filter as a query in canonical order. */
    filter: text().notNull(),
    rhythm: text({ enum: ['instant', 'daily'] }).notNull(),
    /** SHA-256 (hex) of the token that confirms it. */
    confirmHash: text().notNull().unique(),
    /** SHA-256 (hex) of the token that shows and stops it. */
    manageHash: text().notNull().unique(),
    createdAt: text().notNull(),
    confirmedAt: text(),
  },
  (table) => [
    index('subscriptions_address').on(table.address, table.createdAt),
    index('subscriptions_confirmed').on(table.confirmedAt),
  ],
);

/** What was or will be sent, one row a message. A message keeps its id and its content through all attempts. */
export const subscriptionMessages = sqliteTable(
  'subscription_messages',
  {
    id: text().primaryKey(),
    subscriptionId: text()
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['confirm', 'notices'] }).notNull(),
    state: text({ enum: ['pending', 'sent', 'dead'] }).notNull(),
    attempts: integer().notNull(),
    /** When it is tried next; while it is being tried, when it counts as lost. */
    dueAt: text().notNull(),
    createdAt: text().notNull(),
    sentAt: text(),
    /** Why the last attempt failed. */
    error: text(),
  },
  (table) => [
    index('subscription_messages_due').on(table.state, table.dueAt),
    index('subscription_messages_subscription').on(table.subscriptionId, table.createdAt),
  ],
);

/** Changes of notices that a subscriber is to be told of: each once. */
export const subscriptionDeliveries = sqliteTable(
  'subscription_deliveries',
  {
    subscriptionId: text()
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    noticeId: text().notNull(),
    version: integer().notNull(),
    kind: text({ enum: ['created', 'changed', 'withdrawn', 'restored'] }).notNull(),
    createdAt: text().notNull(),
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
export const confirmationRequests = sqliteTable(
  'confirmation_requests',
  {
    /** The subscription that was to be confirmed. */
    id: text().primaryKey(),
    /** HMAC-SHA-256 (base64url) of the mailbox, or of the webhook's address. */
    recipient: text().notNull(),
    /** The same of the mail domain, or of the webhook's host. */
    host: text().notNull(),
    askedAt: text().notNull(),
  },
  (table) => [index('confirmation_requests_asked').on(table.askedAt)],
);
