import type { Db } from '#db/client.ts';
import type { IncompleteExposure, Supplement } from '#src/domain/exposures/incomplete.ts';
import { stableId } from '#src/domain/identifiers/ids.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { findRow, listRows, run } from '../statements.ts';
import type { IncompleteRecord } from './incomplete.ts';
import type { RecordField } from './labels.ts';

interface Item {
  sourceKey: string;
  sourceItemId: string;
}

/** An incomplete record as staff see it. */
export interface KeptRecord extends Item {
  id: string;
  sourceName: string;
  said: IncompleteExposure;
  missing: RecordField[];
  supplement: Supplement | null;
  updatedAt: Instant;
}

const SAVE = `
  INSERT INTO incomplete_exposures (id, source_key, source_item_id, said, missing, first_seen_at, updated_at)
  VALUES (@id, @sourceKey, @sourceItemId, @said, @missing, @now, @now)
  ON CONFLICT (source_key, source_item_id) DO UPDATE SET said = excluded.said, missing = excluded.missing,
    exposure_id = NULL, updated_at = iif(said = excluded.said, updated_at, excluded.updated_at)`;

/** Keeps a record that is no entry yet; what staff added to it stays. */
export function saveIncomplete(
  db: Db,
  { sourceKey, sourceItemId }: Item,
  { said, missing }: IncompleteRecord,
  now: Instant,
): void {
  const id = stableId('incomplete', sourceKey, sourceItemId);
  const texts = { said: JSON.stringify(said), missing: JSON.stringify(missing) };
  run(db, SAVE, { id, sourceKey, sourceItemId, ...texts, now });
}

/** Notes which entry a record became, by what its source or staff added. */
export function settleIncomplete(db: Db, { sourceKey, sourceItemId }: Item, exposureId: string): void {
  const sql = 'UPDATE incomplete_exposures SET exposure_id = ? WHERE source_key = ? AND source_item_id = ?';
  run(db, sql, [exposureId, sourceKey, sourceItemId]);
}

/** The labels and values that staff added to an item's record. */
export function findSupplement(db: Db, { sourceKey, sourceItemId }: Item): Record<string, string> | undefined {
  const sql = `SELECT supplement FROM incomplete_exposures
    WHERE source_key = ? AND source_item_id = ? AND supplement IS NOT NULL`;
  const row = findRow<{ supplement: string }>(db, sql, sourceKey, sourceItemId);
  return row && (JSON.parse(row.supplement) as Supplement).fields;
}

/** Keeps what staff found out about a record. @throws Error when there is no such record that waits for it. */
export function addSupplement(db: Db, id: string, supplement: Supplement): KeptRecord {
  const sql = 'UPDATE incomplete_exposures SET supplement = ?, updated_at = ? WHERE id = ? AND exposure_id IS NULL';
  if (run(db, sql, [JSON.stringify(supplement), supplement.at, id]).changes === 0) {
    throw new Error(`没有这条待补录的记录：${id}`);
  }
  return listIncomplete(db).find((record) => record.id === id) as KeptRecord;
}

/** Records that still lack something, the newest first. */
export function listIncomplete(db: Db): KeptRecord[] {
  const rows = listRows<Record<'said' | 'missing', string> & { supplement: string | null } & Omit<KeptRecord, 'said'>>(
    db,
    `SELECT i.id, i.source_key AS sourceKey, i.source_item_id AS sourceItemId, s.name AS sourceName, i.said, i.missing,
       i.supplement, i.updated_at AS updatedAt
     FROM incomplete_exposures i JOIN sources s ON s.key = i.source_key
     WHERE i.exposure_id IS NULL ORDER BY i.updated_at DESC, i.id`,
  );
  return rows.map(({ said, missing, supplement, ...row }) => ({
    ...row,
    said: JSON.parse(said) as IncompleteExposure,
    missing: JSON.parse(missing) as RecordField[],
    supplement: supplement ? (JSON.parse(supplement) as Supplement) : null,
  }));
}
