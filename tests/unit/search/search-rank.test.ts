import { expect, test } from 'vitest';
import { planQuery } from '#src/domain/search/plan.ts';
import { parseQuery } from '#src/domain/search/query.ts';
import { type Rankable, rank } from '#src/domain/search/rank.ts';

const hit = (id: string, title: string, fields: Partial<Rankable> = {}): Rankable => ({
  ...{ id, title, buyer: null, suppliers: [], agency: null, stage: 'tenderNotice', county: 'qufu' },
  ...fields,
});

function order(raw: string, hits: readonly Rankable[], weights: [string, number][] = []): string[] {
  const plan = planQuery(parseQuery(raw));
  const slots = [...(plan.levels.at(-1)?.slots ?? []), ...plan.optional];
  const query = { slots, boost: plan.boost, typed: plan.terms.join(' '), weights: new Map(weights) };
  return rank(hits, query).map(({ id }) => id);
}

test('title before buyer before supplier and agency before body', () => {
  const hits = [
    hit('body', '某项目'),
    hit('agency', '某项目', { agency: '甲测绘有限公司' }),
    hit('supplier', '某项目', { suppliers: ['乙测绘有限公司'] }),
    hit('buyer', '某项目', { buyer: '县测绘院' }),
    hit('title', '不动产测绘服务'),
  ];
  expect(order('测绘', hits)).toEqual(['title', 'buyer', 'agency', 'supplier', 'body']);
});

test('a rare word counts more than one that is in every title', () => {
  const hits = [hit('common', '设备采购项目'), hit('rare', '锅炉安装')];
  expect(
    order('锅炉 采购', hits, [
      ['锅炉', 0.9],
      ['采购', 0.15],
    ]),
  ).toEqual(['rare', 'common']);
});

test('the words as typed come before the same words apart, the typed spelling before its synonym', () => {
  expect(order('道路改造', [hit('apart', '道路绿化改造'), hit('whole', '道路改造')])).toEqual(['whole', 'apart']);
  expect(order('电脑', [hit('synonym', '计算机采购'), hit('typed', '电脑采购')])).toEqual(['typed', 'synonym']);
});

test('words that hint at a stage, part or year put hits before others', () => {
  const hits = [hit('other', '物业管理'), hit('award', '物业管理', { stage: 'awardNotice' })];
  expect(order('物业 中标', hits)).toEqual(['award', 'other']);
  expect(order('空调 A包', [hit('b', '空调（B包）'), hit('a', '空调（A包）')])).toEqual(['a', 'b']);
  expect(order('校服 2022年', [hit('21', '2021年校服'), hit('none', '校服'), hit('22', '2022年校服')])).toEqual([
    '22',
    'none',
    '21',
  ]);
});
