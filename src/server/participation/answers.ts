import { and, desc, eq, isNotNull, isNull, like } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { publicAnswers } from '#db/schema/participation.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { SubmissionKind } from '#src/domain/participation/kinds.ts';
import { normaliseText } from '#src/domain/search/fold.ts';

/** A question with its answer, as the public reads it. */
export interface PublicAnswer {
  id: string;
  kind: SubmissionKind;
  county: County;
  noticeId: string | null;
  askedOn: string;
  answeredOn: string;
  question: string;
  answer: string;
}

export const ANSWER_PAGE = 20;
const FIELDS = {
  id: publicAnswers.id,
  kind: publicAnswers.kind,
  county: publicAnswers.county,
  noticeId: publicAnswers.noticeId,
  askedOn: publicAnswers.askedOn,
  answeredOn: publicAnswers.answeredOn,
  question: publicAnswers.question,
  answer: publicAnswers.answer,
};
const isPublic = and(isNotNull(publicAnswers.releasedAt), isNull(publicAnswers.withdrawnAt));

/** What is looked for: every word has to stand in question or answer. */
export interface AnswerFilter {
  q: string;
  county: County | null;
  page: number;
}

/** A page of the released answers, the latest first; a further one shows whether there are more. */
export function listAnswers(db: Db, { q, county, page }: AnswerFilter): { answers: PublicAnswer[]; hasMore: boolean } {
  const words = normaliseText(q).split(/\s+/).filter(Boolean).slice(0, 8);
  const rows = db
    .select(FIELDS)
    .from(publicAnswers)
    .where(
      and(
        isPublic,
        county === null ? undefined : eq(publicAnswers.county, county),
        ...words.map((word) => like(publicAnswers.searchText, `%${word.replaceAll(/[%_]/g, '')}%`)),
      ),
    )
    .orderBy(desc(publicAnswers.answeredOn), publicAnswers.id)
    .limit(ANSWER_PAGE + 1)
    .offset((page - 1) * ANSWER_PAGE)
    .all();
  return { answers: rows.slice(0, ANSWER_PAGE), hasMore: rows.length > ANSWER_PAGE };
}

/** One answer. @throws NotFoundError when it is not public */
export function getAnswer(db: Db, id: string): PublicAnswer {
  const row = db
    .select(FIELDS)
    .from(publicAnswers)
    .where(and(isPublic, eq(publicAnswers.id, id)))
    .get();
  if (!row) throw new NotFoundError('没有这条问答，或者已经撤下');
  return row;
}

/** The answers that are about a notice. */
export const listNoticeAnswers = (db: Db, noticeId: string): PublicAnswer[] =>
  db
    .select(FIELDS)
    .from(publicAnswers)
    .where(and(isPublic, eq(publicAnswers.noticeId, noticeId)))
    .orderBy(desc(publicAnswers.answeredOn))
    .limit(ANSWER_PAGE)
    .all();
