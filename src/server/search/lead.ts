import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { Tally } from '../notices/tally.ts';
import type { PageRequest } from './backend.ts';

/** A leading hit, with what it is counted and sorted by. */
export interface LeadRow extends Tally {
  id: string;
  published_at: string;
  closes_at: string | null;
  amount_fen: number | null;
}

/** The leading hits as rows, in their order; ids that are no longer public are left out. */
export function readLead(db: Db, ids: readonly string[]): LeadRow[] {
  if (ids.length === 0) return [];
  const rows = listRows<LeadRow>(
    db,
    `SELECT id, category, stage, county, 1 AS total, published_at, closes_at, amount_fen FROM published_notices
     WHERE id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Order of two rows as lists have it: see the sorts of `notices/order.ts`. */
export function compareRows(a: LeadRow, b: LeadRow, sort: PageRequest['sort'], at: string): number {
  const group = ({ closes_at }: LeadRow) => (closes_at === null ? 2 : closes_at > at ? 0 : 1);
  const newest = b.published_at.localeCompare(a.published_at);
  if (sort === 'amount') return (b.amount_fen ?? -1) - (a.amount_fen ?? -1) || newest;
  if (sort !== 'deadline') return newest;
  const closing = (a.closes_at ?? '').localeCompare(b.closes_at ?? '');
  return group(a) - group(b) || (group(a) === 0 ? closing : -closing) || newest;
}
