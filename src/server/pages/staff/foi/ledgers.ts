import { z } from 'zod';
import type { TableThree } from '#src/domain/disclosure/decisions.ts';
import { REVIEW_KIND_KEYS, REVIEW_OUTCOME_KEYS, type TableFour } from '#src/domain/foi/reviews.ts';
import { TOPIC_DECISION_KEYS } from '#src/domain/foi/topics.ts';
import { foiReviewsUrl, foiTopicsUrl } from '#src/domain/staff/urls.ts';
import { formatDate } from '#src/domain/time/time.ts';
import type { TopicRow } from '#src/staff/foi/ledgers.ts';
import type { ReviewRow } from '#src/staff/foi/read.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { visiting } from '../visit.ts';

export interface ReviewsPage {
  session: Session;
  year: number;
  rows: ReviewRow[];
  tableThree: TableThree;
  tableFour: TableFour;
  form: SentForm;
}

const YEAR = z.object({ year: z.coerce.number('年份有误').int('年份有误').min(2000).max(2100).optional() });
const day = (message: string) => z.iso.date(message);
const REVIEW = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('enter'),
    kind: z.enum(REVIEW_KIND_KEYS, '请选择种类'),
    filedOn: day('请填写提起日期'),
    body: z.string().trim().min(2, '请写明受理的机关').max(60, '最多 60 个字'),
    number: z.string().trim().max(60, '最多 60 个字').default(''),
    submissionId: z
      .string()
      .trim()
      .default('')
      .transform((id) => id || null),
  }),
  z.object({
    act: z.literal('end'),
    id: z.string(),
    outcome: z.enum(REVIEW_OUTCOME_KEYS, '请选择结果'),
    decidedOn: day('请填写审结日期'),
  }),
]);

/** Remedies, with tables three and four of a year. @throws ForbiddenError, InputError */
export function loadReviews(asked: Asked): Promise<ReviewsPage | Moved> {
  return visiting(asked, async ({ foiLedgers, session }) => {
    const present = Number(formatDate(session.doer.now).slice(0, 4));
    const { year = present } = parse(YEAR, Object.fromEntries(asked.url.searchParams));
    const toPage = (form: SentForm): ReviewsPage => ({ session, year, form, ...foiLedgers.reviews(session, year) });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      const { act, ...given } = parse(REVIEW, values);
      if (act === 'enter' && 'kind' in given) await foiLedgers.enterReview(session, given);
      if (act === 'end' && 'id' in given) await foiLedgers.endReview(session, given.id, given);
    });
    return 'form' in result ? toPage(result.form) : seeOther(foiReviewsUrl());
  });
}

export interface TopicsPage {
  session: Session;
  topics: TopicRow[];
  form: SentForm;
}

const reason = z.string().trim().min(2, '请写明理由').max(300, '最多 300 个字');
const TOPIC = z.discriminatedUnion('act', [
  z.object({
    ...{ act: z.literal('decide'), id: z.string(), reason },
    decision: z.enum(TOPIC_DECISION_KEYS, '请选择决定'),
    publishedPath: z.string().trim().max(200, '地址太长').default(''),
  }),
  z.object({ act: z.literal('release'), id: z.string(), seen: z.string() }),
]);

/** Topics of requests, those that are proposed for publication first. @throws ForbiddenError */
export function loadTopics(asked: Asked): Promise<TopicsPage | Moved> {
  return visiting(asked, async ({ foiLedgers, session }) => {
    const toPage = (form: SentForm): TopicsPage => ({ session, form, topics: foiLedgers.topics(session) });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      const act = parse(TOPIC, values);
      if (act.act === 'decide') await foiLedgers.decide(session, act.id, act);
      else await foiLedgers.release(session, act.id, act.seen);
    });
    return 'form' in result ? toPage(result.form) : seeOther(foiTopicsUrl());
  });
}
