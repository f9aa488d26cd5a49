import type { Db } from '#db/client.ts';
import { run } from '../statements.ts';

/** Tells those who follow the outbox that a public notice changed, or is no longer public. The caller holds the transaction of the change. Returns the change's position. */
export function announce(
  db: Db,
  kind: 'notice.upsert' | 'notice.remove',
  id: string,
  version: number,
  now: string,
): number {
  return run(db, 'INSERT INTO outbox (kind, notice_id, version, created_at) VALUES (?, ?, ?, ?)', [
    kind,
    id,
    version,
    now,
  ]).lastInsertRowid;
}
