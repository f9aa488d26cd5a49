import { describe, test } from 'vitest';
import { type Case, expectReading } from './expect-reading.ts';

const lines = (...texts: string[]) => texts.map((text) => `<p>${text}</p>`).join('');

const CASES: readonly Case[] = [
  {
    name: 'the deadline of the standard tender notice',
    kind: ['construction', 'tenderNotice'],
    html: lines('5.1 投标文件递交的截止时间（投标截止时间，下同）为2026年04月21日上午09时30分，地点为青禾交易中心。'),
    facts: { deadline: '2026-04-21 09:30' },
  },
  {
    name: 'a deadline with nothing between it and what follows',
    kind: ['construction', 'tenderNotice'],
    html: lines('投标文件递交的截止时间为2023-12-05 09:00:00投标人应在截止时间前通过系统递交。'),
    facts: { deadline: '2023-12-05 09:00' },
  },
  {
    name: 'deadline and opening in one sentence',
    kind: ['construction', 'tenderNotice'],
    html: lines('投标截止时间和开标时间为2026年9月1日9:30时（北京时间）。'),
    facts: { deadline: '2026-09-01 09:30', opening: '2026-09-01 09:30' },
  },
  {
    name: 'an opening in the past',
    kind: ['construction', 'candidateNotice'],
    html: lines('青禾工程于2018年10月23日上午10时00分（北京时间）在青禾市公共资源交易中心进行了公开开标，推荐如下：'),
    facts: { opening: '2018-10-23 10:00' },
  },
  {
    name: 'applications for prequalification',
    kind: ['construction', 'prequalificationNotice'],
    html: lines('提交资格预审申请文件截止时间：2026年4月9日9时00分'),
    facts: { deadline: '2026-04-09 09:00' },
  },
  {
    name: 'bids between two times of a day',
    kind: ['medical', 'tenderNotice'],
    html: lines('响应文件必须在2026年3月18日下午14:30～15:00 (北京时间)之间送到青禾交易中心。'),
    facts: { deadline: '2026-03-18 15:00' },
  },
  {
    name: 'the end of a listing in a sentence',
    kind: ['land', 'landOffering'],
    html: lines('五、本次挂牌报价时间自2026年8月23日 9:00起至2026年9月1日14:30 止（工作时间）。'),
    facts: { deadline: '2026-09-01 14:30' },
  },
  {
    name: 'a share of the work is no price',
    kind: ['general', 'candidateNotice'],
    html: lines(
      '第一中选候选人：青禾通信工程有限公司，中选份额为70%',
      '第二中选候选人：白石通信工程有限公司，中选份额为30%',
    ),
    facts: { awardAmount: null },
    rows: [{ supplier: '青禾通信工程有限公司' }, { supplier: '白石通信工程有限公司' }],
  },
  {
    name: 'candidates in sentences',
    kind: ['construction', 'candidateNotice'],
    html: lines(
      '评标报告中排名第一的青禾建工集团有限公司为第一中标候选人，中标金额为10734785.00元；排名第二的白石建设集团有限公司为第二中标候选人，中标金额为10791063元。',
    ),
    facts: { awardAmount: null },
    rows: [
      { supplier: '青禾建工集团有限公司', awardAmount: 10_734_785 },
      { supplier: '白石建设集团有限公司', awardAmount: 10_791_063 },
    ],
  },
  {
    name: 'the letter to the winner',
    kind: ['construction', 'awardNotice'],
    html: lines(
      '青禾建设有限公司(中标人名称)：',
      '你单位于2026年3月1日递交的投标文件已被我方接受，被确定为中标人。',
      '中标价：1234567.8元',
    ),
    facts: { awardAmount: 1_234_567.8 },
  },
  {
    name: 'who commissions whom',
    kind: ['procurement', 'tenderNotice'],
    html: lines('白石招标有限公司受青禾教育局的委托，对青禾小学课桌椅进行公开招标。'),
    facts: { buyer: '青禾教育局', agency: '白石招标有限公司', procurementMethod: '公开招标' },
  },
  {
    name: 'who commissions whom, the other way round',
    kind: ['procurement', 'awardNotice'],
    html: lines('受青禾职业学院委托，白石工程咨询有限公司对青禾职业学院军训服采购项目进行了竞争性磋商。'),
    facts: { buyer: '青禾职业学院', agency: '白石工程咨询有限公司' },
  },
  {
    name: 'a signature',
    kind: ['general', 'awardNotice'],
    html: lines('成交供应商：白石商贸有限公司', '青禾发展建设有限公司', '2026年3月16日'),
    facts: { buyer: '青禾发展建设有限公司' },
  },
  {
    name: 'a seller in the heading and in the lead',
    kind: ['land', 'landOffering'],
    html: lines(
      '青禾县自然资源局国有建设用地使用权挂牌出让公告',
      '经青禾县人民政府批准,青禾县自然资源局决定以挂牌方式出让2宗地。',
    ),
    facts: { buyer: '青禾县自然资源局' },
  },
  {
    name: 'sellers of property under other names',
    kind: ['property', 'propertyListing'],
    html: '<table><tr><td>委托方名称</td><td>青禾镇西河村民委员会。</td></tr><tr><td>转让底价</td><td>人民币5万元。</td></tr></table>',
    facts: { buyer: '青禾镇西河村民委员会', listingPrice: 50_000 },
  },
  {
    name: 'members of a consortium',
    kind: ['construction', 'awardNotice'],
    html: lines('中标人：青禾规划设计研究总院有限公司(白石工程设计有限公司)', '中标价：653.68万元'),
    facts: { supplier: '青禾规划设计研究总院有限公司、白石工程设计有限公司' },
  },
  {
    name: 'an agency beside its telephone',
    kind: ['construction', 'candidateNotice'],
    html: '<table><tr><td>招标人联系人及电话</td><td>青禾水务局 13900000001</td></tr><tr><td>招标代理机构联系人及电话</td><td>白石代理有限公司 1527…</td></tr></table>',
    facts: { buyer: '青禾水务局', agency: '白石代理有限公司' },
  },
  {
    name: 'a change told in a sentence',
    kind: ['procurement', 'correctionNotice'],
    html: lines('原投标截止时间为2026年4月1日9时00分；，现更改为"投标截止时间为2026年4月8日9时00分"'),
    facts: { deadline: '2026-04-08 09:00' },
  },
];

describe('sentences as notices have them', () => {
  test.each(CASES.map((entry) => [entry.name, entry] as const))('%s', (_name, entry) => expectReading(entry));
});
