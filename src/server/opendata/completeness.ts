import { sql } from 'drizzle-orm';
import { memoizeOnData } from '#db/memoize.ts';
import { defineSelect } from '#db/query.ts';
import { named } from '#db/sql-pieces.ts';
import { CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { n } from '../notices/conditions.ts';

/** How many public notices of a category there are, and how many of them say what. */
export interface Completeness {
  category: Category;
  total: number;
  /** Day of the first and of the newest notice; null without notices. */
  first: Instant | null;
  newest: Instant | null;
  withBuyer: number;
  withProjectCode: number;
  withAmount: number;
  withDeadline: number;
}

const BY_CATEGORY = defineSelect(() => ({
  fields: {
    category: n.category,
    total: sql<number>`count(*)`,
    first: sql<Instant | null>`min(${n.publishedAt})`,
    newest: sql<Instant | null>`max(${n.publishedAt})`,
    withBuyer: sql<number>`count(${n.buyer})`,
    withProjectCode: sql<number>`count(${n.projectCode})`,
    withAmount: sql<number>`count(${n.amountFen})`,
    withDeadline: sql<number>`count(${n.deadlineAt})`,
  },
  rest: sql`FROM ${named(n)} GROUP BY ${n.category}`,
}));

/** Every category, those without notices too. Counted once for as long as the data stays the same. */
export const listCompleteness = memoizeOnData((db): Completeness[] => {
  const rows = BY_CATEGORY.all(db);
  const found = new Map(rows.map((row) => [row.category, row]));
  const none = {
    total: 0,
    first: null,
    newest: null,
    withBuyer: 0,
    withProjectCode: 0,
    withAmount: 0,
    withDeadline: 0,
  };
  return CATEGORY_SLUGS.map((category) => found.get(category) ?? { category, ...none });
});
