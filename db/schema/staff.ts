import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import type { AuditAction } from '#src/domain/staff/audit.ts';
import { ROLE_KEYS } from '#src/domain/staff/roles.ts';
import { flag, instant, jsonText, number, oneOf } from './columns.ts';
import { table } from './table.ts';

/** People who sign in to the console. An account is disabled, never deleted: what it did stays named. */
export const staffAccounts = table('staff_accounts', {
  id: text().primaryKey(),
  /** What is typed to sign in, as `toLoginName` writes it. */
  loginName: text().notNull().unique(),
  displayName: text().notNull(),
  /** The only county that the person acts for; null for the city's own staff. */
  county: oneOf(COUNTY_SLUGS),
  /** argon2id, PHC string; null until the person has set a password. */
  passwordHash: text(),
  /** Shared secret of one-time passwords (RFC 6238), base32; null until it was set up and proved. */
  totpSecret: text(),
  /** The last time step whose one-time password was taken: none counts twice. */
  totpStep: number().notNull().default(0),
  createdAt: instant().notNull(),
  disabledAt: instant(),
  /** Rises with every change that ends sessions or voids what was seen of the account. */
  revision: number(1).notNull().default(1),
});

export const staffRoles = table(
  'staff_roles',
  {
    accountId: text()
      .notNull()
      .references(() => staffAccounts.id),
    role: oneOf(ROLE_KEYS).notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.role] })],
);

/** Addresses that let somebody set a password once: invitations, and resets. */
export const staffLinks = table(
  'staff_links',
  {
    /** SHA-256 (hex) of the token. */
    hash: text().primaryKey(),
    accountId: text()
      .notNull()
      .references(() => staffAccounts.id),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (table) => [index('staff_links_account').on(table.accountId)],
);

/** Codes that stand in for a one-time password when the device is lost: each once. */
export const staffRecoveryCodes = table(
  'staff_recovery_codes',
  {
    accountId: text()
      .notNull()
      .references(() => staffAccounts.id),
    /** SHA-256 (hex) of the code: they are random, 80 bits. */
    hash: text().notNull(),
    usedAt: instant(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.hash] })],
);

/** Who a government sign-on says somebody is, as an administrator has linked it to an account: never by name or mail address. */
export const staffIdentities = table(
  'staff_identities',
  {
    /** Address of the provider, as its tokens name it (`iss`). */
    issuer: text().notNull(),
    /** The person at that provider (`sub`). */
    subject: text().notNull(),
    accountId: text()
      .notNull()
      .references(() => staffAccounts.id),
    linkedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.issuer, table.subject] }),
    uniqueIndex('staff_identities_account').on(table.accountId, table.issuer),
  ],
);

/** Who is signed in, by what is kept of the cookie. */
export const staffSessions = table(
  'staff_sessions',
  {
    /** SHA-256 (hex) of the token in the cookie. */
    hash: text().primaryKey(),
    /** What people see of it, and end it by. */
    id: text().notNull().unique(),
    accountId: text()
      .notNull()
      .references(() => staffAccounts.id),
    createdAt: instant().notNull(),
    seenAt: instant().notNull(),
    /** When it ends whatever is done with it. */
    expiresAt: instant().notNull(),
    hasSecondFactor: flag().notNull(),
    /** When the password was last given again. */
    steppedUpAt: instant(),
    /** Client address without its last part, and the browser's name: enough to know one's own. */
    address: text().notNull(),
    agent: text().notNull(),
    endedAt: instant(),
  },
  (table) => [index('staff_sessions_account').on(table.accountId, table.createdAt)],
);

/** Wrong passwords in a row, by account, device or client address: how long the next has to wait. */
export const staffFailures = table('staff_failures', {
  /** `account:…`, `device:…`, `stepUp:…` or `address:…`, keyed hash of the rest. */
  key: text().primaryKey(),
  failures: number(1).notNull(),
  lastAt: instant().notNull(),
});

/** Everything that staff did. Append-only. */
export const auditEvents = table(
  'audit_events',
  {
    seq: integer().primaryKey(),
    at: instant().notNull(),
    actor: text().$type<Actor>().notNull(),
    /** Posts that the person held then, comma-separated. */
    roles: text().notNull(),
    /** Not an enumeration of the database's: what was done keeps its name when the table of rights has others. */
    action: text().$type<AuditAction>().notNull(),
    /** What it was done to: `account:…`, `draft:…`; '' where there is nothing. */
    subject: text().notNull(),
    county: oneOf(COUNTY_SLUGS),
    /** SHA-256 (hex) of what was there before and after, where something was changed. */
    before: text(),
    after: text(),
    reason: text(),
    /** Client address without its last part. */
    address: text().notNull(),
    /** JSON object: what else is to be told of it; nothing secret, nothing sealed. */
    details: jsonText().notNull().default(sql`'{}'`),
    /** SHA-256 (hex) over the row before and this one; null in rows that are older than the chain, all of which its first link covers. */
    chain: text(),
  },
  (table) => [
    index('audit_events_actor').on(table.actor, table.seq),
    index('audit_events_subject').on(table.subject, table.seq),
    index('audit_events_action').on(table.action, table.seq),
  ],
);
