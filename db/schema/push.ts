import { index, primaryKey, text } from 'drizzle-orm/sqlite-core';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { instant, jsonText, oneOf } from './columns.ts';
import { sources } from './sources.ts';
import { table } from './table.ts';

/** Public keys with which counties sign what they push. A county may have several at a time: rotation overlaps. */
export const pushKeys = table(
  'push_keys',
  {
    /** The `keyid` of signatures. */
    id: text().primaryKey(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    /** The source that everything signed with the key belongs to. */
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    /** Ed25519, the 32 raw bytes in base64. */
    publicKey: text().notNull(),
    createdAt: instant().notNull(),
    /** Set when the key is rotated: it counts until then. */
    expiresAt: instant(),
    revokedAt: instant(),
  },
  (table) => [index('push_keys_county').on(table.county, table.createdAt)],
);

/** Nonces of accepted signatures, kept for twice the time that a signature counts: none counts twice. */
export const pushNonces = table(
  'push_nonces',
  {
    keyId: text()
      .notNull()
      .references(() => pushKeys.id),
    nonce: text().notNull(),
    seenAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.keyId, table.nonce] }), index('push_nonces_seen').on(table.seenAt)],
);

/** Pushes by idempotency key, with the answer once there is one: a repeat gets the same answer and changes nothing. */
export const pushRequests = table(
  'push_requests',
  {
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    idempotencyKey: text().notNull(),
    kind: oneOf(['notices', 'exposures', 'organizations']).notNull(),
    /** SHA-256 of the body in base64. */
    digest: text().notNull(),
    receivedAt: instant().notNull(),
    /** JSON; null while the push is being worked on, or when its process died. */
    answer: jsonText(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceKey, table.idempotencyKey] }),
    index('push_requests_received').on(table.receivedAt),
  ],
);
