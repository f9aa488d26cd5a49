import type { Db } from '#db/client.ts';
import { findRow, listRows, runStatement } from '#db/statements.ts';
import { readState, saveState } from '#db/states.ts';
import { deleteUnused, forgetName } from './forget.ts';
import { chooseCurrentName } from './names.ts';
import { insertParties, type PartyNotice } from './parties.ts';
import { findOrganization, findRoot } from './records.ts';
import { indexOrganization } from './search-index.ts';

/** Id of the last notice whose parties were looked up by a rebuild that has not ended. */
const POSITION = 'organizations.rebuild';
const BATCH = 500;

export interface RebuildOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Looks up anew whose every party of every public notice is, under the present rules and decisions. An interrupted
 * rebuild goes on where it stopped. Returns whether it came to its end.
 */
export function rebuildLinks(db: Db, { signal, onProgress = () => {} }: RebuildOptions = {}): boolean {
  const total = findRow<{ total: number }>(db, 'SELECT count(*) AS total FROM published_notices')?.total ?? 0;
  let last = readState(db, POSITION, '');
  let done = total - countAfter(db, last);
  for (;;) {
    if (signal?.aborted) return false;
    const rows = listAfter(db, last);
    const end = rows.at(-1);
    if (!end) break;
    last = end.id;
    db.$client.transaction(() => relinkNotices(db, rows)).immediate();
    done += rows.length;
    onProgress(done, total);
  }
  db.$client.transaction(() => tidy(db)).immediate();
  return true;
}

/** Does some public notice have a party that was never looked up? */
export function hasUnresolvedParties(db: Db): boolean {
  return findRow(db, 'SELECT 1 FROM notice_parties WHERE matched_by IS NULL LIMIT 1') !== undefined;
}

type StoredNotice = Omit<PartyNotice, 'suppliers'> & { suppliers: string; body: string };

function listAfter(db: Db, id: string): StoredNotice[] {
  return listRows<StoredNotice>(
    db,
    `SELECT n.id, n.category, n.stage, n.county, n.published_at AS publishedAt, n.buyer, n.agency, n.suppliers,
       n.amount_fen AS amountFen, n.amount_kind AS amountKind, t.body FROM notices n
     JOIN notice_texts t ON t.notice_id = n.id WHERE n.is_public = 1 AND n.id > ? ORDER BY n.id LIMIT ${BATCH}`,
    [id],
  );
}

function countAfter(db: Db, id: string): number {
  const sql = 'SELECT count(*) AS total FROM notices WHERE is_public = 1 AND id > ?';
  return findRow<{ total: number }>(db, sql, [id])?.total ?? 0;
}

function relinkNotices(db: Db, rows: readonly StoredNotice[]): void {
  const now = new Date().toISOString();
  for (const { suppliers, body, ...row } of rows) {
    runStatement(db, 'DELETE FROM notice_parties WHERE notice_id = ?', [row.id]);
    insertParties(db, { ...row, suppliers: JSON.parse(suppliers) as string[] }, body, now);
  }
  saveState(db, POSITION, rows.at(-1)?.id ?? '');
}

const LOST_NAMES = `
  SELECT n.organization_id AS id, n.key FROM organization_names n JOIN organizations o ON o.id = n.organization_id
  WHERE n.known = 'notice' AND NOT EXISTS (SELECT 1 FROM notice_parties p WHERE p.name_key = n.key AND p.uscc = o.uscc
    AND p.organization_id = (
      WITH RECURSIVE up (id, into_id) AS (
        SELECT o.id, o.merged_into UNION ALL SELECT r.id, r.merged_into FROM up JOIN organizations r ON r.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL))`;

/** Drops what no notice says any more, and chooses current names again. */
function tidy(db: Db): void {
  const now = new Date().toISOString();
  for (const { id, key } of listRows<{ id: string; key: string }>(db, LOST_NAMES)) {
    const row = findOrganization(db, id);
    if (row) forgetName(db, row, key, now);
  }
  for (const { id } of listRows<{ id: string }>(db, 'SELECT id FROM organizations')) {
    const row = findOrganization(db, id);
    if (!row || deleteUnused(db, row)) continue;
    chooseCurrentName(db, id, findRoot(db, id)?.id ?? id);
    indexOrganization(db, id);
  }
  runStatement(db, 'DELETE FROM states WHERE key = ?', [POSITION]);
}
