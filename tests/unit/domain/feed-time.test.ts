import { describe, expect, test } from 'vitest';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { formatDateTime } from '#src/domain/time/time.ts';

/** A time as Shanghai's clocks show it, and how exact it is. */
function read(raw: string): string | undefined {
  const time = parseFeedTime(raw);
  return time && `${formatDateTime(time.instant, time.precision)} ${time.precision}`;
}

const DAY = '2026-08-17 day';

describe('trap 19: times as feeds write them', () => {
  test.each([
    ['2026-08-17', DAY],
    ['2018-07-30 19:48:55', '2018-07-30 19:48 second'],
    ['2018-08-08T21:49:18', '2018-08-08 21:49 second'],
    ['2026/8/17', DAY],
    ['2026.08.17', DAY],
    ['2026:08:17', DAY],
    ['2026年8月17日', DAY],
    ['20260817', DAY],
    ['[2026-08-17]', DAY],
    ['２０２６年８月１７日', DAY],
    ['2025年06月27日 17:52', '2025-06-27 17:52 minute'],
    ['2026年08月10日09时30分', '2026-08-10 09:30 minute'],
    ['2025年06月13日 18时00分', '2025-06-13 18:00 minute'],
    ['2026.08.21 23:46:51', '2026-08-21 23:46 second'],
    ['20260317093000', '2026-03-17 09:30 second'],
    ['4/19/2021 9:05 PM', '2021-04-19 21:05 minute'],
    ['04/19/2021 12:05 AM', '2021-04-19 00:05 minute'],
    ['1619594507', '2021-04-28 15:21 second'],
    ['1773709917717', '2026-03-17 09:11 second'],
    ['2021-04-1517:00:00', '2021-04-15 17:00 second'],
    ['2020/8/3 0:00:00', '2020-08-03 day'],
    ['/Date(1597075200000)/', '2020-08-11 day'],
    ['2026-08-17 下午3:20', '2026-08-17 15:20 minute'],
    ['2026-08-16 24:00', '2026-08-17 00:00 minute'],
    ['2026-06-30T01:00:00Z', '2026-06-30 09:00 second'],
    ['2026-06-30T09:00:00.123+08:00', '2026-06-30 09:00 second'],
  ])('%s', (raw, expected) => expect(read(raw)).toBe(expected));

  test.each([
    '1970-01-01',
    '1970-01-01 08:00:00',
    '0',
    '1900-01-01',
    '',
    '无',
    '2026-02-30',
    '2026-13-01',
    '2026-08',
    '8月17日',
  ])('%j is no time', (raw) => expect(read(raw)).toBeUndefined());
});

describe('trap 20: a day is not midnight', () => {
  test.each(['2026-08-17', '2026-08-17 00:00:00', '2026/8/17 0:00:00'])('%s has no time of day', (raw) =>
    expect(read(raw)).toBe(DAY),
  );

  test('上午12:00 may be noon or midnight: only the day is certain', () =>
    expect(read('2026-08-17 上午12:00:00')).toBe(DAY));
});
