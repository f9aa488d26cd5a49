import { sql } from 'drizzle-orm';
import { index, primaryKey, text } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { instant, number, oneOf } from './columns.ts';
import { table } from './table.ts';

/**
 * Stored versions whose content was replaced, because stricter rules than those of their time found in it what may not be public.
 * Append-only: a version may be replaced only after it was written down here (triggers). The hash of what was there before is not
 * kept: out of it a masked number could be computed.
 */
export const redactions = table(
  'redactions',
  {
    subject: oneOf(['notice', 'exposure']).notNull(),
    /** Id of the notice or of the entry of the exposure board. */
    id: text().notNull(),
    version: number(1).notNull(),
    /** The rules (`SANITIZER_VERSION`) that demanded it. */
    sanitizerVersion: number().notNull(),
    /** SHA-256 (hex) of the content from then on. */
    hash: text().notNull(),
    /** Personal numbers that were masked; 0 when markup or invisible characters were cleaned. */
    masked: number().notNull(),
    /** Position in the changes feed that tells of it; 0 when the version was not the public one. */
    change: number().notNull(),
    at: instant().notNull(),
    /** Whoever made it, an `Actor`; `unknown` before actors were noted. */
    actor: text().$type<Actor>().notNull().default(sql`'unknown'`),
  },
  (table) => [
    primaryKey({ columns: [table.subject, table.id, table.version, table.sanitizerVersion] }),
    index('redactions_change').on(table.change),
  ],
);
