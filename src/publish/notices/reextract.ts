import { setImmediate } from 'node:timers/promises';
import { and, asc, count, eq, gt, ne, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { notices, noticeTexts, noticeVersions } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import type { Actor } from '#src/domain/actors.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import type { NoticeContent, ReadNotice } from '#src/domain/notices/notice-content.ts';
import { appendChange } from '../changes/append.ts';
import { correctReading } from '../corrections/layer.ts';
import { READING_RULES, readNotice } from '../facts/reading.ts';
import { refreshProject, saveProject } from './projects.ts';
import { replaceReadRows } from './public-rows.ts';
import { READING, toReadingColumns } from './rows.ts';

const BATCH = 100;

export interface ReextractOptions {
  actor: Actor;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

export interface ReextractSummary {
  /** Notices read under the present rules. */
  read: number;
  /** Those of them that were read differently before. */
  changed: number;
}

const STORED = {
  id: notices.id,
  version: notices.version,
  projectId: notices.projectId,
  isPublic: notices.isPublic,
  content: noticeVersions.content,
  /** Text of the body; null when the notice is not public. */
  body: sql<string | null>`${noticeTexts.body}`,
};
type StoredNotice = RowOf<typeof STORED>;

const COUNT_STALE = defineQuery((db, p: Params<{ rules: number }>) =>
  db.select({ total: count() }).from(notices).where(ne(notices.readingRules, p.rules)),
);
const LIST_STALE = defineQuery((db, p: Params<{ after: string; rules: number }>) =>
  db
    .select(STORED)
    .from(notices)
    .innerJoin(
      noticeVersions,
      and(eq(noticeVersions.noticeId, notices.id), eq(noticeVersions.version, notices.version)),
    )
    .leftJoin(noticeTexts, eq(noticeTexts.noticeId, notices.id))
    .where(and(gt(notices.id, p.after), ne(notices.readingRules, p.rules)))
    .orderBy(asc(notices.id))
    .limit(BATCH),
);
const FIND_STORED = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select(STORED)
    .from(notices)
    .innerJoin(
      noticeVersions,
      and(eq(noticeVersions.noticeId, notices.id), eq(noticeVersions.version, notices.version)),
    )
    .leftJoin(noticeTexts, eq(noticeTexts.noticeId, notices.id))
    .where(eq(notices.id, p.id)),
);
const MARK_UNREAD = defineQuery((db) => db.update(notices).set({ readingRules: 0 }));
const FIND_READING = defineQuery((db, p: Params<{ id: string; version: number }>) =>
  db
    .select(READING)
    .from(notices)
    .where(and(eq(notices.id, p.id), eq(notices.version, p.version))),
);
const READ_BY = { ...READING, readingRules: notices.readingRules };
const SAVE_READING = defineQuery((db, p: Params<RowOf<typeof READ_BY> & { id: string }>) =>
  db.update(notices).set(paramsOf(READ_BY, p)).where(eq(notices.id, p.id)),
);
const MOVE = defineQuery((db, p: Params<{ id: string; projectId: string }>) =>
  db.update(notices).set({ projectId: p.projectId }).where(eq(notices.id, p.id)),
);

/**
 * Reads every notice anew that was read by other rules than the present ones, in batches of one transaction each, and
 * brings columns, parties, code keys and projects in line. Versions stay as they are: what publishers said has not changed.
 * Each notice is marked with the rules, so that an interrupted run goes on where it stopped and a second one finds nothing.
 */
export async function reextractNotices(
  db: Db,
  { actor, signal, onProgress = () => {} }: ReextractOptions,
): Promise<ReextractSummary> {
  const total = COUNT_STALE.first(db, { rules: READING_RULES })?.total ?? 0;
  const summary: ReextractSummary = { read: 0, changed: 0 };
  for (let last = ''; !signal?.aborted; ) {
    const rows = LIST_STALE.all(db, { after: last, rules: READING_RULES });
    const end = rows.at(-1);
    if (!end) break;
    last = end.id;
    const readings = rows.map((row) => read(db, row));
    summary.changed += db.$client.transaction(() => applyAll(db, readings, actor)).immediate();
    summary.read += rows.length;
    onProgress(summary.read, total);
    await setImmediate();
  }
  return summary;
}

/** Has every notice read anew by the next run, whatever rules it was read by. */
export function markUnread(db: Db): void {
  MARK_UNREAD.run(db);
}

/** Whether a change is told also when the reading is as it was: its project may be another one. */
type Tells = 'differences' | 'always';

interface Reread {
  row: StoredNotice;
  notice: ReadNotice;
}

function read(db: Db, row: StoredNotice): Reread {
  const content = JSON.parse(row.content) as NoticeContent;
  return { row, notice: { ...content, ...correctReading(db, content, readNotice(content)) } };
}

/**
 * Reads one notice anew, after staff decided something about its facts: columns, parties, codes, project and deal follow, and a change
 * tells of it. The caller holds the transaction. Returns whether anything is different.
 */
export function rereadNotice(db: Db, id: string, context: WriteContext, tells: Tells = 'differences'): boolean {
  const row = FIND_STORED.first(db, { id });
  if (!row) return false;
  const projects = new Set<string>();
  const isChanged = apply(db, read(db, row), projects, context, tells);
  for (const project of projects) refreshProject(db, project, context);
  return isChanged;
}

/** Writes readings down. Returns how many of them differ from the ones before. */
function applyAll(db: Db, readings: readonly Reread[], actor: Actor): number {
  const context = { actor, now: new Date().toISOString() };
  const projects = new Set<string>();
  const changed = readings.filter((reading) => apply(db, reading, projects, context)).length;
  for (const id of projects) refreshProject(db, id, context);
  return changed;
}

/** Writes one reading down and notes the projects that it concerns. A notice that got a new version meanwhile is left alone. */
function apply(
  db: Db,
  { row, notice }: Reread,
  projects: Set<string>,
  context: WriteContext,
  tells: Tells = 'differences',
): boolean {
  const before = FIND_READING.first(db, { id: row.id, version: row.version });
  if (!before) return false;
  const columns = toReadingColumns(notice);
  SAVE_READING.run(db, { ...columns, id: row.id });
  // What each party got follows from the reading by rules of its own.
  if (row.isPublic === 1) replaceReadRows(db, notice, row.body ?? '', context);
  if (tells === 'differences' && isSame(before, columns)) return false;
  const projectId = saveProject(db, notice, context.now);
  MOVE.run(db, { id: row.id, projectId });
  projects.add(row.projectId).add(projectId);
  if (row.isPublic === 1) {
    appendChange(db, { subject: 'notice', id: row.id, version: row.version, kind: 'upsert' }, context);
  }
  return true;
}

function isSame(before: RowOf<typeof READING>, after: RowOf<typeof READING>): boolean {
  const names = Object.keys(READING) as (keyof typeof READING)[];
  return names.every((name) => JSON.stringify(before[name]) === JSON.stringify(after[name]));
}
