import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { and, asc, eq, lte, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeVersions, publishedNotices } from '#db/schema/notices.ts';
import { sources } from '#db/schema/sources.ts';
import { submissionBatches, submissions } from '#db/schema/submissions.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { type PlatformCodes, type SubmissionNotice, toRecord } from '#src/domain/submission/fields.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { writeDurably } from '../durable-files.ts';

const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;

const DUE = defineQuery((db, p: Params<{ now: Instant }>) => {
  const { id, attempts, state, nextAttemptAt, createdAt } = submissionBatches;
  return db
    .select({ id, attempts })
    .from(submissionBatches)
    .where(or(eq(state, 'pending'), and(eq(state, 'failed'), lte(nextAttemptAt, p.now))))
    .orderBy(asc(createdAt), asc(id));
});
const n = publishedNotices;
// What has changed again since is in a later file.
const NOTICES = defineQuery((db, p: Params<{ batchId: string }>) =>
  db
    .select({
      category: n.category,
      stage: n.stage,
      county: n.county,
      title: n.title,
      publishedAt: n.publishedAt,
      sourceUrl: n.sourceUrl,
      projectCode: n.projectCode,
      lotCode: n.lotCode,
      buyer: n.buyer,
      agency: n.agency,
      suppliers: n.suppliers,
      facts: n.facts,
      awardFen: sql<number | null>`CASE WHEN ${n.amountKind} = 'award' THEN ${n.amountFen} END`,
      sourceName: sources.name,
      content: noticeVersions.content,
      versionAt: noticeVersions.publishedAt,
    })
    .from(submissions)
    .innerJoin(n, and(eq(n.id, submissions.noticeId), eq(n.version, submissions.version)))
    .innerJoin(noticeVersions, and(eq(noticeVersions.noticeId, n.id), eq(noticeVersions.version, n.version)))
    .innerJoin(sources, eq(sources.key, n.sourceKey))
    .where(eq(submissions.batchId, p.batchId))
    .orderBy(asc(n.id)),
);
const WRITTEN = defineQuery((db, p: Params<{ id: string; records: number; sha256: string; now: Instant }>) =>
  db
    .update(submissionBatches)
    .set({
      state: 'written',
      attempts: sql`${submissionBatches.attempts} + 1`,
      nextAttemptAt: null,
      error: null,
      records: p.records,
      sha256: p.sha256,
      writtenAt: p.now,
    })
    .where(eq(submissionBatches.id, p.id)),
);
const FAILED = defineQuery((db, p: Params<{ id: string; next: Instant; error: string }>) =>
  db
    .update(submissionBatches)
    .set({ state: 'failed', attempts: sql`${submissionBatches.attempts} + 1`, nextAttemptAt: p.next, error: p.error })
    .where(eq(submissionBatches.id, p.id)),
);

/** What a round of writing has done. */
export interface Written {
  written: { file: string; records: number }[];
  failed: { file: string; error: string }[];
}

/**
 * Writes every file that is due: one JSON record a line, and its checksum beside it, which comes last. A file appears whole or
 * not at all; when the process dies before it has noted one, the next round puts the same file there again, without what has
 * changed since: that is in a later file. One that cannot be written is tried again after a pause that doubles.
 */
export function writeBatches(db: Db, directory: string, codes: PlatformCodes, now: Instant): Written {
  const done: Written = { written: [], failed: [] };
  for (const batch of DUE.all(db, { now })) {
    const file = `${batch.id}.jsonl`;
    try {
      const notices = NOTICES.all(db, { batchId: batch.id });
      const lines = notices.map((row) => JSON.stringify(toRecord(toNotice(row), codes)));
      const text = lines.map((line) => `${line}\n`).join('');
      const sha256 = createHash('sha256').update(text).digest('hex');
      // All of it has changed again and is in later files.
      if (lines.length > 0) writeWithChecksum(directory, file, text, sha256);
      WRITTEN.run(db, { id: batch.id, records: lines.length, sha256, now });
      if (lines.length > 0) done.written.push({ file, records: lines.length });
    } catch (error) {
      if (!isFileError(error)) throw error;
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** batch.attempts, LONGEST_PAUSE_MS);
      const next = new Date(Date.parse(now) + pause).toISOString();
      FAILED.run(db, { id: batch.id, next, error: error.message });
      done.failed.push({ file, error: error.message });
    }
  }
  return done;
}

function toNotice({ content, ...row }: ReturnType<typeof NOTICES.all>[number]): SubmissionNotice {
  const { bodyHtml } = JSON.parse(content) as NoticeContent;
  return { ...row, bodyHtml };
}

function writeWithChecksum(directory: string, file: string, text: string, sha256: string): void {
  mkdirSync(directory, { recursive: true });
  writeDurably(join(directory, file), text);
  writeDurably(join(directory, `${file}.sha256`), `${sha256}  ${file}\n`);
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
