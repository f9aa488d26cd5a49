import { afterAll, beforeAll, expect, test } from 'vitest';
import { getCorrection } from '#src/server/notices/correction.ts';
import { listDoubts } from '#src/server/notices/doubts.ts';
import { insertNotices, openTestDatabase, seedSources, toSeedNotice } from '#tests/support/seed-notices.ts';

const opened = openTestDatabase();
const { db } = opened;
type Facts = Record<string, { text: string; fen?: number; instant?: string; doubt?: string }>;

const time = (instant: string) => ({ text: instant, instant });
const notice = (number: number, stage: string, day: string, facts: Facts, project = 'aaaaaaaaaaaa') => ({
  ...toSeedNotice(number),
  category: 'construction',
  stage,
  project,
  publishedAt: `${day}T01:00:00.000Z`,
  facts,
});
const NOTICES = [
  notice(1, 'tenderNotice', '2026-04-01', {
    deadline: time('2026-04-21T01:00:00.000Z'),
    ceilingPrice: { text: '48万元', fen: 48_000_000 },
  }),
  notice(2, 'correctionNotice', '2026-04-05', { deadline: time('2026-04-25T01:00:00.000Z') }),
  notice(3, 'correctionNotice', '2026-04-09', {
    originalNoticeDate: time('2026-03-31T16:00:00.000Z'),
    deadline: time('2026-04-28T01:00:00.000Z'),
    ceilingPrice: { text: '47万元', fen: 47_000_000 },
  }),
  notice(4, 'correctionNotice', '2026-04-09', { budget: { text: '50', doubt: 'unit' } }, 'bbbbbbbbbbbb'),
];
const correct = (index: number) => {
  const { id = '', facts = {} } = NOTICES[index] ?? {};
  return getCorrection(db, { id, lotCode: null, facts });
};

beforeAll(() => {
  seedSources(db);
  insertNotices(db, NOTICES as Parameters<typeof insertNotices>[1]);
});
afterAll(() => opened.close());

test('a correction is held against its original', () => {
  const { original, changes } = correct(1);
  expect(original?.id).toBe(NOTICES[0]?.id);
  expect(changes.map(({ key, before }) => [key, before.instant])).toEqual([['deadline', '2026-04-21T01:00:00.000Z']]);
});

test('a second correction is held against what the first made of it', () => {
  const { original, changes } = correct(2);
  expect(original?.id).toBe(NOTICES[0]?.id);
  expect(changes.map(({ key, before }) => [key, before.text])).toEqual([
    ['deadline', '2026-04-25T01:00:00.000Z'],
    ['ceilingPrice', '48万元'],
  ]);
});

test('staff hear of doubtful facts and of a correction of nothing that is known', () => {
  expect(correct(3)).toEqual({ changes: [] });
  const id = NOTICES[3]?.id;
  expect([...listDoubts(db)].map(({ noticeId, fact, text, reason }) => [noticeId, fact, text, reason])).toEqual([
    [id, '合同估算价', '50', '没有写明单位，或单位前后不一'],
    [id, '', '', '没有找到被更正的公告'],
  ]);
});
