import { describe, expect, test } from 'vitest';
import { describeDeadline } from '#src/domain/time/deadline.ts';
import {
  endOf,
  formatMomentWithWeekday,
  type MomentPrecision,
  toMoment,
  toMomentIso,
} from '#src/domain/time/moment.ts';

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
  ])('%s is %s', (at, text, state) => {
    expect(describeDeadline({ at, precision: 'minute' }, NOW)).toEqual({ text, state });
  });

  test.each([
    ['2026-04-20T16:00:00.000Z', '已截止', 'past'],
    ['2026-04-21T16:00:00.000Z', '今天截止', 'soon'],
    ['2026-04-22T16:00:00.000Z', '明天截止', 'soon'],
    ['2026-04-23T16:00:00.000Z', '还剩 2 天', 'soon'],
  ])('the day %s is %s: open until it ends, without hours', (at, text, state) => {
    expect(describeDeadline({ at, precision: 'day' }, NOW)).toEqual({ text, state });
  });

  test('24:00 of today is today', () => {
    const deadline = { at: '2026-04-22T16:00:00.000Z', precision: 'endOfDay' } as const;
    expect(describeDeadline(deadline, NOW)).toEqual({ text: '还剩 8 小时', state: 'soon' });
  });
});

test.each<[at: string, precision: MomentPrecision | null, shown: string, iso: string, end: string]>([
  [
    '2026-05-01T01:30:00.000Z',
    'minute',
    '2026-05-01 周五 09:30',
    '2026-05-01T09:30:00+08:00',
    '2026-05-01T01:30:00.000Z',
  ],
  ['2026-04-30T16:00:00.000Z', 'day', '2026-05-01 周五', '2026-05-01', '2026-05-01T16:00:00.000Z'],
  [
    '2026-04-30T16:00:00.000Z',
    'minute',
    '2026-05-01 周五 00:00',
    '2026-05-01T00:00:00+08:00',
    '2026-04-30T16:00:00.000Z',
  ],
  [
    '2026-05-01T16:00:00.000Z',
    'endOfDay',
    '2026-05-01 周五 24:00',
    '2026-05-02T00:00:00+08:00',
    '2026-05-01T16:00:00.000Z',
  ],
  // What older rules read: midnight was their word for a day.
  ['2026-04-30T16:00:00.000Z', null, '2026-05-01 周五', '2026-05-01', '2026-05-01T16:00:00.000Z'],
])('%s %s is shown as %s', (at, precision, shown, iso, end) => {
  const moment = toMoment(at, precision);
  if (!moment) throw new Error('no moment');
  expect([formatMomentWithWeekday(moment), toMomentIso(moment), endOf(moment)]).toEqual([shown, iso, end]);
});
