import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '#db/client.ts';
import { listRows, runStatement } from '#db/statements.ts';
import { type HandoverNotice, type PlatformCodes, toRecord } from '#src/domain/handover/fields.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { Instant } from '#src/domain/time/time.ts';

const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;

interface BatchRow {
  id: string;
  attempts: number;
}

interface NoticeRow extends Omit<HandoverNotice, 'suppliers' | 'facts' | 'bodyHtml'> {
  suppliers: string;
  facts: string;
  content: string;
}

const DUE = `SELECT id, attempts FROM handover_batches
  WHERE state = 'pending' OR (state = 'failed' AND next_attempt_at <= ?) ORDER BY created_at, id`;
// What has changed again since is in a later file.
const NOTICES = `SELECT n.category, n.stage, n.county, n.title, n.published_at AS publishedAt, n.source_url AS sourceUrl,
    n.project_code AS projectCode, n.lot_code AS lotCode, n.buyer, n.agency, n.suppliers, n.facts,
    CASE WHEN n.amount_kind = 'award' THEN n.amount_fen END AS awardFen, s.name AS sourceName,
    v.content, v.published_at AS versionAt
  FROM handovers h JOIN published_notices n ON n.id = h.notice_id AND n.version = h.version
  JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version JOIN sources s ON s.key = n.source_key
  WHERE h.batch_id = ? ORDER BY n.id`;
const WRITTEN = `UPDATE handover_batches SET state = 'written', attempts = attempts + 1, next_attempt_at = NULL, error = NULL,
  records = ?, sha256 = ?, written_at = ? WHERE id = ?`;
const FAILED = `UPDATE handover_batches SET state = 'failed', attempts = attempts + 1, next_attempt_at = ?, error = ? WHERE id = ?`;

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
  for (const batch of listRows<BatchRow>(db, DUE, [now])) {
    const file = `${batch.id}.jsonl`;
    try {
      const lines = listRows<NoticeRow>(db, NOTICES, [batch.id]).map((row) =>
        JSON.stringify(toRecord(toNotice(row), codes)),
      );
      const text = lines.map((line) => `${line}\n`).join('');
      const sha256 = createHash('sha256').update(text).digest('hex');
      // All of it has changed again and is in later files.
      if (lines.length > 0) writeWithChecksum(directory, file, text, sha256);
      runStatement(db, WRITTEN, [lines.length, sha256, now, batch.id]);
      if (lines.length > 0) done.written.push({ file, records: lines.length });
    } catch (error) {
      if (!isFileError(error)) throw error;
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** batch.attempts, LONGEST_PAUSE_MS);
      const next = new Date(Date.parse(now) + pause).toISOString();
      runStatement(db, FAILED, [next, error.message, batch.id]);
      done.failed.push({ file, error: error.message });
    }
  }
  return done;
}

function toNotice({ suppliers, facts, content, ...row }: NoticeRow): HandoverNotice {
  const { bodyHtml } = JSON.parse(content) as NoticeContent;
  return { ...row, bodyHtml, suppliers: JSON.parse(suppliers), facts: JSON.parse(facts) };
}

function writeWithChecksum(directory: string, file: string, text: string, sha256: string): void {
  mkdirSync(directory, { recursive: true });
  replaceFile(join(directory, file), text);
  replaceFile(join(directory, `${file}.sha256`), `${sha256}  ${file}\n`);
}

/** Puts a whole file in the place of what stands there. */
function replaceFile(path: string, text: string): void {
  const descriptor = openSync(`${path}.part`, 'w');
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${path}.part`, path);
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
