import { describe, expect, test } from 'vitest';
import { parseAmount } from '#src/domain/money/amount-text.ts';
import { type Case, expectReading } from './expect-reading.ts';

const lines = (...texts: string[]) => texts.map((text) => `<p>${text}</p>`).join('');

describe('sums as notices write them', () => {
  test.each([
    ['100万元', '中标（成交）金额（可填写下浮率、折扣率或费率）', 1_000_000],
    ['6040665.58元', '中标金额（费率、单价等）', 6_040_665.58],
    ['480.000000（万元）', '', 4_800_000],
    ['人民币伍佰万元整（¥5000000.00）', '', 5_000_000],
    ['1080万元（含暂列金50万元）', '', 10_800_000],
    ['3283750.00元，其中（设备3000000元，安装283750元）', '', 3_283_750],
    ['壹拾陆万元', '', 160_000],
    ['叄拾萬圓整', '', 300_000],
    ['廿万元整', '', 200_000],
    ['貳佰陸拾萬元', '', 2_600_000],
    ['应交12,000元人民币(或等值外币)', '', 12_000],
    ['贰万伍仟元整（￥25000.00元），保证金必须在3月16日下午16：00时前提交', '', 25_000],
    ['121.5 价格单位： 万元', '', 1_215_000],
    ['480000.0 元，其中：B 甲 200000.0元A 乙 280000.0元', '', 480_000],
    ['最终报价:638000(元)', '', 638_000],
    ['6000{MX_YT}', '成交价(万元)', 60_000_000],
    ['约 250万元', '', 2_500_000],
    ['250,0000.00元', '', 2_500_000],
    ['￥54.745000 万元（人民币）', '', 547_450],
    ['RMB2,288,231.72', '', 2_288_231.72],
    ['28.38万元 人民币', '', 283_800],
  ])('%s under %j', (text, header, yuan) => {
    const reading = parseAmount(text, header);
    expect(reading && 'fen' in reading ? reading.fen / 100 : reading).toBe(yuan);
  });

  test.each([
    ['513360.00 元每年', ''],
    ['1800万元/三年', ''],
    ['单价每套（￥460）', ''],
    ['每标段5000元', ''],
    ['296164', '年租金底价 （元）'],
    ['98', '下浮率'],
    ['12', '优惠率（%）'],
    ['5%', '中标金额'],
    ['伍拾陆万元（¥550000元）', ''],
    ['50万元以上', ''],
    ['5.5元至6元', ''],
    ['10万美元', ''],
    ['1267500', '中标（成交）金额'],
    ['1267500', '中标（成交）金额（可填写下浮率、折扣率或费率）'],
  ])('%s under %j is no sum', (text, header) => expect(parseAmount(text, header)).not.toHaveProperty('fen'));
});

const CASES: readonly Case[] = [
  {
    name: 'seals are nobody',
    kind: ['construction', 'tenderNotice'],
    html: lines(
      '招标人：青禾水务局',
      '招标代理机构：白石招标代理有限公司',
      '招标人：（单位章）',
      '招标代理机构：（单位章）',
    ),
    facts: { buyer: '青禾水务局', agency: '白石招标代理有限公司' },
  },
  {
    name: 'only seals',
    kind: ['construction', 'tenderNotice'],
    html: lines('招标人：（单位章）', '招标代理机构：（盖单位章）'),
    facts: { buyer: null, agency: null },
  },
  {
    name: 'names with seals, contacts and repetitions',
    kind: ['procurement', 'tenderNotice'],
    html: lines(
      '采购人：青禾大学,青禾大学,青禾大学',
      '采购代理机构：白石招标有限公司（联系人及方式：黄女士 0537-2345678）',
    ),
    facts: { buyer: '青禾大学', agency: '白石招标有限公司' },
  },
  {
    name: 'labels inside values',
    kind: ['procurement', 'awardNotice'],
    html: lines(
      '采购代理机构：采购代理机构全称：白石招标有限公司',
      '成交供应商：包为"智能仪"的成交供应商：红岩商贸有限公司',
    ),
    facts: { agency: '白石招标有限公司', supplier: '红岩商贸有限公司' },
  },
  {
    name: 'a lot or an address is no winner',
    kind: ['procurement', 'awardNotice'],
    html: '<table><tr><td>成交供应商</td><td>青禾街道配电改造工程</td></tr><tr><td>采购人</td><td>项目概况</td></tr></table>',
    facts: { supplier: null, buyer: null },
  },
  {
    name: 'this tender’s money against the whole project’s',
    kind: ['construction', 'tenderNotice'],
    html: '<table><tr><td>项目总投资</td><td>36800万元</td><td>本工程投资</td><td>16085463.09元</td></tr></table>',
    facts: { budget: 16_085_463.09 },
  },
  {
    name: 'the whole project’s money alone is not this tender’s',
    kind: ['construction', 'tenderNotice'],
    html: lines('计划总投资：2276.56 万元', '工程总投资：3000万元', '投资总额：1亿元'),
    facts: { budget: null },
  },
  {
    name: 'estimates of this tender under other words',
    kind: ['construction', 'tenderNotice'],
    html: lines('本次发包工程估价：1466.052803 万元', '计划总投资：2276.56 万元'),
    facts: { budget: 14_660_528.03 },
  },
  {
    name: 'an award of one yuan is a placeholder',
    kind: ['procurement', 'awardNotice'],
    html: lines('中标金额：1.00元', '中标供应商：青禾商贸有限公司'),
    facts: { awardAmount: null, supplier: '青禾商贸有限公司' },
  },
  {
    name: 'an award above its ceiling',
    kind: ['construction', 'awardNotice'],
    html: lines('最高投标限价：100万元', '中标价：1000万元'),
    facts: { awardAmount: null },
  },
  {
    name: 'a code parted by blanks, and codes of platforms and of counting',
    kind: ['medical', 'tenderNotice'],
    html: lines('二、项目编号：QHZFCG 2014A 0057 代理编号：YL2014', '三、采购方式：公开招标'),
    facts: { projectCode: 'QHZFCG 2014A 0057' },
  },
  {
    name: 'the tender’s own number before the investment code',
    kind: ['construction', 'tenderNotice'],
    html: lines('项目编码：2017-370811-48-01', '招标编号：QHZB-2026-001（任务书编号：RW-1）'),
    facts: { projectCode: 'QHZB-2026-001' },
  },
  {
    name: 'labels that say the same in other words',
    kind: ['procurement', 'awardNotice'],
    html: lines(
      '项目号：QH-2026-5',
      '采购单位全称：青禾小学',
      '招标服务单位：白石招标服务有限公司',
      '总中标金额合计：1086万元（人民币）',
      '拟中标人：红岩科技股份有限公司',
    ),
    facts: {
      projectCode: 'QH-2026-5',
      buyer: '青禾小学',
      agency: '白石招标服务有限公司',
      awardAmount: 10_860_000,
      supplier: '红岩科技股份有限公司',
    },
  },
  {
    name: 'labels of sales in other words',
    kind: ['land', 'landDealNotice'],
    html: lines(
      '土地编号：QH-9',
      '净用地面积：20000平方米',
      '竞得入选人：青禾置业有限公司',
      '成交总价：9000万元',
      '出让方：青禾县自然资源局',
    ),
    facts: {
      parcelNo: 'QH-9',
      landArea: 20_000,
      supplier: '青禾置业有限公司',
      dealPrice: 90_000_000,
      buyer: '青禾县自然资源局',
    },
  },
  {
    name: 'bare bids of an opening that can only be yuan',
    kind: ['construction', 'openingRecord'],
    html: '<table><tr><th>序号</th><th>投标人名称</th><th>密封情况</th><th>投标报价</th></tr><tr><td>1</td><td>青禾建设有限公司</td><td></td><td>3207867</td></tr><tr><td>2</td><td>白石建设有限公司</td><td></td><td>3207800.5</td></tr></table>',
    rows: [{ awardAmount: 3_207_867 }, { awardAmount: 3_207_800.5 }],
  },
  {
    name: 'bare bids of an opening that could be 万元',
    kind: ['construction', 'openingRecord'],
    html: '<table><tr><th>序号</th><th>投标人名称</th><th>投标报价</th></tr><tr><td>1</td><td>青禾建设有限公司</td><td>3207</td></tr><tr><td>2</td><td>白石建设有限公司</td><td>3207800.5</td></tr></table>',
    rows: [{ awardAmount: null }, { awardAmount: null }],
  },
];

describe('values as notices have them', () => {
  test.each(CASES.map((entry) => [entry.name, entry] as const))('%s', (_name, entry) => expectReading(entry));
});
