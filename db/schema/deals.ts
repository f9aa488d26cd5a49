import { text } from 'drizzle-orm/sqlite-core';
import { DEAL_STATES } from '#src/domain/deals/deal.ts';
import { jsonText, number, oneOf } from './columns.ts';
import { projects } from './notices.ts';
import { table } from './table.ts';

/**
 * The course of each project as its public notices tell it. Derived in the transaction that changes a notice; `npm run reextract`
 * derives what other rules have made, `verify` derives all again.
 */
export const deals = table('deals', {
  projectId: text()
    .primaryKey()
    .references(() => projects.id),
  /** What the notices made of it, free of the clock; null when none of them tells. */
  state: oneOf(DEAL_STATES),
  /** Number of the rules that derived it. */
  rules: number().notNull(),
  /** JSON of a `Deal`, kept as it was derived. */
  course: jsonText().notNull(),
});
