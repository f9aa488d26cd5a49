import { expect, test } from 'vitest';
import { formatMove, listFactChanges } from '#src/domain/notices/correction.ts';

const at = (instant: string) => ({ text: instant, instant });

test('moved dates come first; what stays the same, is written otherwise, or names the deal is no change', () => {
  const before = {
    projectName: { text: '甲项目' },
    budget: { text: '50万元', fen: 50_000_000 },
    ceilingPrice: { text: '48万元', fen: 48_000_000 },
    deadline: at('2026-04-01T01:00:00.000Z'),
    opening: at('2026-04-01T01:00:00.000Z'),
    openingPlace: { text: '一号 会议室。' },
  };
  const after = {
    projectName: { text: '甲项目（更正）' },
    budget: { text: '52万元', fen: 52_000_000 },
    ceilingPrice: { text: '480000元', fen: 48_000_000 },
    deadline: at('2026-04-08T01:00:00.000Z'),
    openingPlace: { text: '一号会议室' },
    deposit: { text: '1万元', fen: 1_000_000 },
  };
  expect(listFactChanges(before, after).map(({ key }) => key)).toEqual(['deadline', 'budget']);
});

test('a doubtful value is a change when its words differ', () => {
  const before = { budget: { text: '50万元', fen: 50_000_000 } };
  expect(listFactChanges(before, { budget: { text: '52', doubt: 'unit' } })).toHaveLength(1);
  expect(listFactChanges(before, { budget: { text: '50 万元', doubt: 'contradiction' } })).toEqual([]);
});

test.each([
  ['2026-04-01T01:00:00.000Z', '2026-04-12T01:00:00.000Z', '延后 11 天'],
  ['2026-04-12T01:00:00.000Z', '2026-04-09T07:00:00.000Z', '提前 3 天'],
  ['2026-04-01T15:00:00.000Z', '2026-04-01T16:30:00.000Z', '延后 1 天'],
  ['2026-04-01T01:00:00.000Z', '2026-04-01T03:30:00.000Z', '延后 2 小时 30 分'],
  ['2026-04-01T03:00:00.000Z', '2026-04-01T02:30:00.000Z', '提前 30 分'],
])('%s → %s: %s', (from, to, words) => {
  expect(formatMove({ at: from, precision: 'minute' }, { at: to, precision: 'minute' })).toBe(words);
});

test('days are moved by days, 24:00 belongs to its day, and a clock that comes to a day moves nothing', () => {
  const day = { at: '2026-04-20T16:00:00.000Z', precision: 'day' } as const;
  const clock = { at: '2026-04-21T01:30:00.000Z', precision: 'minute' } as const;
  const end = { at: '2026-04-22T16:00:00.000Z', precision: 'endOfDay' } as const;
  expect([formatMove(day, clock), formatMove(day, end), formatMove(clock, end)]).toEqual([
    undefined,
    '延后 1 天',
    '延后 1 天',
  ]);
});
