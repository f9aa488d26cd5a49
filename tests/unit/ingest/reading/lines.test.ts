import { describe, test } from 'vitest';
import { type Case, expectReading } from './expect-reading.ts';

const lines = (...texts: string[]) => texts.map((text) => `<p>${text}</p>`).join('');
const words = (text: string) => lines(...text.split(' / '));

const CASES: readonly Case[] = [
  {
    name: 'a flattened table of awards',
    kind: ['procurement', 'awardNotice'],
    html: words(
      '三、中标（成交）信息 / 序号 / 标项名称 / 中标（成交）金额(元) / 中标供应商名称 / 地址 / 信用代码 / 评分结果 / 评审价格 / 1 / 青禾配电工程 / 2630565.34 / 白石电力有限公司 / 河岸路1号 / 91370811MA0000015F / 95.1 / 2630565.34 / 四、主要标的信息',
    ),
    facts: { supplier: '白石电力有限公司', awardAmount: 2_630_565.34 },
  },
  {
    name: 'a flattened table whose last cell was empty',
    kind: ['procurement', 'awardNotice'],
    html: words(
      '三、采购结果 / 采购包1: / 供应商名称 / 供应商地址 / 中标（成交）金额 / 评审价格 / 白石网络有限公司 / 河岸路87号二楼 / 447,500.00元 / 合计（总价）：447500元 / 四、主要标的信息',
    ),
    facts: { supplier: '白石网络有限公司', awardAmount: 447_500 },
  },
  {
    name: 'labels as lines, values below',
    kind: ['construction', 'candidateNotice'],
    html: words(
      '招标人 / 青禾城建投资有限公司 / 工程名称 / 青禾路改造 / 最高投标限价 / 59315234.07元 / 开标时间 / 2026年03月24日 / 中标候选人1单位名称 / 白石建设有限公司 / 投标报价 / 5627.5元 / 中标候选人2单位名称 / 红岩建设有限公司 / 投标报价 / 5594.6元 / 招标代理机构联系人及电话 / 青禾招标代理有限公司 13900000002',
    ),
    facts: {
      buyer: '青禾城建投资有限公司',
      projectName: '青禾路改造',
      ceilingPrice: 59_315_234.07,
      opening: '2026-03-24',
      agency: '青禾招标代理有限公司',
    },
    rows: [
      { supplier: '白石建设有限公司', awardAmount: 5_627.5 },
      { supplier: '红岩建设有限公司', awardAmount: 5_594.6 },
    ],
  },
  {
    name: 'unranked blocks that repeat, the unit on a line of its own',
    kind: ['construction', 'candidateNotice'],
    html: words(
      '定标候选人 / 单位名称 / 白石监理有限公司 / 投标报价 / 1483160.00 / 元 / 申报的业绩及奖项 / 红岩公园监理 / 单位名称 / 青禾监理有限公司 / 投标报价 / 1483150.00 / 元',
    ),
    rows: [
      { supplier: '白石监理有限公司', awardAmount: 1_483_160 },
      { supplier: '青禾监理有限公司', awardAmount: 1_483_150 },
    ],
  },
  {
    name: 'a contract in lines',
    kind: ['procurement', 'contractNotice'],
    html: words(
      '采购人名称 / 青禾体育学校 / 中标（成交）供应商名称 / 白石建筑工程有限公司 / 合同金额 / 28.38万元 人民币 / 合同期限 / 0年 / 合同签署时间 / 2026-03-16 08:42:49',
    ),
    facts: {
      buyer: '青禾体育学校',
      supplier: '白石建筑工程有限公司',
      contractAmount: 283_800,
      contractDate: '2026-03-16 08:42',
    },
  },
  {
    name: 'everything on one line',
    kind: ['procurement', 'awardNotice'],
    html: '<pre>一、项目编号：X-2026-1二、项目名称：青禾采购三、采购人：青禾中学四、中标供应商：白石商贸有限公司五、中标金额：12.5万元六、公告期限：1个工作日</pre>',
    facts: {
      projectCode: 'X-2026-1',
      projectName: '青禾采购',
      buyer: '青禾中学',
      supplier: '白石商贸有限公司',
      awardAmount: 125_000,
    },
  },
  {
    name: 'lines parted by line ends in one element',
    kind: ['procurement', 'tenderNotice'],
    html: '<pre>项目编号：X-2026-2\n项目名称：青禾采购\n采购人：青禾中学\n预算金额：30万元</pre>',
    facts: { projectCode: 'X-2026-2', buyer: '青禾中学', budget: 300_000 },
  },
  {
    name: 'headings glued to their content',
    kind: ['procurement', 'awardNotice'],
    html: lines(
      '一、项目编号 QH-2026-17',
      '三、项目名称 青禾学校信息化设备',
      '四、中标（成交）信息 供应商名称：白石科技有限公司 供应商地址：东园 中标（成交）金额：121.5 价格单位： 万元',
      '1、采购人信息 名 称：青禾镇中心学校 地 址：青禾村',
      '2、采购代理机构信息 名 称：红岩造价咨询有限责任公司 地 址：文苑',
    ),
    facts: {
      projectCode: 'QH-2026-17',
      projectName: '青禾学校信息化设备',
      supplier: '白石科技有限公司',
      awardAmount: 1_215_000,
      buyer: '青禾镇中心学校',
      agency: '红岩造价咨询有限责任公司',
    },
  },
  {
    name: 'label and value in elements beside each other',
    kind: ['construction', 'tenderNotice'],
    html: '<div><span>招标人：</span><span>青禾水务局</span></div><div><span>开标时间：</span><span>2026</span><span>年</span><span>4</span><span>月</span><span>21</span><span>日</span><span>9</span><span>时</span><span>30</span><span>分</span></div>',
    facts: { buyer: '青禾水务局', opening: '2026-04-21 09:30' },
  },
  {
    name: 'a date whose digits became lines',
    kind: ['general', 'tenderNotice'],
    html: words('采购人：青禾水务局 / 开标时间： / 202 / 6 / 年 / 4 / 月 / 21 / 日9时30分 / 地点：青禾大厦'),
    facts: { buyer: '青禾水务局', opening: '2026-04-21 09:30' },
  },
  {
    name: 'lots in lines',
    kind: ['procurement', 'tenderNotice'],
    html: lines(
      '标项一',
      '标项名称:青禾课桌',
      '预算金额（元）:4000000',
      '标项二',
      '标项名称:青禾黑板',
      '预算金额（元）:2000000',
    ),
    rows: [
      { lot: '标项一', budget: 4_000_000 },
      { lot: '标项二', budget: 2_000_000 },
    ],
  },
  {
    name: 'lots in lines of an award',
    kind: ['medical', 'awardNotice'],
    html: lines(
      '三、中标（成交）信息',
      '包号：1',
      '供应商名称：青禾医疗有限公司',
      '中标（成交）金额： 10,727,000.00元',
      '包号：2',
      '供应商名称：白石医疗有限公司',
      '中标（成交）金额： 592,046.00元',
      '包号：3',
      '废标（终止）原因：投标人不足三家',
    ),
    facts: { awardAmount: null, supplier: '青禾医疗有限公司、白石医疗有限公司' },
    rows: [
      { lot: '1', supplier: '青禾医疗有限公司', awardAmount: 10_727_000 },
      { lot: '2', supplier: '白石医疗有限公司', awardAmount: 592_046 },
    ],
  },
  {
    name: 'a total that its lots contradict',
    kind: ['medical', 'awardNotice'],
    html: `<table><tr><td>总中标金额</td><td>￥667.350000 万元（人民币）</td></tr></table>${lines('包号：1', '供应商名称：青禾医疗有限公司', '中标金额：1072.7万元', '包号：2', '供应商名称：白石医疗有限公司', '中标金额：59.2万元')}`,
    facts: { awardAmount: null },
  },
  {
    name: 'parcels as lines that repeat',
    kind: ['land', 'landOffering'],
    html: lines(
      '宗地编号：青土挂[2026]012号',
      '宗地总面积：38370.353平方米',
      '起始价：571900万元',
      '宗地编号：青土挂[2026]013号',
      '宗地总面积：87328.39平方米',
      '起始价：241000万元',
    ),
    rows: [
      { parcelNo: '青土挂[2026]012号', landArea: 38_370.353, startPrice: 5_719_000_000 },
      { parcelNo: '青土挂[2026]013号', landArea: 87_328.39, startPrice: 2_410_000_000 },
    ],
  },
  {
    name: 'rows of words below headers in a line',
    kind: ['construction', 'candidateNotice'],
    html: lines(
      '序号 投标人名称 投标报价（元） 得分',
      '1 青禾建设有限公司 1000000 95.1',
      '2 白石建设有限公司 1010000 94.2',
    ),
    rows: [
      { supplier: '青禾建设有限公司', awardAmount: 1_000_000 },
      { supplier: '白石建设有限公司', awardAmount: 1_010_000 },
    ],
  },
  {
    name: 'lots and their winners in one line',
    kind: ['procurement', 'awardNotice'],
    html: lines('中标结果：第1包：青禾科技有限公司，中标金额：10万元；第2包：白石科技有限公司，中标金额：20万元'),
    rows: [
      { lot: '第1包', supplier: '青禾科技有限公司', awardAmount: 100_000 },
      { lot: '第2包', supplier: '白石科技有限公司', awardAmount: 200_000 },
    ],
  },
  {
    name: 'numbered members behind their label',
    kind: ['construction', 'awardNotice'],
    html: lines('中标人：1.青禾建设有限公司（牵头人） 2.白石设计有限公司（成员）', '中标金额：1200万元'),
    facts: { supplier: '青禾建设有限公司、白石设计有限公司', awardAmount: 12_000_000 },
  },
  {
    name: 'changes in lines',
    kind: ['construction', 'correctionNotice'],
    html: lines(
      '原开标时间：2026年4月10日9时',
      '现开标时间变更为：2026年4月20日9时30分',
      '投标截止时间由原2026年4月10日9时00分变更为2026年4月20日9时30分',
    ),
    facts: { opening: '2026-04-20 09:30', deadline: '2026-04-20 09:30' },
  },
  {
    name: 'a section whose heading is the label',
    kind: ['construction', 'tenderNotice'],
    html: lines('五、投标保证金', '金额 900000 元', '六、开标地点', '青禾大厦三楼开标室'),
    facts: { deposit: 900_000 },
  },
];

describe('lines as notices have them', () => {
  test.each(CASES.map((entry) => [entry.name, entry] as const))('%s', (_name, entry) => expectReading(entry));
});
