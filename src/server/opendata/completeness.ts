import { listRows, memoizeOnData } from '#db/statements.ts';
import { CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import type { Instant } from '#src/domain/time/time.ts';

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

/** Every category, those without notices too. Counted once for as long as the data stays the same. */
export const listCompleteness = memoizeOnData((db): Completeness[] => {
  const rows = listRows<Completeness>(
    db,
    `SELECT category, count(*) AS total, min(published_at) AS first, max(published_at) AS newest,
       count(buyer) AS withBuyer, count(project_code) AS withProjectCode, count(amount_fen) AS withAmount,
       count(deadline_at) AS withDeadline
     FROM published_notices GROUP BY category`,
  );
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
