import { describe, expect, test } from 'vitest';
import type { Category } from '#src/domain/categories.ts';
import { toDeal } from '#src/domain/deals/to-deal.ts';
import type { Facts, FactValue } from '#src/domain/facts/facts.ts';
import type { Stage } from '#src/domain/stages.ts';
import { formatCoverage, formatFigure, hideSmall, toFigure } from '#src/domain/statistics/figure.ts';
import { buildingType, readFloorArea } from '#src/domain/statistics/floor-area.ts';
import type { StatisticNotice } from '#src/domain/statistics/lot-outcome.ts';
import { plotRatioCap } from '#src/domain/statistics/measures/disposals.ts';
import { COUNTED, observeProject } from '#src/domain/statistics/observe.ts';
import { MEASURE_IDS, MEASURES, type MeasureId } from '#src/domain/statistics/registry.ts';

const WAN = 1_000_000;
const yuan = (wan: number): FactValue => ({ text: `${wan} 万元`, fen: wan * WAN });

function notice(
  id: string,
  stage: Stage,
  day: string,
  facts: Facts = {},
  more: Partial<StatisticNotice> = {},
): StatisticNotice {
  return {
    ...{
      id,
      title: id,
      stage,
      publishedAt: `${day}T01:00:00.000Z`,
      lotCode: null,
      facts,
      suppliers: [],
      tenderers: [],
    },
    ...{ deadlineAt: null, deadlinePrecision: null, openingAt: null, openingPrecision: null },
    ...{ amountFen: null, amountKind: null, buyer: '某某局', agency: null, body: null },
    ...more,
  };
}

function observe(category: Category, notices: StatisticNotice[], title = '某工程') {
  const rows = observeProject({ category, title, deal: toDeal(notices), notices });
  return (measure: MeasureId) => rows.filter((row) => row.measure === measure);
}

/** A tender of construction with its ceiling, and its award. */
const awarded = (ceiling: FactValue | undefined, award: FactValue, more: Facts = {}) => [
  notice('call', 'tenderNotice', '2020-03-02', { ...(ceiling ? { ceilingPrice: ceiling } : {}), ...more }),
  notice('award', 'awardNotice', '2020-04-01', { awardAmount: award }, { suppliers: ['某某建设有限公司'] }),
];

describe('saving', () => {
  test('is a ratio of sums: 1000 and 200 万元 awarded at 950 and 150 save 8.33 %, not 15 %', () => {
    const lots = [awarded(yuan(1000), yuan(950)), awarded(yuan(200), yuan(150))].map((notices) =>
      observe('construction', notices)('savingRate'),
    );
    const [first, second] = lots.flat();
    expect([first?.numerator, first?.denominator]).toEqual([50 * WAN, 1000 * WAN]);
    expect([second?.numerator, second?.denominator]).toEqual([50 * WAN, 200 * WAN]);
    const [numerator, denominator] = [100 * WAN, 1200 * WAN];
    const cell = { status: COUNTED, n: 2, numerator, denominator, lower: 100_000, median: 150_000, upper: 200_000 };
    const figure = toFigure(MEASURES.savingRate, [cell], false);
    expect(formatFigure(MEASURES.savingRate, figure)).toBe('8.33%');
    expect(figure.spread?.median).toBe(0.15);
  });

  test.each<[why: string, ceiling: FactValue | undefined, award: FactValue, status: string]>([
    ['no ceiling is public', undefined, yuan(90), 'noBaseline'],
    ['the ceiling is doubtful', { text: '100 或 200 万元', doubt: 'several' }, yuan(90), 'noBaseline'],
    ['the award is a rate', yuan(100), { text: '下浮 8%', form: 'rate' }, 'rateBid'],
    ['the award is doubtful', yuan(100), { text: '90 或 95', doubt: 'several' }, 'noPrice'],
    ['the award is above the ceiling', yuan(100), yuan(101), 'aboveBaseline'],
    ['all is there', yuan(100), yuan(90), COUNTED],
  ])('says why a lot does not count: %s', (_why, ceiling, award, status) => {
    expect(observe('construction', awarded(ceiling, award))('savingRate')).toMatchObject([
      { status, month: '2020-04' },
    ]);
  });

  test('holds procurement against its budget, and is nothing of sales', () => {
    const bought = awarded(yuan(100), yuan(90), { budget: yuan(120) });
    expect(observe('procurement', bought)('savingRate')).toMatchObject([
      { numerator: 30 * WAN, denominator: 120 * WAN },
    ]);
    expect(observe('medical', bought)('savingRate')).toEqual([]);
  });
});

test('a lot that failed and was called anew counts once, by its last round', () => {
  const rows = observe('construction', [
    notice('first', 'tenderNotice', '2020-01-02'),
    notice('failed', 'failureNotice', '2020-02-03'),
    notice('anew', 'tenderNotice', '2020-03-02', {}, { title: '某工程（二次）重新招标公告' }),
    notice('award', 'awardNotice', '2020-04-01', { awardAmount: yuan(5) }, { suppliers: ['某某公司'] }),
  ]);
  expect(rows('failureRate')).toMatchObject([{ numerator: 0, denominator: 1, month: '2020-04' }]);
  expect(rows('lotCount')).toHaveLength(1);
  expect(rows('cycleDays')).toMatchObject([{ numerator: 30, denominator: 1 }]);
});

test('land: price by area and by floor area, and what is above the starting price', () => {
  const rows = observe('land', [
    notice('offer', 'landOffering', '2020-01-02', {
      startPrice: yuan(1000),
      landArea: { text: '10000', squareMetres: 10_000 },
      plotRatio: { text: '>1.0且≤2.0' },
      landUse: { text: '城镇住宅用地' },
    }),
    notice('deal', 'landDealNotice', '2020-02-03', { dealPrice: yuan(1500) }, { suppliers: ['某某置业有限公司'] }),
  ]);
  expect(rows('premiumRate')).toMatchObject([{ numerator: 500 * WAN, denominator: 1000 * WAN }]);
  // 1500 万元 / 10,000 ㎡ = 1,500 元/㎡ = 150,000 fen; by floor area half of it.
  const price = (measure: MeasureId) => rows(measure).map(({ numerator, denominator }) => numerator / denominator);
  expect(price('landUnitPrice')).toEqual([150_000]);
  expect(price('floorPrice')).toEqual([75_000]);
  expect(rows('unsoldRate')).toMatchObject([{ numerator: 0, denominator: 1 }]);
});

test('no floor price without one upper limit of the plot ratio, or for industry', () => {
  expect(plotRatioCap({ plotRatio: '≤1.0；≤1.5', landUse: '商业' })).toBeNull();
  expect(plotRatioCap({ plotRatio: '≥1.0', landUse: '商业' })).toBeNull();
  expect(plotRatioCap({ plotRatio: '≤2.0', landUse: '工业用地' })).toBeNull();
  expect(plotRatioCap({ plotRatio: '>1.0且≤2.2', landUse: '住宅' })).toBe(2.2);
});

test('unit costs of buildings need one floor area, and know what is no building', () => {
  const call = { body: '本项目总建筑面积约 1.2 万平方米，' };
  const [first, second] = awarded(yuan(3600), yuan(3000)) as [StatisticNotice, StatisticNotice];
  const rows = observe('construction', [{ ...first, ...call }, second], '某小学教学楼工程');
  expect(rows('awardUnitCost').map(({ numerator, denominator }) => numerator / denominator)).toEqual([250_000]);
  expect(rows('ceilingUnitCost').map(({ numerator, denominator, part }) => [numerator / denominator, part])).toEqual([
    [300_000, 'school'],
  ]);
  expect(observe('construction', [first, second], '某小学教学楼工程')('awardUnitCost')).toMatchObject([
    { status: 'noArea' },
  ]);
  expect(readFloorArea(['建筑面积 1200 平方米', '建筑面积：1,300㎡'])).toBeNull();
  expect(['某小学监理', '某路市政工程', '某安置房工程'].map(buildingType)).toEqual([null, null, 'housing']);
});

test('bidders come from the record of the opening alone', () => {
  const [call, award] = awarded(yuan(10), yuan(9)) as [StatisticNotice, StatisticNotice];
  const opening = notice('opening', 'openingRecord', '2020-03-25', {}, { tenderers: ['甲公司', '乙公司', '丙公司'] });
  const rows = observe('construction', [call, opening, award]);
  expect(rows('averageBidders')).toMatchObject([{ numerator: 3, denominator: 1 }]);
  expect(rows('exactlyThreeShare')).toMatchObject([{ numerator: 1 }]);
  expect(rows('singleBidderShare')).toMatchObject([{ numerator: 0 }]);
  expect(observe('construction', [call, award])('averageBidders')).toMatchObject([{ status: 'noOpening' }]);
});

test('what is not published is not computed: materials and declarations', () => {
  const rows = observe('construction', awarded(yuan(10), yuan(9)));
  for (const measure of ['steelPrice', 'cementPrice', 'concretePrice', 'smeShare'] as const)
    expect(rows(measure).map(({ status }) => status)).not.toContain(COUNTED);
  const none = toFigure(
    MEASURES.steelPrice,
    [{ status: 'noPricedBill', n: 3, numerator: 0, denominator: 0, lower: null, median: null, upper: null }],
    false,
  );
  expect(formatFigure(MEASURES.steelPrice, none)).toBe('无法计算');
  expect(formatCoverage(MEASURES.steelPrice, none)).toBe('3 个标段中 0 个可计算；3 个未公开已标价工程量清单');
});

test('small cells are hidden, and as many more as keep them from being computed', () => {
  const cells = (...counts: number[]) => counts.map((n, key) => ({ key, n }));
  expect([...hideSmall(cells(5, 6, 7), 3)]).toEqual([]);
  expect([...hideSmall(cells(2, 6, 4), 3)]).toEqual([0, 2]);
  expect([...hideSmall(cells(1, 1, 9), 3)].sort()).toEqual([0, 1, 2]);
  expect([...hideSmall(cells(2, 2, 9), 3)].sort()).toEqual([0, 1]);
  expect([...hideSmall(cells(0, 2, 9), 3)].sort()).toEqual([1, 2]);
});

test('every measure says all that a reader needs to repeat it', () => {
  for (const id of MEASURE_IDS) {
    const { words, predicate, numerator, source, minimum, unit } = MEASURES[id];
    expect(
      [words, predicate, numerator, source].every((text) => text.length > 2),
      id,
    ).toBe(true);
    expect(minimum, id).toBe(unit === 'fenPerSquareMetre' || id.endsWith('Price') ? 3 : 1);
  }
});
