import { and, count, eq, inArray, max } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { memoizeOnData } from '#db/memoize.ts';
import { publishedNotices } from '#db/schema/index.ts';
import { CATALOGUE, type CatalogueItem, type ItemState, itemState } from '#src/domain/disclosure/catalogue.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { listAllTallies } from '../notices/tally.ts';

/** An item with what was published under it. */
export interface CatalogueRow extends CatalogueItem {
  count: number;
  /** Day of the latest; null where there is none. */
  latest: string | null;
  state: ItemState;
  /** Why it stands so, in words. */
  reason: string;
}

const latestOf = memoizeOnData((db: Db): Map<number, { count: number; latest: string | null }> => {
  const { category, stage, publishedAt } = publishedNotices;
  return new Map(
    CATALOGUE.map((item) => {
      if (item.stages.length === 0) return [item.number, { count: 0, latest: null }];
      const row = db
        .select({ count: count(), latest: max(publishedAt) })
        .from(publishedNotices)
        .where(and(eq(category, item.category), inArray(stage, [...item.stages])))
        .get();
      return [item.number, { count: row?.count ?? 0, latest: row?.latest ? formatDate(row.latest) : null }];
    }),
  );
});

/** The catalogue with the state of each item on a day, `YYYY-MM-DD`. */
export function listCatalogue(db: Db, today: string): CatalogueRow[] {
  const inCategory = new Map<string, number>();
  for (const { category, total } of listAllTallies(db))
    inCategory.set(category, (inCategory.get(category) ?? 0) + total);
  const counts = latestOf(db);
  return CATALOGUE.map((item) => {
    const found = counts.get(item.number) ?? { count: 0, latest: null };
    return { ...item, ...found, ...itemState(item, found, inCategory.get(item.category) ?? 0, today) };
  });
}
