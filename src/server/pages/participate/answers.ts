import { z } from 'zod';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { InputError } from '#src/domain/errors.ts';
import { webDb } from '../../db.ts';
import { getAnswer, listAnswers, type PublicAnswer } from '../../participation/answers.ts';
import { findNoticeTitle } from '../../participation/notice-title.ts';
import type { Asked } from '../asked.ts';

const QUERY = z.strictObject({
  q: z.string().trim().max(100, '最多 100 个字').default(''),
  county: z.enum(['', ...COUNTY_SLUGS], '没有这个县（市、区）').default(''),
  page: z.coerce.number('页码有误').int('页码有误').min(1, '页码有误').max(1_000, '页码有误').default(1),
});

export interface AnswersPage {
  query: { q: string; county: string; page: number };
  answers: PublicAnswer[];
  hasMore: boolean;
}

/** Released answers. @throws InputError */
export function loadAnswers({ url }: Asked): AnswersPage {
  const parsed = QUERY.safeParse(Object.fromEntries(url.searchParams));
  if (!parsed.success)
    throw new InputError(parsed.error.issues.map(({ path, message }) => ({ name: String(path[0] ?? ''), message })));
  const { q, county, page } = parsed.data;
  return { query: { q, county, page }, ...listAnswers(webDb(), { q, county: county || null, page }) };
}

/** One of them. @throws NotFoundError */
export function loadAnswer({ params }: Asked): { answer: PublicAnswer; noticeTitle: string | undefined } {
  const answer = getAnswer(webDb(), params.id ?? '');
  return { answer, noticeTitle: answer.noticeId === null ? undefined : findNoticeTitle(webDb(), answer.noticeId) };
}
