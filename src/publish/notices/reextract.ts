import { setImmediate } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import type { NoticeContent, ReadNotice } from '#src/domain/notices/notice-content.ts';
import { READING_RULES, readNotice } from '../facts/reading.ts';
import { findRow, listRows, run } from '../statements.ts';
import { announce } from './outbox.ts';
import { refreshProject, saveProject } from './projects.ts';
import { replaceReadRows } from './public-rows.ts';
import { toReadingColumns } from './rows.ts';

const BATCH = 100;

export interface ReextractOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

export interface ReextractSummary {
  /** Notices read under the present rules. */
  read: number;
  /** Those of them that were read differently before. */
  changed: number;
}

interface StoredNotice {
  id: string;
  version: number;
  projectId: string;
  isPublic: number;
  content: string;
  /** Text of the body; null when the notice is not public. */
  body: string | null;
}

/**
 * Reads every notice anew that was read by other rules than the present ones, in batches of one transaction each, and
 * brings columns, parties, code keys and projects in line. Versions stay as they are: what publishers said has not changed.
 * Each notice is marked with the rules, so that an interrupted run goes on where it stopped and a second one finds nothing.
 */
export async function reextractNotices(
  db: Db,
  { signal, onProgress = () => {} }: ReextractOptions = {},
): Promise<ReextractSummary> {
  const total = findRow<{ total: number }>(db, STALE_TOTAL, READING_RULES)?.total ?? 0;
  const summary: ReextractSummary = { read: 0, changed: 0 };
  for (let last = ''; !signal?.aborted; ) {
    const rows = listRows<StoredNotice>(db, STALE, last, READING_RULES);
    const end = rows.at(-1);
    if (!end) break;
    last = end.id;
    const readings = rows.map(read);
    summary.changed += db.$client.transaction(() => applyAll(db, readings)).immediate();
    summary.read += rows.length;
    onProgress(summary.read, total);
    await setImmediate();
  }
  return summary;
}

/** Has every notice read anew by the next run, whatever rules it was read by. */
export function markUnread(db: Db): void {
  run(db, 'UPDATE notices SET reading_rules = 0', []);
}

const STALE_TOTAL = 'SELECT count(*) AS total FROM notices WHERE reading_rules <> ?';
const STALE = `
  SELECT n.id, n.version, n.project_id AS projectId, n.is_public AS isPublic, v.content, t.body
  FROM notices n JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version
  LEFT JOIN notice_texts t ON t.notice_id = n.id
  WHERE n.id > ? AND n.reading_rules <> ? ORDER BY n.id LIMIT ${BATCH}`;

interface Reread {
  row: StoredNotice;
  notice: ReadNotice;
}

function read(row: StoredNotice): Reread {
  const content = JSON.parse(row.content) as NoticeContent;
  return { row, notice: { ...content, ...readNotice(content) } };
}

/** Writes readings down. Returns how many of them differ from the ones before. */
function applyAll(db: Db, readings: readonly Reread[]): number {
  const now = new Date().toISOString();
  const projects = new Set<string>();
  const changed = readings.filter((reading) => apply(db, reading, projects, now)).length;
  for (const id of projects) refreshProject(db, id);
  return changed;
}

/** Writes one reading down and notes the projects that it concerns. A notice that got a new version meanwhile is left alone. */
function apply(db: Db, { row, notice }: Reread, projects: Set<string>, now: string): boolean {
  const before = findRow<Record<string, unknown>>(db, CURRENT, row.id, row.version);
  if (!before) return false;
  const columns = toReadingColumns(notice);
  run(db, UPDATE, { ...columns, id: row.id });
  if (READ_COLUMNS.every((column) => before[column] === columns[column])) return false;
  const projectId = saveProject(db, notice, now);
  run(db, 'UPDATE notices SET project_id = ? WHERE id = ?', [projectId, row.id]);
  projects.add(row.projectId).add(projectId);
  if (row.isPublic === 1) {
    replaceReadRows(db, notice, row.body ?? '', now);
    announce(db, 'notice.upsert', row.id, row.version, now);
  }
  return true;
}

const READ_COLUMNS = [
  'project_code',
  'lot_code',
  'buyer',
  'agency',
  'suppliers',
  'amount_fen',
  'amount_kind',
  'deadline_at',
  'deadline_precision',
  'opening_at',
  'opening_precision',
  'facts',
];
const CURRENT = `SELECT ${READ_COLUMNS.join(', ')} FROM notices WHERE id = ? AND version = ?`;
const UPDATE = `UPDATE notices SET ${[...READ_COLUMNS, 'reading_rules'].map((column) => `${column} = @${column}`).join(', ')} WHERE id = @id`;
