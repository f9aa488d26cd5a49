import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMoment } from '#src/domain/time/moment.ts';
import { findMoments } from '#src/domain/time/moment-text/find.ts';
import { type MomentUse, readMoment } from '#src/domain/time/moment-text/read.ts';

/** What a value is read as: the moment as it is shown, or the doubt. */
function read(value: string, use: MomentUse = 'end'): string | undefined {
  const result = readMoment(value, use);
  return result && ('moment' in result ? formatMoment(result.moment) : result.doubt);
}

describe('a clock behind its date', () => {
  test.each([
    ['2026年4月21日09时30分', '09:30'],
    ['2026年4月21日（上午）10时30分', '10:30'],
    ['2026年4月21日，上午10:30', '10:30'],
    ['2026年4月21日 星期二 10:30', '10:30'],
    ['2026年4月21日（星期二）上午10:30', '10:30'],
    ['2026年4月21日北京时间10:30', '10:30'],
    ['2026年4月21日（北京时间）10：30', '10:30'],
    ['2026年4月21日 AM 10:30', '10:30'],
    ['2026年4月21日 10:30 PM', '22:30'],
    ['2026年4月21日-10:30', '10:30'],
    ['2026年4月21日上午九时三十分', '09:30'],
    ['2026年4月21日上午9时三十分整', '09:30'],
    ['2026年4月21日10点半', '10:30'],
    ['2026年4月21日十点半', '10:30'],
    ['2026年4月21日下午两点一刻', '14:15'],
    ['2026年4月21日十点三刻', '10:45'],
    ['2026年4月21日下午十四时零五分', '14:05'],
    ['2026年4月21日下午14时30分6.2开标地点', '14:30'],
    ['2026年4月21日14时30', '14:30'],
    ['2026年4月21日下午2:30（北京时间）', '14:30'],
    ['2026年4月21日10时:30分', '10:30'],
    ['2026年4月21日 10∶30', '10:30'],
    ['２０２６年４月２１日１０：３０', '10:30'],
    ['202 6 年 4 月 2 1 日 1 0 时 3 0 分', '10:30'],
    ['2026-04-21 09:30:00投标人应当', '09:30'],
    ['2026-04-2109:30', '09:30'],
    ['2026/4/21 9:30', '09:30'],
    ['2026.4.21 17时', '17:00'],
    ['二〇二六年四月二十一日上午九时', '09:00'],
    ['二○二六年四月廿一日九时', '09:00'],
    ['2026年4月21日中午12点', '12:00'],
    ['2026年4月21日12时', '12:00'],
    ['2026年4月21日上午12时', '12:00'],
    ['2026年4月21日下午12:00', '12:00'],
    ['2026年4月21日中午1点', '13:00'],
    ['2026年4月21日晚上8点', '20:00'],
    ['2026年4月21日晚上12点', '24:00'],
    ['2026年4月21日24:00', '24:00'],
    ['2026年4月21日二十四时', '24:00'],
    ['2026年4月21日24时00分前', '24:00'],
    ['2026年4月21日0点', '00:00'],
    ['2026年4月21日零时', '00:00'],
    ['2026年4月21日23:59:59', '23:59'],
    ['2026-04-21T01:30:00Z', '09:30'],
    ['20260421093000', '09:30'],
    ['2026年4月21日9时30分15秒', '09:30'],
  ])('%s', (value, clock) => {
    expect(read(value)).toBe(`2026-04-21 ${clock}`);
  });
});

test.each([
  '2026年4月21日',
  '2026年4月21日前',
  '2026-04-21',
  '2026年4月21号（星期二）',
  '二〇二六年四月廿一日',
  '2026-04-21 00:00:00',
  '2026/4/21 0:00:00',
  '2026年4月21日，地点：三楼302室',
  '2026年4月21日6.2开标地点',
  '2026年4月21日时间另行通知',
  '2026年4月21日不晚于当日',
])('a day without a clock is a day: %s', (value) => {
  expect(read(value)).toBe('2026-04-21');
});

test.each([
  '2026年4月21日上午',
  '2026年4月21日  时  分',
  '2026年4月21日__时__分',
  '2026年4月21日25:00',
  '2026年4月21日10:75',
  '2026年4月21日24:30',
  '2026年4月21日9;30',
  '2026年4月21日10:3O',
  '2026年4月21日上午14:30',
  '2026年4月21日上午12:00',
  '2026-04-21 12:00 AM',
  '2026年4月21日晚上12:30',
  '2026年4月21日夜里2点',
  '2026年4月21日 0930',
  '2026年2月30日09:30',
  '4月21日09:30',
  '26年4月21日',
  '自2026年4月21日起5个工作日',
])('what cannot be read with certainty is a doubt, never midnight: %s', (value) => {
  expect(read(value)).toBe('unreadable');
});

describe('ranges', () => {
  test.each([
    ['2026年4月14日至2026年4月21日17:00', '2026-04-21 17:00'],
    ['2026年4月14日09:00至4月21日17时30分', '2026-04-21 17:30'],
    ['2026年4月14日起至21日止', '2026-04-21'],
    ['2026-04-14至2026-04-21', '2026-04-21'],
    ['2026-04-14 09:00:00 - 2026-04-21 17:00:00', '2026-04-21 17:00'],
    ['2026.4.14-2026.4.21', '2026-04-21'],
    ['2026年4月21日09:00-17:00', '2026-04-21 17:00'],
    ['2026年4月21日下午2:00至5:00', '2026-04-21 17:00'],
    ['2026年4月21日上午8:30至12:00', '2026-04-21 12:00'],
    [
      '2026年4月14日至2026年4月21日，每天上午8:30至11:30，下午14:00至17:00（北京时间，法定节假日除外）',
      '2026-04-21 17:00',
    ],
    ['2026年12月28日至2027年1月5日', '2027-01-05'],
    ['2026年4月14日上午9时—4月21日24时', '2026-04-21 24:00'],
  ])('the end of %s counts for a deadline', (value, shown) => {
    expect(read(value)).toBe(shown);
  });

  test('the beginning counts for what begins, and neither where a range is no answer', () => {
    const value = '2026年4月14日09:00至2026年4月21日17:00';
    expect(read(value, 'start')).toBe('2026-04-14 09:00');
    expect(read(value, 'only')).toBe('several');
    expect(read('自2026年4月21日起5个工作日', 'start')).toBe('2026-04-21');
  });

  test('a range that ends before it begins is a doubt', () => {
    expect(read('2026年4月21日至2026年4月14日')).toBe('unreadable');
    expect(read('2026年4月21日上午9:00至4:00')).toBe('unreadable');
  });
});

test('of a change what is valid counts', () => {
  expect(read('原定2026年4月14日09:30，现更改为2026年4月21日10:30')).toBe('2026-04-21 10:30');
  expect(read('由2026年4月14日延期至2026年4月21日')).toBe('2026-04-21');
});

test('the same moment said twice is one, two moments are a doubt', () => {
  expect(read('2026年4月21日09:30（即2026年4月21日上午9时30分）')).toBe('2026-04-21 09:30');
  expect(read('2026年4月21日（2026-04-21 09:30）')).toBe('2026-04-21 09:30');
  expect(read('2026年4月21日09:30，2026年4月22日09:30')).toBe('several');
});

test('seconds are kept where they are written', () => {
  expect(readMoment('2026-04-21 15:13:53', 'end')).toEqual({
    moment: { at: '2026-04-21T07:13:53.000Z', precision: 'second' },
  });
});

test('words without digits say nothing', () => {
  expect(read('详见招标文件')).toBeUndefined();
});

test('moments in running text are found with their places', () => {
  const text = '截止时间为2023-12-05 09:00:00投标人应于２０２３年１２月６日上午10时00分（北京时间）在一楼开标';
  const found = findMoments(text).map(({ index, end }) => text.slice(index, end));
  expect(found).toEqual(['2023-12-05 09:00:00', '２０２３年１２月６日上午10时00分（北京时间）']);
});

test('every written moment is read as itself, and no text takes long or throws', () => {
  const piece = fc.constantFrom(
    ...'2026年4月21日上午下午晚星期二（）()至-—:：,，时点分秒半零十廿0 9每天T起AMPM'.split(''),
    '年',
    '2026年4月21日',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
      const text = pieces.join('');
      for (const { index, end } of findMoments(text)) expect(end).toBeGreaterThan(index);
    }),
    { numRuns: 300 },
  );
  const [day, hour, minute] = [
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 59 }),
  ];
  fc.assert(
    fc.property(day, hour, minute, (date, h, m) => {
      const two = (value: number) => String(value).padStart(2, '0');
      expect(read(`2026年3月${date}日${h}时${m}分`)).toBe(`2026-03-${two(date)} ${two(h)}:${two(m)}`);
      expect(read(`2026-03-${two(date)} ${two(h)}:${two(m)}`)).toBe(`2026-03-${two(date)} ${two(h)}:${two(m)}`);
    }),
  );
});
