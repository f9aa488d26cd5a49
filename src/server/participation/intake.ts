import { randomUUID } from 'node:crypto';
import { eq, lt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { publicAdditions, publicSubmissionFiles, publicSubmissions, usedFormTokens } from '#db/schema/participation.ts';

/** What the public may do to which tables: put in, and nothing else but forgetting tokens that are over. */
export const INTAKE_TABLES = {
  public_submissions: ['INSERT'],
  public_submission_files: ['INSERT'],
  public_additions: ['INSERT'],
  used_form_tokens: ['INSERT', 'DELETE'],
  disclosure_ratings: ['INSERT'],
} as const;

export type NewSubmission = typeof publicSubmissions.$inferInsert;
export type NewFile = Omit<typeof publicSubmissionFiles.$inferInsert, 'id' | 'submissionId' | 'additionId'>;

interface UsedToken {
  hash: string;
  /** Until the end of which day it has to be remembered. */
  expiresOn: string;
}

/** Whether a token is used for the first time; the caller holds the transaction. */
function takeToken(db: Db, { hash, expiresOn }: UsedToken, today: string): boolean {
  db.delete(usedFormTokens).where(lt(usedFormTokens.expiresOn, today)).run();
  return db.insert(usedFormTokens).values({ hash, expiresOn }).onConflictDoNothing().run().changes === 1;
}

/** Puts a submission in, once for each token. Returns whether it was the first time. The caller holds the transaction. */
export function insertSubmission(
  db: Db,
  submission: Omit<NewSubmission, 'id'>,
  files: readonly NewFile[],
  token: UsedToken,
): boolean {
  if (!takeToken(db, token, submission.receivedOn)) return false;
  const id = randomUUID();
  db.insert(publicSubmissions)
    .values({ id, ...submission })
    .run();
  for (const file of files)
    db.insert(publicSubmissionFiles)
      .values({ id: randomUUID(), submissionId: id, ...file })
      .run();
  return true;
}

/** Additions that one submission may have. */
const MOST_ADDITIONS = 30;

/** Puts an addition in, once for each token; false when there are too many. The caller holds the transaction. */
export function insertAddition(
  db: Db,
  addition: Omit<typeof publicAdditions.$inferInsert, 'id'>,
  files: readonly NewFile[],
  token: UsedToken,
): boolean {
  const count = db
    .select({ count: sql<number>`count(*)` })
    .from(publicAdditions)
    .where(eq(publicAdditions.submissionId, addition.submissionId))
    .get();
  if ((count?.count ?? 0) >= MOST_ADDITIONS) return false;
  if (!takeToken(db, token, addition.receivedOn)) return true;
  const additionId = randomUUID();
  const { submissionId } = addition;
  db.insert(publicAdditions)
    .values({ id: additionId, ...addition })
    .run();
  for (const file of files)
    db.insert(publicSubmissionFiles)
      .values({ id: randomUUID(), submissionId, additionId, ...file })
      .run();
  return true;
}
