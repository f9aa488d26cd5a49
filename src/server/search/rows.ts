import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { named, valuesOf } from '#db/sql-pieces.ts';
import { n } from '../notices/conditions.ts';
import type { PageRequest } from './backend.ts';

const ROWS = defineSelect((p: Params<{ ids: string }>) => ({
  fields: {
    id: n.id,
    title: n.title,
    buyer: n.buyer,
    suppliers: n.suppliers,
    agency: n.agency,
    category: n.category,
    stage: n.stage,
    county: n.county,
    total: sql<number>`1`,
    publishedAt: n.publishedAt,
    firstSeenAt: n.firstSeenAt,
    closesAt: n.closesAt,
    amountFen: n.amountFen,
  },
  rest: sql`FROM ${named(n)} WHERE ${n.id} IN ${valuesOf(p.ids)}`,
}));

/** A hit, with what it is counted, sorted and ranked by. */
export type HitRow = ReturnType<typeof ROWS.all>[number];

/** Hits as rows, in their order; ids that are no longer public are left out. */
export function readRows(db: Db, ids: readonly string[]): HitRow[] {
  if (ids.length === 0) return [];
  const byId = new Map(ROWS.all(db, { ids: JSON.stringify(ids) }).map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Order of two rows as lists have it: see the sorts of `notices/order.ts`. */
export function compareRows(a: HitRow, b: HitRow, sort: PageRequest['sort'], at: string): number {
  const group = ({ closesAt }: HitRow) => (closesAt === null ? 2 : closesAt > at ? 0 : 1);
  const newest = b.publishedAt.localeCompare(a.publishedAt);
  if (sort === 'arrived') return b.firstSeenAt.localeCompare(a.firstSeenAt) || newest;
  if (sort === 'amount') return (b.amountFen ?? -1) - (a.amountFen ?? -1) || newest;
  if (sort !== 'deadline') return newest;
  const closing = (a.closesAt ?? '').localeCompare(b.closesAt ?? '');
  return group(a) - group(b) || (group(a) === 0 ? closing : -closing) || newest;
}
