import { describe, expect, test } from 'vitest';
import { parseAmount } from '#src/domain/money/amount-text.ts';

describe('trap 21: amounts as notices write them', () => {
  test.each([
    ['569800.00(元)', '', 56_980_000],
    ['￥56.980000 万元（人民币）', '', 56_980_000],
    ['1,992,000.00元', '', 199_200_000],
    ['人民币50万元', '', 50_000_000],
    ['1.38亿元', '', 13_800_000_000],
    ['¥12.5', '', 1_250],
    ['12.5', '预算金额(万元)', 12_500_000],
    ['人民币壹佰万元整（￥1000000.00）', '', 100_000_000],
    ['１２．５万元', '', 12_500_000],
  ])('%s under %j is exact', (text, header, fen) => expect(parseAmount(text, header)).toEqual({ fen }));

  test.each([
    ['按国家收费标准的50%计取', ''],
    ['下浮率 12.5％', ''],
    ['费率：1.35', '投标报价（元）'],
    ['98.5%', '投标报价（元）'],
    ['93.5', '投标报价元（或下浮率）'],
    ['350元/平方米', ''],
    ['1200元/㎡·年', ''],
    ['一包50万元，二包60万元', ''],
    ['270000元', '预算金额(万元)'],
    ['500000', ''],
    ['0.00', '投标报价（元）'],
    ['100万美元', ''],
    ['0.001元', ''],
  ])('%s under %j stays text', (text, header) => expect(parseAmount(text, header)).toMatchObject({ doubtful: text }));

  test.each(['无', '/', '详见附件', '未提供', '面议', '', '投标报价(元/%)'])('%j is no amount', (text) => {
    const reading = parseAmount(text, '投标报价');
    expect(reading === undefined || 'doubtful' in reading).toBe(true);
  });
});
