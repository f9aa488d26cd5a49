import { sql } from 'drizzle-orm';
import { index, primaryKey, text } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { instant, number, oneOf } from './columns.ts';
import { table } from './table.ts';

/** `masked`: stricter rules found in the content what may not be public. `removed`: the content was destroyed, by law. */
const REDACTION_KINDS = ['masked', 'removed'] as const;

/**
 * Stored versions whose content was replaced or destroyed, by whom and why. Append-only: content may be replaced or destroyed only
 * after it was written down here (triggers). The hash of what was there before is not kept: out of it a masked number could be
 * computed.
 */
export const redactions = table(
  'redactions',
  {
    subject: oneOf(['notice', 'exposure']).notNull(),
    /** Id of the notice or of the entry of the exposure board. */
    id: text().notNull(),
    version: number(1).notNull(),
    kind: oneOf(REDACTION_KINDS).notNull().default('masked'),
    /** The rules (`SANITIZER_VERSION`) of that time. */
    sanitizerVersion: number().notNull(),
    /** SHA-256 (hex) of the content from then on; null when there is none. */
    hash: text(),
    /** SHA-256 (hex) of salt and content from then on; null when there is none, or before there were seals. */
    seal: text(),
    /** Personal numbers that were masked; 0 when markup or invisible characters were cleaned. */
    masked: number().notNull(),
    /** Position in the changes feed that tells of it; 0 when the version was not the public one, or everything was removed. */
    change: number().notNull(),
    /** The legal ground of a removal, in words that may be read in public; empty where `sanitizerVersion` tells it. */
    reason: text().notNull().default(''),
    at: instant().notNull(),
    /** Whoever made it, an `Actor`; `unknown` before actors were noted. */
    actor: text().$type<Actor>().notNull().default(sql`'unknown'`),
  },
  (table) => [
    primaryKey({ columns: [table.subject, table.id, table.version, table.sanitizerVersion, table.kind] }),
    index('redactions_change').on(table.change),
  ],
  { rules: { removed: "(kind = 'removed') = (hash IS NULL)" } },
);

/**
 * What was removed whole by law: nothing comes in again under its id, nor the same words under another. Append-only, and of things
 * that the database need not have: after a restore it knows also what came and was removed since the backup.
 */
export const removals = table(
  'removals',
  {
    subject: oneOf(['notice', 'exposure', 'article']).notNull(),
    /** Id of the notice, of the entry of the exposure board or of the article; ids that a notice had before have rows of their own. */
    id: text().notNull(),
    /** The legal ground, in words that may be read in public. */
    reason: text().notNull(),
    /** Random, in hex, and SHA-256 (hex) of it and the notice's twin key and fingerprint; null where there was no content. */
    salt: text(),
    mark: text(),
    at: instant().notNull(),
    /** Whoever had it removed, an `Actor`. */
    actor: text().$type<Actor>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.id] })],
  { rules: { marked: '(salt IS NULL) = (mark IS NULL)' } },
);

/**
 * What single versions said that was removed by law while their notice or entry goes on: the same words do not come in again, under
 * whatever number or id. Append-only, and of things that the database need not have, as `removals`.
 */
export const removedContents = table(
  'removed_contents',
  {
    subject: oneOf(['notice', 'exposure']).notNull(),
    /** Id of the notice or of the entry of the exposure board. */
    id: text().notNull(),
    /** SHA-256 (hex) of the salt and of what the content is known again by: its words, or its hash where other versions have those words. */
    mark: text().notNull(),
    /** Random, in hex. */
    salt: text().notNull(),
    /** The legal ground, in words that may be read in public. */
    reason: text().notNull(),
    at: instant().notNull(),
    /** Whoever had it removed, an `Actor`. */
    actor: text().$type<Actor>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.id, table.mark] })],
);
