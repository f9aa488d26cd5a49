import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect, named, type Params, valuesOf } from '#db/query.ts';
import { n } from '../notices/conditions.ts';
import type { PageRequest } from './backend.ts';

const LEAD = defineSelect((p: Params<{ ids: string }>) => ({
  fields: {
    id: n.id,
    category: n.category,
    stage: n.stage,
    county: n.county,
    total: sql<number>`1`,
    publishedAt: n.publishedAt,
    closesAt: n.closesAt,
    amountFen: n.amountFen,
  },
  rest: sql`FROM ${named(n)} WHERE ${n.id} IN ${valuesOf(p.ids)}`,
}));

/** A leading hit, with what it is counted and sorted by. */
export type LeadRow = ReturnType<typeof LEAD.all>[number];

/** The leading hits as rows, in their order; ids that are no longer public are left out. */
export function readLead(db: Db, ids: readonly string[]): LeadRow[] {
  if (ids.length === 0) return [];
  const byId = new Map(LEAD.all(db, { ids: JSON.stringify(ids) }).map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Order of two rows as lists have it: see the sorts of `notices/order.ts`. */
export function compareRows(a: LeadRow, b: LeadRow, sort: PageRequest['sort'], at: string): number {
  const group = ({ closesAt }: LeadRow) => (closesAt === null ? 2 : closesAt > at ? 0 : 1);
  const newest = b.publishedAt.localeCompare(a.publishedAt);
  if (sort === 'amount') return (b.amountFen ?? -1) - (a.amountFen ?? -1) || newest;
  if (sort !== 'deadline') return newest;
  const closing = (a.closesAt ?? '').localeCompare(b.closesAt ?? '');
  return group(a) - group(b) || (group(a) === 0 ? closing : -closing) || newest;
}
