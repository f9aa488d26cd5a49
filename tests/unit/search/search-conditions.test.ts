import { describe, expect, test } from 'vitest';
import { readCondition, readExactAmount, spellAmount } from '#src/domain/search/conditions.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { planQuery } from '#src/domain/search/plan.ts';
import { parseQuery } from '#src/domain/search/query.ts';

const AT = '2026-11-30T06:00:00.000Z';
const clauses = (typed: string) =>
  readCondition(typed, AT)?.clauses.map((anyOf) =>
    anyOf.map(({ field, is, value }) => `${field} ${is} ${value}`).join(' | '),
  );
const read = (raw: string) => planQuery(parseQuery(raw), { at: AT });
const labels = (raw: string) => read(raw).conditions.map(({ label }) => label);

describe('words that are filters', () => {
  test.each([
    ['泗水', ['county = sishui']],
    ['济宁市任城区', ['county = rencheng']],
    ['北湖', ['county = taibaihu']],
    ['招标公告', ['stage = tenderNotice']],
    ['中标公告', ['stage = awardNotice']],
    ['成交结果', ['stage = awardNotice | stage = landDealNotice | stage = miningDealNotice | stage = propertyDeal']],
    ['政府采购', ['category = procurement']],
    ['2024年', ['publishedAt >= 2023-12-31T16:00:00.000Z', 'publishedAt < 2024-12-31T16:00:00.000Z']],
    ['2026年9月', ['publishedAt >= 2026-08-31T16:00:00.000Z', 'publishedAt < 2026-09-30T16:00:00.000Z']],
    ['2026年12月', ['publishedAt >= 2026-11-30T16:00:00.000Z', 'publishedAt < 2026-12-31T16:00:00.000Z']],
    ['去年', ['publishedAt >= 2024-12-31T16:00:00.000Z', 'publishedAt < 2025-12-31T16:00:00.000Z']],
    ['500万-1000万', ['amountFen >= 500000000', 'amountFen <= 1000000000']],
    ['500-1000万', ['amountFen >= 500000000', 'amountFen <= 1000000000']],
    ['100万以上', ['amountFen >= 100000000']],
    ['不超过50万', ['amountFen <= 50000000']],
  ])('%s', (typed, wanted) => {
    expect(clauses(normaliseText(typed))).toEqual(wanted);
  });

  test.each(['道路', '中标', '1999年9月31日', '3000年', '2026年13月', '公司', '1000万-500万'])(
    '%s is none',
    (typed) => {
      expect(readCondition(typed, AT)).toBeUndefined();
    },
  );

  test('amounts are read in every way that people write them', () => {
    expect(readExactAmount('64.25万')).toBe(64_250_000);
    expect(readExactAmount(parseQuery('642,500.00').terms[0]?.text ?? '')).toBe(64_250_000);
    expect(readExactAmount('148983700')).toBe(14_898_370_000);
    expect(readExactAmount('128')).toBeUndefined();
    expect(spellAmount(64_250_000)).toEqual(['642500', '642 500', '642500.00', '642 500.00', '64.25万']);
  });

  test('beside other words they are filters, alone a place or stage is a word', () => {
    expect(labels('泗水 桥梁')).toEqual(['泗水县']);
    expect(labels('泗水')).toEqual([]);
    expect(labels('泗水 中标公告')).toEqual(['泗水县', '中标（成交）结果']);
    expect(labels('2026年9月')).toEqual(['2026 年 9 月发布']);
    expect(labels('土地出让')).toEqual(['土地使用权']);
  });

  test('a year that stands at a word is taken off it', () => {
    const { conditions, terms } = read('2024年锅炉');
    expect(conditions.map(({ typed }) => typed)).toEqual(['2024年']);
    expect(terms).toEqual(['锅炉']);
  });

  test('in quotes they are words', () => {
    expect(labels('"泗水" 桥梁')).toEqual([]);
  });
});

describe('what must not stand there, and choices', () => {
  test.each(['空调 -维保', '空调 不要维保', '空调 除了维保以外', '空调不要维保', '空调 不含 维保'])('%s', (raw) => {
    expect(parseQuery(raw)).toMatchObject({ terms: [{ text: '空调' }], excluded: ['维保'] });
  });
  test.each(['空调 或 电梯', '空调 OR 电梯', '空调或者电梯', '空调|电梯'])('%s', (raw) => {
    const { terms } = parseQuery(raw);
    expect(terms).toHaveLength(1);
    expect(terms[0]?.either).toEqual(['空调', '电梯']);
    expect(read(raw).levels[0]?.slots[0]?.alternatives).toHaveLength(2);
  });
});

describe('what is copied along with a title', () => {
  test.each([
    '#招标信息# 任城区校服采购项目招标公告 附链接',
    '任城区校服采购项目招标公告.pdf',
    '任城区校服采购项目招标公告（附链接）https://example.org/a?b=1',
    '任城区校服采购项目招标公告【点击查看原文】',
  ])('%s', (raw) => {
    expect(parseQuery(raw).terms.map(({ text }) => text)).toEqual(['任城区校服采购项目招标公告']);
  });
});
