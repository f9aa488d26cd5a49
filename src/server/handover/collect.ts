import type { Db } from '#db/client.ts';
import { toCursor } from '#db/epoch.ts';
import { listRows, runStatement } from '#db/statements.ts';
import { readState, saveState } from '#db/states.ts';
import type { Category } from '#src/domain/categories.ts';
import { findObstacle } from '#src/domain/handover/fields.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** Where the hand-over stands in the outbox. */
const CURSOR = 'handover.cursor';
/** Outbox rows looked at in one transaction, and records of a file at most. */
const STRIDE = 1_000;

interface ChangeRow {
  seq: number;
  id: string;
  version: number;
  category: Category;
  stage: Stage;
  isPublic: number;
}

const CHANGES = `SELECT o.seq, n.id, n.version, n.category, n.stage, n.is_public AS isPublic
  FROM outbox o JOIN notices n ON n.id = o.notice_id WHERE o.seq > ? ORDER BY o.seq LIMIT ${STRIDE}`;
const ADD = 'INSERT OR IGNORE INTO handovers (notice_id, version, batch_id, remark) VALUES (?, ?, ?, ?)';
const ADD_BATCH = "INSERT OR IGNORE INTO handover_batches (id, state, created_at) VALUES (?, 'pending', ?)";
const IS_KNOWN = 'SELECT 1 FROM handovers WHERE notice_id = ? AND version = ?';
const WAS_SENT = 'SELECT 1 FROM handovers WHERE notice_id = ? AND batch_id IS NOT NULL';

/** Puts everything that was published or changed since the last time into the sent log and into files to be written. */
export function collectChanges(db: Db, now: Instant): void {
  while (db.$client.transaction(() => collectSome(db, now)).immediate());
}

/** True while there may be more. The position moves in the same transaction. */
function collectSome(db: Db, now: Instant): boolean {
  const rows = listRows<ChangeRow>(db, CHANGES, [Number(readState(db, CURSOR, '0'))]);
  const last = rows.at(-1);
  if (!last) return false;
  const latest = [...new Map(rows.map((row) => [row.id, row])).values()];
  // The epoch: after a restore numbers come again, and no file may take the place of one that was handed over.
  const batch = `${now.slice(0, 10).replaceAll('-', '')}-${toCursor(db, last.seq)}`;
  for (const row of latest) collectOne(db, row, batch, now);
  saveState(db, CURSOR, String(last.seq));
  return rows.length === STRIDE;
}

function collectOne(db: Db, { id, version, isPublic, ...kind }: ChangeRow, batch: string, now: Instant): void {
  if (listRows(db, IS_KNOWN, [id, version]).length > 0) return;
  const obstacle = isPublic ? findObstacle(kind) : '不再公开：规范中没有确定的撤回字段，须另行告知上级平台';
  if (!isPublic && listRows(db, WAS_SENT, [id]).length === 0) return;
  if (!obstacle) runStatement(db, ADD_BATCH, [batch, now]);
  runStatement(db, ADD, [id, version, obstacle ? null : batch, obstacle ?? null]);
}
