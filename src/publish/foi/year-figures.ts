import { and, eq, isNotNull, lte, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { caseEvents, foiReviewOutcomes, foiReviews, publicSubmissions } from '#db/schema/index.ts';
import { type CountedRequest, type TableThree, toTableThree } from '#src/domain/disclosure/decisions.ts';
import { type CountedReview, type TableFour, toTableFour } from '#src/domain/foi/reviews.ts';

/** What the annual report says of requests for information: computed of the ledger whenever it is asked. */
export interface DisclosureYear {
  year: number;
  /** Table three 收到和处理政府信息公开申请情况: reconciles in every column and row. */
  tableThree: TableThree;
  /** Table four 因政府信息公开工作被申请行政复议、提起行政诉讼情况: fifteen cells in three groups. */
  tableFour: TableFour;
  /** Fees for processing 信息处理费 that were asked in the year: notices, and their sum in fen. */
  fees: { count: number; fen: number };
}

/** The figures of a calendar year (Shanghai). Needs no key: nothing of what was sent is opened. */
export function getDisclosureYear(db: Db, year: number): DisclosureYear {
  return {
    year,
    tableThree: toTableThree(listCountedRequests(db), year),
    tableFour: toTableFour(listCountedReviews(db), year),
    fees: sumFees(db, year),
  };
}

/** Every request as table three counts it, those that were moved to where they belong too: the last decision is the one that counts. */
export function listCountedRequests(db: Db): CountedRequest[] {
  const { id, applicantType, receivedOn, kind } = publicSubmissions;
  const decided = new Map(
    db
      .select({ id: caseEvents.submissionId, decision: caseEvents.decision, on: caseEvents.occurredOn })
      .from(caseEvents)
      .where(isNotNull(caseEvents.decision))
      .orderBy(caseEvents.seq)
      .all()
      .map((event) => [event.id, event]),
  );
  return db
    .select({ id, applicant: applicantType, receivedOn })
    .from(publicSubmissions)
    .where(or(eq(kind, 'disclosureRequest'), isNotNull(applicantType)))
    .all()
    .map((row) => ({
      ...{ applicant: row.applicant ?? 'other', receivedOn: row.receivedOn },
      ...{ decision: decided.get(row.id)?.decision ?? null, decidedOn: decided.get(row.id)?.on ?? null },
    }));
}

const listCountedReviews = (db: Db): CountedReview[] =>
  db
    .select({
      ...{ kind: foiReviews.kind, filedOn: foiReviews.filedOn },
      ...{ outcome: foiReviewOutcomes.outcome, decidedOn: foiReviewOutcomes.decidedOn },
    })
    .from(foiReviews)
    .leftJoin(foiReviewOutcomes, eq(foiReviewOutcomes.reviewId, foiReviews.id))
    .all();

function sumFees(db: Db, year: number): { count: number; fen: number } {
  const asked = db
    .select({ fee: caseEvents.fee, on: caseEvents.occurredOn })
    .from(caseEvents)
    .where(and(eq(caseEvents.kind, 'paused'), lte(caseEvents.occurredOn, `${year}-12-31`)))
    .all()
    .filter(({ fee, on }) => fee !== null && on >= `${year}-01-01`);
  return { count: asked.length, fen: asked.reduce((sum, { fee }) => sum + (fee ?? 0), 0) };
}
