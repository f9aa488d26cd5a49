import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { County } from '#src/domain/counties/counties.ts';
import { sources } from './sources.ts';

/** Public keys with which counties sign what they push. A county may have several at a time: rotation overlaps. */
export const pushKeys = sqliteTable(
  'push_keys',
  {
    /** The `keyid` of signatures. */
    id: text().primaryKey(),
    county: text().$type<County>().notNull(),
    /** The source that everything signed with the key belongs to. */
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    /** Ed25519, the 32 raw bytes in base64. */
    publicKey: text().notNull(),
    createdAt: text().notNull(),
    /** Set when the key is rotated: it counts until then. */
    expiresAt: text(),
    revokedAt: text(),
  },
  (table) => [index('push_keys_county').on(table.county, table.createdAt)],
);

/** Nonces of accepted signatures, kept for twice the time that a signature counts: none counts twice. */
export const pushNonces = sqliteTable(
  'push_nonces',
  {
    keyId: text().notNull(),
    nonce: text().notNull(),
    seenAt: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.nonce] }), index('push_nonces_seen').on(table.seenAt)],
);

/** Pushes by idempotency key, with the answer once there is one: a repeat gets the same answer and changes nothing. */
export const pushRequests = sqliteTable(
  'push_requests',
  {
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    idempotencyKey: text().notNull(),
    kind: text({ enum: ['notices', 'exposures', 'organizations'] }).notNull(),
    /** SHA-256 of the body in base64. */
    digest: text().notNull(),
    receivedAt: text().notNull(),
    /** JSON; null while the push is being worked on, or when its process died. */
    answer: text(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceKey, table.idempotencyKey] }),
    index('push_requests_received').on(table.receivedAt),
  ],
);
