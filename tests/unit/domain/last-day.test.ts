import { expect, test } from 'vitest';
import { describeLastDay } from '#src/domain/time/last-day.ts';

test.each([
  ['2026-11-30', '今日发布'],
  ['2026-11-29', '昨日发布'],
  ['2026-11-27', '11 月 27 日发布'],
  ['2025-12-31', '2025 年 12 月 31 日发布'],
])('the last day %s is called %s', (day, label) => {
  expect(describeLastDay(day, '2026-11-29T17:30:00.000Z')).toBe(label);
});
