import { describe, test } from 'vitest';
import { type Case, expectReading } from './expect-reading.ts';

const lines = (...texts: string[]) => texts.map((text) => `<p>${text}</p>`).join('');
const table = (...rows: string[]) =>
  `<table>${rows.map((row) => `<tr>${row.replace(/[^|]+/g, '<td>$&</td>').replaceAll('|', '')}</tr>`).join('')}</table>`;

const CASES: readonly Case[] = [
  {
    name: 'lots that begin with their number are values, not labels',
    kind: ['medical', 'tenderNotice'],
    html: table('包号|名称|数量|预算（万元）', '01包|耗材柜|20台|160', '02包|高值柜|5台|75.5'),
    rows: [
      { lot: '01包', budget: 1_600_000 },
      { lot: '02包', budget: 755_000 },
    ],
  },
  {
    name: 'a column for the unit of the sums beside it',
    kind: ['procurement', 'awardNotice'],
    html: table(
      '包号|供应商名称|中标金额|单位',
      'A1|青禾家具有限公司|1,198,500.00|元',
      'A2|白石家具有限公司|35.6|万元',
    ),
    rows: [
      { lot: 'A1', supplier: '青禾家具有限公司', awardAmount: 1_198_500 },
      { lot: 'A2', supplier: '白石家具有限公司', awardAmount: 356_000 },
    ],
  },
  {
    name: 'a column of results that holds sums',
    kind: ['procurement', 'awardNotice'],
    html: table(
      '标包|供应商名称|中标结果',
      'A|青禾交通设施有限公司|1,100,500.00元',
      'B|白石智控有限公司|2,250,000.00元',
    ),
    rows: [
      { lot: 'A', supplier: '青禾交通设施有限公司', awardAmount: 1_100_500 },
      { lot: 'B', supplier: '白石智控有限公司', awardAmount: 2_250_000 },
    ],
  },
  {
    name: 'the buyer below lots of an earlier chapter is no bidder of the last lot',
    kind: ['procurement', 'awardNotice'],
    html:
      lines('采购包1：') +
      table('供应商名称|成交金额', '青禾科技有限公司|10,000.00元') +
      lines('采购包2：') +
      table('供应商名称|成交金额', '白石科技有限公司|20,000.00元') +
      lines(
        '四、主要标的信息',
        '采购包1：',
        '九、凡对本次公告内容提出询问，请按以下方式联系。',
        '1.采购人信息',
        '名称：青禾医院',
      ),
    rows: [
      { lot: '采购包1', supplier: '青禾科技有限公司', awardAmount: 10_000 },
      { lot: '采购包2', supplier: '白石科技有限公司', awardAmount: 20_000 },
    ],
  },
  {
    name: 'ranks as labels at the left of a table of two columns',
    kind: ['construction', 'candidateNotice'],
    html: table(
      '第一中标候选人|青禾照明工程有限公司',
      '投标报价|￥2,568,900.00元',
      '第二中标候选人|白石光电有限公司',
      '投标报价|￥2,571,000.00元',
    ),
    rows: [
      { supplier: '青禾照明工程有限公司', awardAmount: 2_568_900 },
      { supplier: '白石光电有限公司', awardAmount: 2_571_000 },
    ],
  },
  {
    name: 'candidates and their bids in a sentence',
    kind: ['construction', 'candidateNotice'],
    html: lines(
      '经评审，推荐第一中标候选人为：青禾建工有限公司，投标报价为3,215,600.00元；第二中标候选人为：白石建筑有限公司，投标报价为3,220,000.00元。',
    ),
    rows: [
      { supplier: '青禾建工有限公司', awardAmount: 3_215_600 },
      { supplier: '白石建筑有限公司', awardAmount: 3_220_000 },
    ],
  },
  {
    name: 'a name and a bare code in the lead',
    kind: ['medical', 'awardNotice'],
    html: lines('红岩招标有限公司就彩超采购项目（编号：QHYY-2026-015）组织公开招标，结果如下：'),
    facts: { projectName: '彩超采购项目', projectCode: 'QHYY-2026-015', procurementMethod: '公开招标' },
  },
  {
    name: 'a code that no colon parts from its label, and one of a lot',
    kind: ['construction', 'candidateNotice'],
    html: lines('环湖公路养护工程（招标编号HHGL2026-07）评标结束。', '安置房总承包（标段编号：A3205001001）评标结束。'),
    facts: { projectCode: 'HHGL2026-07', lotCode: 'A3205001001' },
  },
  {
    name: 'what was and what is in one line, by label',
    kind: ['procurement', 'correctionNotice'],
    html: lines('更正内容：原公告预算金额：1,230,000.00元，现更正为：1,203,000.00元。'),
    facts: { budget: 1_203_000 },
  },
  {
    name: 'what was and what is in quotes',
    kind: ['procurement', 'correctionNotice'],
    html: lines('1、原招标文件“预算金额：500万元”更正为“预算金额：480万元”；'),
    facts: { budget: 4_800_000 },
  },
  {
    name: 'what was and what is on two lines',
    kind: ['procurement', 'correctionNotice'],
    html: lines('原开标时间：2026年4月21日9时00分', '现变更为：2026年4月28日9时00分'),
    facts: { opening: '2026-04-28 09:00' },
  },
  {
    name: 'headings without numbers that names stand behind',
    kind: ['procurement', 'awardNotice'],
    html: lines('采购人信息 名 称：青禾教育局', '采购代理机构信息 名 称：白石招标咨询有限公司'),
    facts: { buyer: '青禾教育局', agency: '白石招标咨询有限公司' },
  },
  {
    name: 'sums right behind their names',
    kind: ['general', 'tenderNotice'],
    html: lines('本次招标工程估算价3250.5万元，控制价3100万元。', '询价保证金1万元，售后不退。'),
    facts: { budget: 32_505_000, ceilingPrice: 31_000_000, deposit: 10_000 },
  },
  {
    name: 'buyers that differ from row to row are none',
    kind: ['construction', 'tenderPlan'],
    html: table('项目名称|建设单位|招标内容', '小学扩建|青禾县教育局|施工', '垃圾转运站|青禾县城管局|施工'),
    facts: { buyer: null },
  },
  {
    name: 'the office to contact sold the land',
    kind: ['land', 'landDealNotice'],
    html: lines('联系单位：青禾县自然资源局'),
    facts: { buyer: '青禾县自然资源局' },
  },
  {
    name: 'ranks before names with the bid in brackets',
    kind: ['construction', 'candidateNotice'],
    html: lines(
      '第一名：青禾水利工程有限公司（投标报价：8,765,432.10元；工期：120天）',
      '第二名：白石疏浚有限公司（投标报价：8,800,000.00元；工期：120天）',
    ),
    rows: [
      { supplier: '青禾水利工程有限公司', awardAmount: 8_765_432.1 },
      { supplier: '白石疏浚有限公司', awardAmount: 8_800_000 },
    ],
  },
  {
    name: 'sums in the words behind the name of a lot',
    kind: ['procurement', 'tenderNotice'],
    html: lines(
      '标项一：冷链车，预算金额1860000元，最高限价1800000元',
      '标项二：冷库，预算金额1000000元，最高限价980000元',
    ),
    rows: [
      { lot: '标项一', budget: 1_860_000, ceilingPrice: 1_800_000 },
      { lot: '标项二', budget: 1_000_000, ceilingPrice: 980_000 },
    ],
  },
  {
    name: 'labels that name their lot',
    kind: ['procurement', 'awardNotice'],
    html: lines(
      '包1 供应商名称：青禾清洁服务有限公司 中标金额：120,000.00元',
      '包2 供应商名称：白石环保科技有限公司 中标金额：80,000.00元',
    ),
    rows: [
      { lot: '包1', supplier: '青禾清洁服务有限公司', awardAmount: 120_000 },
      { lot: '包2', supplier: '白石环保科技有限公司', awardAmount: 80_000 },
    ],
  },
  {
    name: 'a header that is no more than its unit',
    kind: ['procurement', 'awardNotice'],
    html: table(
      '标段序号|标段名称|中标人|中标（下浮率）',
      '1|粮油|青禾粮油有限公司|8.5%',
      '2|肉类|白石食品有限公司|6%',
    ),
    facts: { supplier: '青禾粮油有限公司、白石食品有限公司' },
    rows: [
      { lot: '1', supplier: '青禾粮油有限公司' },
      { lot: '2', supplier: '白石食品有限公司' },
    ],
  },
  {
    name: 'a ceiling that was changed',
    kind: ['construction', 'correctionNotice'],
    html: lines('2.招标控制价由25678900元调整为24980000元；'),
    facts: { ceilingPrice: 24_980_000 },
  },
  {
    name: 'who won, by the word of the committee',
    kind: ['construction', 'awardNotice'],
    html: lines('经评标委员会评定，青禾水利建设有限公司中标，中标金额为12,345,678.00元。'),
    facts: { supplier: '青禾水利建设有限公司', awardAmount: 12_345_678 },
  },
  {
    name: 'a government commissions the office that sells its land',
    kind: ['land', 'landOffering'],
    html: lines('受青禾县人民政府委托，青禾县自然资源局定于2026年7月20日上午10时举办国有建设用地使用权拍卖出让活动。'),
    facts: { buyer: '青禾县自然资源局' },
  },
  {
    name: 'headers of two rows without merged cells',
    kind: ['construction', 'openingRecord'],
    html: '<table><tr><td>序号</td><td>投标单位</td><td>投标报价</td><td></td></tr><tr><td></td><td></td><td>小写（元）</td><td>大写</td></tr><tr><td>1</td><td>青禾建设有限公司</td><td>1234567.00</td><td>壹佰贰拾叁万肆仟伍佰陆拾柒元整</td></tr><tr><td>2</td><td>白石建设有限公司</td><td>1240000.00</td><td>壹佰贰拾肆万元整</td></tr></table>',
    rows: [
      { supplier: '青禾建设有限公司', awardAmount: 1_234_567 },
      { supplier: '白石建设有限公司', awardAmount: 1_240_000 },
    ],
  },
  {
    name: 'lots with a name whose number is that of the row',
    kind: ['procurement', 'awardNotice'],
    html: table(
      '序号|标项名称|中标供应商名称|中标（成交）金额（元）',
      '1|中学物业|青禾物业服务有限公司|最终报价:1566000(元)',
      '2|小学物业|白石后勤管理有限公司|最终报价:988000(元)',
    ),
    rows: [
      { lot: '1', lotName: '中学物业', supplier: '青禾物业服务有限公司', awardAmount: 1_566_000 },
      { lot: '2', lotName: '小学物业', supplier: '白石后勤管理有限公司', awardAmount: 988_000 },
    ],
  },
  {
    name: 'numbered headings of lots',
    kind: ['procurement', 'awardNotice'],
    html: lines(
      '1.第1包：',
      '供应商名称：青禾设备有限公司',
      '中标金额：56.8万元',
      '2.第2包：',
      '供应商名称：白石器械有限公司',
      '中标金额：33.2万元',
    ),
    rows: [
      { lot: '第1包', supplier: '青禾设备有限公司', awardAmount: 568_000 },
      { lot: '第2包', supplier: '白石器械有限公司', awardAmount: 332_000 },
    ],
  },
  {
    name: 'names and addresses in one column',
    kind: ['procurement', 'awardNotice'],
    html: table(
      '包号|中标供应商名称、地址|中标金额',
      '包一|青禾农机有限公司 青禾市城东区|人民币 358000.00 元',
      '包二|白石机械有限公司 白石市乐都区|人民币 196000.00 元',
    ),
    rows: [
      { lot: '包一', supplier: '青禾农机有限公司', awardAmount: 358_000 },
      { lot: '包二', supplier: '白石机械有限公司', awardAmount: 196_000 },
    ],
  },
  {
    name: 'headers that ask a question',
    kind: ['construction', 'openingRecord'],
    html: table(
      '投标人|投标价（元）|是否低于成本|评标基准价',
      '青禾建设有限公司|2,222,222.22|否|2,230,000.00',
      '白石建设有限公司|2,240,000.00|否|2,230,000.00',
    ),
    rows: [
      { supplier: '青禾建设有限公司', awardAmount: 2_222_222.22 },
      { supplier: '白石建设有限公司', awardAmount: 2_240_000 },
    ],
  },
];

describe('layouts of many places', () => {
  test.each(CASES.map((entry) => [entry.name, entry] as const))('%s', (_name, entry) => expectReading(entry));
});
