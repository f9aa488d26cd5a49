import { count, isNull, max } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import type { ItemState } from '#src/domain/disclosure/catalogue.ts';
import { OWN_ITEMS, type OwnItem, ownItemState } from '#src/domain/disclosure/own-items.ts';
import { formatDate } from '#src/domain/time/time.ts';

/** An item of our own with how it stands. */
export interface OwnItemRow extends OwnItem {
  state: ItemState;
  reason: string;
}

/** What the body publishes of itself, with the state of each on a day, `YYYY-MM-DD`. */
export function listOwnItems(db: Db, today: string): OwnItemRow[] {
  const rows = db
    .select({ kind: articles.kind, count: count(), latest: max(articles.publishedAt) })
    .from(articles)
    .where(isNull(articles.withdrawnAt))
    .groupBy(articles.kind)
    .all();
  const byKind = new Map(rows.map((row) => [row.kind, row]));
  return OWN_ITEMS.map((item) => {
    const found = item.kind === null ? undefined : byKind.get(item.kind);
    const latest = found?.latest ? formatDate(found.latest) : null;
    return { ...item, ...ownItemState(item, { count: found?.count ?? 0, latest }, today) };
  });
}
