import type { Db } from '#db/client.ts';
import { findRow, listRows } from '#db/statements.ts';
import { FTS_CURSOR, saveState } from '#db/states.ts';
import { type IndexableRow, listIndexableRows, toSearchDocument } from './document.ts';
import { learnTerms } from './vocabulary.ts';

const BATCH = 500;

const DELETE_INDEXED = 'DELETE FROM search_index WHERE rowid = (SELECT id FROM search_documents WHERE notice_id = ?)';

/** Writes one notice's row into the full-text table. The caller holds the transaction. */
function insertRow(db: Db, row: IndexableRow): void {
  const document = toSearchDocument(row);
  const { lastInsertRowid } = db.$client
    .prepare(
      `INSERT INTO search_documents (notice_id, version, category, stage, county, published_at, deadline_at, amount_fen)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(row.id, row.version, row.category, row.stage, row.county, row.published_at, row.closes_at, row.amount_fen);
  db.$client
    .prepare('INSERT INTO search_index (rowid, title, parties, place, body) VALUES (?, ?, ?, ?, ?)')
    .run(lastInsertRowid, document.title, document.parties, document.place, document.body);
}

/**
 * Brings the built-in index in line with the database for the given notices: public ones are written, others removed.
 * One transaction; `within` runs inside it (for a cursor).
 */
export function refreshFts(db: Db, ids: readonly string[], within: () => void = () => {}): void {
  const rows = listIndexableRows(db, ids);
  db.$client
    .transaction(() => {
      const fresh = new Set(ids);
      for (const id of ids) {
        db.$client.prepare(DELETE_INDEXED).run(id);
        if (db.$client.prepare('DELETE FROM search_documents WHERE notice_id = ?').run(id).changes > 0)
          fresh.delete(id);
      }
      for (const row of rows) insertRow(db, row);
      learnTerms(
        db,
        rows.filter(({ id }) => fresh.has(id)),
      );
      within();
    })
    .immediate();
}

/** Notices whose built-in index row is missing, of another version, or should not be there. */
function listDiverging(db: Db): string[] {
  return listRows<{ id: string }>(
    db,
    `SELECT n.id FROM published_notices n LEFT JOIN search_documents d ON d.notice_id = n.id
     WHERE d.version IS NULL OR d.version <> n.version
     UNION ALL
     SELECT d.notice_id FROM search_documents d LEFT JOIN published_notices n ON n.id = d.notice_id WHERE n.id IS NULL`,
  ).map(({ id }) => id);
}

/** Compares the built-in index with the database and repairs what differs. Returns the number of repaired notices. */
export function reconcileFts(db: Db): number {
  const ids = listDiverging(db);
  for (let start = 0; start < ids.length; start += BATCH) refreshFts(db, ids.slice(start, start + BATCH));
  return ids.length;
}

/** Empties the built-in index and fills it again. What changes meanwhile is in the outbox behind the saved cursor. */
export function rebuildFts(db: Db, onProgress: (done: number, total: number) => void = () => {}): void {
  const seq = findRow<{ seq: number }>(db, 'SELECT coalesce(max(seq), 0) AS seq FROM outbox')?.seq ?? 0;
  db.$client
    .transaction(() => {
      db.$client.exec("INSERT INTO search_index (search_index) VALUES ('delete-all')");
      for (const table of ['search_documents', 'search_terms', 'search_aliases']) {
        db.$client.exec(`DELETE FROM ${table}`);
      }
    })
    .immediate();
  const ids = listRows<{ id: string }>(db, 'SELECT id FROM published_notices').map(({ id }) => id);
  for (let start = 0; start < ids.length; start += BATCH) {
    refreshFts(db, ids.slice(start, start + BATCH));
    onProgress(Math.min(start + BATCH, ids.length), ids.length);
  }
  db.$client.exec("INSERT INTO search_index (search_index) VALUES ('optimize')");
  saveState(db, FTS_CURSOR, String(seq));
}
