import { randomUUID } from 'node:crypto';
import { count, desc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { foiRequestTopics, foiReviewOutcomes, foiReviews, foiTopics } from '#db/schema/index.ts';
import { ConflictError, ForbiddenError, InputError, NotFoundError } from '#src/domain/errors.ts';
import type { ReviewKind, ReviewOutcome, TableFour } from '#src/domain/foi/reviews.ts';
import { isProposed, type TopicDecision } from '#src/domain/foi/topics.ts';
import { assertScreenedText } from '#src/domain/participation/screening.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { type DisclosureYear, getDisclosureYear } from '#src/publish/foi/year-figures.ts';
import { assertMay } from '../assert-may.ts';
import { recordAudit } from '../audit.ts';
import { getCaseRow } from '../participation/read.ts';
import type { Session } from '../sessions.ts';
import type { Write } from '../sign-in.ts';
import { listReviews, type ReviewRow } from './read.ts';

/** A topic with how often it was asked for. */
export type TopicRow = typeof foiTopics.$inferSelect & { requests: number; isProposed: boolean };

/** What somebody decides about a topic. */
export interface TopicVerdict {
  decision: TopicDecision;
  reason: string;
  /** Address on this site where it is published; '' where it is not yet. */
  publishedPath: string;
}

/** Topics of requests, and remedies against decisions: the two ledgers beside the requests. */
export class FoiLedgers {
  readonly #db: Db;
  readonly #write: Write;

  constructor({ db, write }: { db: Db; write: Write }) {
    this.#db = db;
    this.#write = write;
  }

  /** Remedies, the latest first, and the figures of a year. @throws ForbiddenError */
  reviews(
    session: Session,
    year: number,
  ): { rows: ReviewRow[]; tableFour: TableFour } & Pick<DisclosureYear, 'tableThree'> {
    assertMay(session, 'case.disclosure', null);
    const { tableFour, tableThree } = getDisclosureYear(this.#db, year);
    return { rows: listReviews(this.#db), tableFour, tableThree };
  }

  /** Enters a reconsideration or a lawsuit. @throws ForbiddenError, NotFoundError for a request that there is not, InputError */
  async enterReview(
    session: Session,
    given: { kind: ReviewKind; filedOn: string; body: string; number: string; submissionId: string | null },
  ): Promise<void> {
    assertMay(session, 'case.disclosure', null);
    assertPast(session, 'filedOn', given.filedOn);
    if (given.submissionId !== null) getCaseRow(this.#db, given.submissionId);
    const id = randomUUID();
    await this.#write((db) => {
      db.insert(foiReviews)
        .values({ id, ...given, accountId: session.officer.accountId, at: session.doer.now })
        .run();
      this.#record(db, session, `review:${id}`, { act: 'enter', kind: given.kind });
    });
  }

  /** Enters how one ended. @throws ForbiddenError, NotFoundError, ConflictError when that is known, InputError */
  async endReview(session: Session, id: string, ended: { outcome: ReviewOutcome; decidedOn: string }): Promise<void> {
    assertMay(session, 'case.disclosure', null);
    assertPast(session, 'decidedOn', ended.decidedOn);
    await this.#write((db) => {
      const review = db.select().from(foiReviews).where(eq(foiReviews.id, id)).get();
      if (!review) throw new NotFoundError('没有这件复议或者诉讼');
      if (db.select().from(foiReviewOutcomes).where(eq(foiReviewOutcomes.reviewId, id)).get())
        throw new ConflictError('结果已经登记');
      if (ended.decidedOn < review.filedOn)
        throw new InputError([{ name: 'decidedOn', message: '审结日期不能早于提起日期' }]);
      db.insert(foiReviewOutcomes)
        .values({ reviewId: id, ...ended, accountId: session.officer.accountId, at: session.doer.now })
        .run();
      this.#record(db, session, `review:${id}`, { act: 'end', outcome: ended.outcome });
    });
  }

  /** Topics, those that are proposed first. @throws ForbiddenError for whoever neither handles requests nor releases topics */
  topics(session: Session): TopicRow[] {
    if (!session.officer.roles.some((role) => role === 'disclosureOfficer')) assertMay(session, 'foi.release', null);
    else assertMay(session, 'case.disclosure', null);
    return listTopics(this.#db).toSorted((a, b) => Number(b.isProposed) - Number(a.isProposed));
  }

  /** Says which topic a request is about: one that there is, or a new one. @throws ForbiddenError, InputError for what names a person */
  async assign(session: Session, submissionId: string, name: string): Promise<void> {
    assertMay(session, 'case.disclosure', null);
    assertScreenedText('topic', name);
    const row = getCaseRow(this.#db, submissionId);
    if (row.kind !== 'disclosureRequest') throw new InputError([{ name: 'topic', message: '这不是依申请公开事项' }]);
    await this.#write((db) => {
      const found = db.select({ id: foiTopics.id }).from(foiTopics).where(eq(foiTopics.name, name)).get();
      const topicId = found?.id ?? randomUUID();
      if (!found)
        db.insert(foiTopics)
          .values({ id: topicId, name, createdOn: formatDate(session.doer.now) })
          .run();
      db.insert(foiRequestTopics)
        .values({ submissionId, topicId })
        .onConflictDoUpdate({ target: foiRequestTopics.submissionId, set: { topicId } })
        .run();
      this.#record(db, session, `case:${submissionId}`, { act: 'topic' });
    });
  }

  /** Decides whether a topic is published of our own accord; another person releases it. @throws ForbiddenError, InputError, ConflictError */
  async decide(session: Session, id: string, verdict: TopicVerdict): Promise<void> {
    assertMay(session, 'case.disclosure', null);
    assertScreenedText('reason', verdict.reason);
    const { decision, reason, publishedPath } = verdict;
    if (publishedPath !== '' && !/^\/[^/\\]/.test(publishedPath))
      throw new InputError([{ name: 'publishedPath', message: '请填本站的地址，以 / 开头' }]);
    const today = formatDate(session.doer.now);
    await this.#write((db) => {
      const topic = getTopic(db, id);
      if (topic.releasedAt !== null && topic.publishedPath !== null) throw new ConflictError('已经公布，不能再改');
      db.update(foiTopics)
        .set({
          ...{ decision, reason, decidedOn: topic.decidedOn ?? today, decidedBy: session.officer.accountId },
          ...(publishedPath === '' ? {} : { publishedPath, publishedOn: today }),
          ...{ releasedBy: null, releasedAt: null },
        })
        .where(eq(foiTopics.id, id))
        .run();
      this.#record(db, session, `topic:${id}`, { act: 'decide', decision });
    });
  }

  /** Lets the public read a decision. @throws ForbiddenError for whoever took it, ConflictError when it is none or another by now */
  async release(session: Session, id: string, seen: string): Promise<void> {
    assertMay(session, 'foi.release', null);
    await this.#write((db) => {
      const topic = getTopic(db, id);
      if (topic.decision === null || topic.reason !== seen) throw new ConflictError('决定已经改过，请看过再公布');
      if (topic.decidedBy === session.officer.accountId)
        throw new ForbiddenError('由另一名工作人员审核后公布，不能审核自己的决定', 'self');
      assertScreenedText('reason', `${topic.name} ${topic.reason}`);
      db.update(foiTopics)
        .set({ releasedBy: session.officer.accountId, releasedAt: session.doer.now })
        .where(eq(foiTopics.id, id))
        .run();
      recordAudit(db, session.doer, { action: 'foi.release', subject: `topic:${id}`, details: { act: 'release' } });
    });
  }

  #record(db: Db, { doer }: Session, subject: string, details: Record<string, string>): void {
    recordAudit(db, doer, { action: 'case.disclosure', subject, details });
  }
}

function getTopic(db: Db, id: string): typeof foiTopics.$inferSelect {
  const topic = db.select().from(foiTopics).where(eq(foiTopics.id, id)).get();
  if (!topic) throw new NotFoundError('没有这个主题');
  return topic;
}

/** Every topic with its requests counted, those asked for most first. */
export function listTopics(db: Db): TopicRow[] {
  const counted = db
    .select({ topicId: foiRequestTopics.topicId, requests: count() })
    .from(foiRequestTopics)
    .groupBy(foiRequestTopics.topicId)
    .all();
  const requestsOf = new Map(counted.map(({ topicId, requests }) => [topicId, requests]));
  return db
    .select()
    .from(foiTopics)
    .orderBy(desc(foiTopics.createdOn))
    .all()
    .map((topic) => {
      const requests = requestsOf.get(topic.id) ?? 0;
      return { ...topic, requests, isProposed: isProposed({ requests, decision: topic.decision }) };
    })
    .toSorted((a, b) => b.requests - a.requests);
}

function assertPast({ doer }: Session, name: string, day: string): void {
  if (day > formatDate(doer.now)) throw new InputError([{ name, message: '日期不能晚于今天' }]);
}
