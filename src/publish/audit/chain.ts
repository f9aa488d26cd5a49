import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { asc, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { auditEvents } from '#db/schema/staff.ts';

export type StoredEvent = typeof auditEvents.$inferSelect;

/** SHA-256 (hex) of the row before, and of everything that a row says (canonical JSON, RFC 8785). */
export function chainAfter(before: string, { chain: _chain, ...row }: StoredEvent): string {
  return createHash('sha256')
    .update(`${before}\n${canonicalize(row)}`)
    .digest('hex');
}

/** What the first row of the chain follows: everything that was written down before there was one. */
export function chainStart(db: Db): string {
  const rows = db.select().from(auditEvents).where(isNull(auditEvents.chain)).orderBy(asc(auditEvents.seq)).all();
  return rows.reduce(chainAfter, '');
}

/** The number and the hash of the last row; 0 and '' where there is none. */
export function lastOfChain(db: Db): { seq: number; chain: string } {
  const last = db
    .select({ seq: auditEvents.seq, chain: auditEvents.chain })
    .from(auditEvents)
    .orderBy(sql`${auditEvents.seq} DESC`)
    .limit(1)
    .get();
  if (!last) return { seq: 0, chain: '' };
  return { seq: last.seq, chain: last.chain ?? chainStart(db) };
}
