import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { exposureEvidence } from '#db/schema/exposure-desk.ts';
import { articleFiles, attachmentCopies, files, uploads } from '#db/schema/files.ts';
import type { Instant } from '#src/domain/time/time.ts';

export type FileRow = typeof files.$inferSelect;

/** Writes down a kept file. One that is known stays as it is, but for what a scanner says of it now. */
export function saveFile(db: Db, file: Omit<FileRow, 'storedAt'>, now: Instant): void {
  const { scan, scanDetail } = file;
  db.insert(files)
    .values({ ...file, storedAt: now })
    .onConflictDoUpdate({ target: files.sha256, set: { scan, scanDetail } })
    .run();
}

export const findFile = (db: Db, sha256: string): FileRow | undefined =>
  db.select().from(files).where(eq(files.sha256, sha256)).get();

/** Writes down that a file is an attachment of a notice that was just published: from here on it is public with the notice. */
export function publishFile(
  db: Db,
  noticeId: string,
  { sha256, url }: { sha256: string; url: string },
  now: Instant,
): void {
  const copy = { state: 'kept', sha256, reason: '', nextAt: null, fetchedAt: now } as const;
  db.insert(attachmentCopies)
    .values({ noticeId, url, ...copy })
    .onConflictDoUpdate({ target: [attachmentCopies.noticeId, attachmentCopies.url], set: copy })
    .run();
}

/** Files that nothing names any more. */
export function listUnusedFiles(db: Db, storedBefore: Instant): string[] {
  const isUsed = (table: typeof uploads | typeof attachmentCopies | typeof articleFiles | typeof exposureEvidence) =>
    sql`EXISTS (SELECT 1 FROM ${table} WHERE ${table.sha256} = ${files.sha256})`;
  return db
    .select({ sha256: files.sha256 })
    .from(files)
    .where(
      and(
        sql`${files.storedAt} < ${storedBefore}`,
        sql`NOT ${isUsed(uploads)}`,
        sql`NOT ${isUsed(attachmentCopies)}`,
        sql`NOT ${isUsed(articleFiles)}`,
        sql`NOT ${isUsed(exposureEvidence)}`,
        sql`NOT EXISTS (SELECT 1 FROM ${uploads} WHERE ${uploads.cleanedFrom} = ${files.sha256})`,
      ),
    )
    .all()
    .map(({ sha256 }) => sha256);
}
