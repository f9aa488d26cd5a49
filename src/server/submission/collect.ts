import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { toCursor } from '#db/epoch.ts';
import { defineQuery } from '#db/query.ts';
import { notices } from '#db/schema/notices.ts';
import { submissionBatches, submissions } from '#db/schema/submissions.ts';
import type { Category } from '#src/domain/categories.ts';
import type { Stage } from '#src/domain/stages.ts';
import { findObstacle } from '#src/domain/submission/fields.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { follow } from '#src/publish/changes/follow.ts';

/** Changes looked at in one transaction, and records of a file at most. */
const STRIDE = 1_000;

interface NoticeRow {
  id: string;
  version: number;
  category: Category;
  stage: Stage;
  isPublic: number;
}

const NOTICE = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({
      id: notices.id,
      version: notices.version,
      category: notices.category,
      stage: notices.stage,
      isPublic: notices.isPublic,
    })
    .from(notices)
    .where(eq(notices.id, p.id)),
);
const ADD = defineQuery((db, p: Params<typeof submissions.$inferSelect>) =>
  db
    .insert(submissions)
    .values({ noticeId: p.noticeId, version: p.version, batchId: p.batchId, remark: p.remark })
    .onConflictDoNothing(),
);
const ADD_BATCH = defineQuery((db, p: Params<{ id: string; now: Instant }>) =>
  db.insert(submissionBatches).values({ id: p.id, state: 'pending', createdAt: p.now }).onConflictDoNothing(),
);
const KNOWN = defineQuery((db, p: Params<{ id: string; version: number }>) =>
  db
    .select({ known: sql<number>`1` })
    .from(submissions)
    .where(and(eq(submissions.noticeId, p.id), eq(submissions.version, p.version))),
);
const SENT = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ sent: sql<number>`1` })
    .from(submissions)
    .where(and(eq(submissions.noticeId, p.id), isNotNull(submissions.batchId)))
    .limit(1),
);

/** Puts everything that was published or changed since the last time into the sent log and into files to be written. */
export function collectChanges(db: Db, now: Instant): void {
  while (db.$client.transaction(() => collectSome(db, now)).immediate());
}

/** True while there may be more. The position moves in the same transaction. */
function collectSome(db: Db, now: Instant): boolean {
  const taken = follow(db, 'submission', STRIDE);
  if (!taken) return false;
  // The epoch: after a restore numbers come again, and no file may take the place of one that was submitted.
  const batch = `${now.slice(0, 10).replaceAll('-', '')}-${toCursor(db, taken.last)}`;
  for (const id of taken.ids) {
    const notice = NOTICE.first(db, { id });
    if (notice) collectOne(db, notice, batch, now);
  }
  taken.keep();
  return taken.changes.length === STRIDE;
}

function collectOne(db: Db, { id, version, isPublic, ...kind }: NoticeRow, batch: string, now: Instant): void {
  if (KNOWN.first(db, { id, version })) return;
  const obstacle = isPublic ? findObstacle(kind) : '不再公开：规范中没有确定的撤回字段，须另行告知上级平台';
  if (!isPublic && !SENT.first(db, { id })) return;
  if (!obstacle) ADD_BATCH.run(db, { id: batch, now });
  ADD.run(db, { noticeId: id, version, batchId: obstacle ? null : batch, remark: obstacle ?? null });
}
