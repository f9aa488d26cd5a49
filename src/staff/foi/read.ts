import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { foiDeliveries, foiLetters, foiRequestTopics, foiReviewOutcomes, foiReviews } from '#db/schema/index.ts';
import type { PrintedDocument } from '#src/documents/model.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { CaseEvent } from '#src/domain/participation/case.ts';
import { open } from '#src/publish/participation/sealing.ts';
import { letterNumber } from './letters.ts';

export type LetterRow = typeof foiLetters.$inferSelect;

/** A letter in the list of a request. */
export interface LetterSummary extends Omit<LetterRow, 'sealed'> {
  number: string;
  deliveries: Pick<typeof foiDeliveries.$inferSelect, 'method' | 'deliveredOn'>[];
}

/** The letters of a request, in the order of their numbers, with how each was delivered. */
export function listLetters(db: Db, submissionId: string, prefix: string): LetterSummary[] {
  const rows = db
    .select()
    .from(foiLetters)
    .where(eq(foiLetters.submissionId, submissionId))
    .orderBy(asc(foiLetters.year), asc(foiLetters.serial))
    .all();
  const { letterId, method, deliveredOn } = foiDeliveries;
  const deliveries = db
    .select({ letterId, method, deliveredOn })
    .from(foiDeliveries)
    .where(
      inArray(
        letterId,
        rows.map(({ id }) => id),
      ),
    )
    .all();
  return rows.map(({ sealed: _, ...row }) => ({
    ...{ ...row, number: letterNumber({ office: { name: '', prefix }, year: row.year, serial: row.serial }) },
    deliveries: deliveries.filter((delivery) => delivery.letterId === row.id),
  }));
}

/** @throws NotFoundError */
export function getLetterRow(db: Db, id: string): LetterRow {
  const row = db.select().from(foiLetters).where(eq(foiLetters.id, id)).get();
  if (!row || row.sealed.length === 0) throw new NotFoundError('没有这份文书，或者已经按期销毁');
  return row;
}

/** A letter, opened: the document as it was issued. */
export const openLetter = async ({ sealed }: Pick<LetterRow, 'sealed'>, identity: string): Promise<PrintedDocument> =>
  JSON.parse((await open(sealed, identity)).toString()) as PrintedDocument;

/** The first number of a year that no letter has. */
export function nextSerial(db: Db, year: number): number {
  const last = db
    .select({ serial: foiLetters.serial })
    .from(foiLetters)
    .where(eq(foiLetters.year, year))
    .orderBy(desc(foiLetters.serial))
    .limit(1)
    .get();
  return (last?.serial ?? 0) + 1;
}

/** The topic of a request; null for none. */
export const topicOf = (db: Db, submissionId: string): string | null =>
  db.select().from(foiRequestTopics).where(eq(foiRequestTopics.submissionId, submissionId)).get()?.topicId ?? null;

export type ReviewRow = typeof foiReviews.$inferSelect & {
  outcome: (typeof foiReviewOutcomes.$inferSelect)['outcome'] | null;
  decidedOn: string | null;
};

/** Reconsiderations and lawsuits, the latest first; those of one request where it is named. */
export function listReviews(db: Db, submissionId?: string): ReviewRow[] {
  return db
    .select({ row: foiReviews, outcome: foiReviewOutcomes.outcome, decidedOn: foiReviewOutcomes.decidedOn })
    .from(foiReviews)
    .leftJoin(foiReviewOutcomes, eq(foiReviewOutcomes.reviewId, foiReviews.id))
    .where(and(submissionId === undefined ? undefined : eq(foiReviews.submissionId, submissionId)))
    .orderBy(desc(foiReviews.filedOn))
    .limit(300)
    .all()
    .map(({ row, ...ended }) => ({ ...row, ...ended }));
}

/** The proposal of an extension that nobody has decided; undefined for none. */
export function openProposal<Event extends CaseEvent>(events: readonly Event[]): Event | undefined {
  const last = events.findLast(({ kind }) => kind === 'proposed' || kind === 'extended' || kind === 'refused');
  return last?.kind === 'proposed' ? last : undefined;
}
