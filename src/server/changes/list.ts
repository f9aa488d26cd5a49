import type { Db } from '#db/client.ts';
import type { NoticeContent } from '#src/domain/notice-content.ts';
import type { Instant } from '#src/domain/time.ts';
import { findRow, listRows } from '../statements.ts';

/** A notice as it is public now, or that it is public no longer: then nothing of it. */
export type Change = { seq: number; id: string; at: Instant } & (
  | { kind: 'upsert'; version: number; hash: string; notice: NoticeContent }
  | { kind: 'remove' }
);

export interface ChangePage {
  items: Change[];
  /** Where to read on. */
  next: string;
  /** Position of the newest change of all. Below what a reader has seen, it tells of a restored database: read from the start. */
  newest: string;
  /** Nothing had been committed beyond `next` when this was read. */
  upToDate: boolean;
}

interface OutboxRow {
  seq: number;
  id: string;
  at: Instant;
}

const OUTBOX = `SELECT seq, notice_id AS id, created_at AS at FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?`;
const PUBLIC = `SELECT n.version, v.hash, v.content FROM published_notices n
  JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version WHERE n.id = ?`;

/**
 * Changes of public notices after a position. The position is the outbox's sequence, which is given out inside the write
 * transactions of a database with one writer at a time: whoever sees a number has seen all lower ones, so nothing can appear behind
 * a reader. Each notice comes once a page, as it is now: what was withdrawn since is never told again, and what changes again
 * comes again.
 */
export function listChanges(db: Db, since: number, limit: number): ChangePage {
  const read = () => {
    const rows = listRows<OutboxRow>(db, OUTBOX, [since, limit]);
    const latest = new Map(rows.map((row) => [row.id, row]));
    const items = [...latest.values()].sort((one, other) => one.seq - other.seq).map((row) => toChange(db, row));
    return {
      items,
      next: String(rows.at(-1)?.seq ?? since),
      newest: String(lastChange(db)),
      upToDate: rows.length < limit,
    };
  };
  return db.$client.transaction(read).deferred();
}

function toChange(db: Db, { seq, id, at }: OutboxRow): Change {
  const row = findRow<{ version: number; hash: string; content: string }>(db, PUBLIC, [id]);
  if (!row) return { seq, id, at, kind: 'remove' };
  const { version, hash, content } = row;
  return { seq, id, at, kind: 'upsert', version, hash, notice: JSON.parse(content) as NoticeContent };
}

/** The position of the newest change; 0 when there is none. */
export function lastChange(db: Db): number {
  return findRow<{ seq: number | null }>(db, 'SELECT max(seq) AS seq FROM outbox', [])?.seq ?? 0;
}
