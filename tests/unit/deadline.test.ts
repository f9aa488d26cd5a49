import { describe, expect, test } from 'vitest';
import { describeDeadline, formatDeadline } from '#src/domain/deadline.ts';

const NOW = '2026-04-22T08:00:00.000Z'; // 16:00 in Shanghai

describe('describeDeadline', () => {
  test.each([
    ['2026-04-22T07:59:59.000Z', '已截止', 'past'],
    ['2026-04-22T08:00:00.000Z', '已截止', 'past'],
    ['2026-04-22T08:00:30.000Z', '还剩 1 分钟', 'soon'],
    ['2026-04-22T08:40:00.000Z', '还剩 40 分钟', 'soon'],
    ['2026-04-22T13:30:00.000Z', '还剩 5 小时', 'soon'],
    ['2026-04-22T16:00:00.000Z', '明天截止', 'soon'],
    ['2026-04-25T01:00:00.000Z', '还剩 3 天', 'soon'],
    ['2026-04-26T01:00:00.000Z', '还剩 4 天', 'open'],
    ['2027-04-22T08:00:00.000Z', '还剩 365 天', 'open'],
  ])('%s is %s', (deadline, text, state) => {
    expect(describeDeadline(deadline, NOW)).toEqual({ text, state });
  });
});

test('a deadline shows date, weekday and time in Shanghai; midnight is a day without a time', () => {
  expect(formatDeadline('2026-05-01T01:30:00.000Z')).toBe('2026-05-01 周五 09:30');
  expect(formatDeadline('2026-04-30T16:00:00.000Z')).toBe('2026-05-01 周五');
});
