import { describe, test } from 'vitest';
import { type Case, expectReading } from './expect-reading.ts';

/** Rows of cells parted by `|` as a table; `!` before a cell makes it a header. */
function table(...rows: string[]): string {
  const cell = (text: string) => (text.startsWith('!') ? `<th>${text.slice(1)}</th>` : `<td>${text}</td>`);
  return `<table>${rows.map((row) => `<tr>${row.split('|').map(cell).join('')}</tr>`).join('')}</table>`;
}

const CASES: readonly Case[] = [
  {
    name: 'a plan whose columns are mostly unknown',
    kind: ['construction', 'tenderPlan'],
    html: table(
      '序号|项目名称|建设单位（或招标人）|项目概况|招标方式|投资额（万元）|资金来源|预计招标时间',
      '1|青禾水厂监理|青禾供水有限公司|新建清水池两座|公开招标|250|自筹|2026年05月',
    ),
    facts: { projectName: '青禾水厂监理', buyer: '青禾供水有限公司', budget: 2_500_000, procurementMethod: '公开招标' },
  },
  {
    name: 'a plan with other words and th',
    kind: ['construction', 'tenderPlan'],
    html: table(
      '!序号|!招标项目名称|!项目业主|!建设内容及规模|!发包方式|!估算投资(万元)|!拟招标日期|!备注',
      '1|石桥路改造工程|石桥镇人民政府|道路长1.2公里|公开招标|1200|2026年8月|/',
    ),
    facts: { projectName: '石桥路改造工程', buyer: '石桥镇人民政府' },
  },
  {
    name: 'suppliers with address and code',
    kind: ['procurement', 'awardNotice'],
    html: table('供应商名称|供应商地址|供应商编码', '青禾医疗器械有限公司|河岸路9号|91370811MA0000015F'),
    facts: { supplier: '青禾医疗器械有限公司' },
  },
  {
    name: 'things below a named supplier are nobody',
    kind: ['procurement', 'awardNotice'],
    html: `<p>供应商名称：青禾设备有限公司</p><p>中标（成交）金额：480.000000（万元）</p>${table(
      '序号|供应商名称|货物名称|货物品牌|货物型号|货物数量|货物单价(元)',
      '1|青禾设备有限公司|培养系统|甲牌|X-1|2|830000',
    )}`,
    facts: { supplier: '青禾设备有限公司', awardAmount: 4_800_000 },
  },
  {
    name: 'candidates with those whom they put in charge, and bidders who were rejected with the reason',
    kind: ['construction', 'candidateNotice'],
    html: `${table(
      '排名|中标候选人名称|投标报价（元）|项目经理|注册证书编号',
      '第一名|青禾路桥有限公司|1200000|张某某|鲁1370000000001',
      '第二名|河岸建设有限公司|1210000|李某|鲁1370000000002',
    )}<p>被否决的投标：</p>${table('投标人名称|否决投标的原因', '石桥市政有限公司|投标保证金未按时到账')}`,
    rows: [
      { supplier: '青禾路桥有限公司', projectLeader: '张某某', leaderCertificate: '鲁1370000000001' },
      { supplier: '河岸建设有限公司', projectLeader: '李某', leaderCertificate: '鲁1370000000002' },
    ],
  },
  {
    name: 'bids of an opening with the reasons why some do not count',
    kind: ['construction', 'openingRecord'],
    html: table(
      '序号|投标人名称|投标报价（元）|项目负责人|否决原因',
      '1|青禾路桥有限公司|1200000|张某某|无',
      '2|石桥市政有限公司|1300000|王某|报价超过最高限价',
    ),
    rows: [
      { supplier: '青禾路桥有限公司', projectLeader: '张某某', rejectionReason: null },
      { supplier: '石桥市政有限公司', projectLeader: '王某', rejectionReason: '报价超过最高限价' },
    ],
  },
  {
    name: 'review columns beside the bidders',
    kind: ['procurement', 'candidateNotice'],
    html: table(
      '供应商|资格性审查|符合性审查|技术得分|最终报价（元）|得分排名',
      '青禾建设有限公司|通过|通过|50.1|98000|1',
      '白石建设有限公司|通过|通过|48.0|99000|2',
    ),
    rows: [
      { supplier: '青禾建设有限公司', awardAmount: 98_000 },
      { supplier: '白石建设有限公司', awardAmount: 99_000 },
    ],
  },
  {
    name: 'a name above a count does not become the count',
    kind: ['medical', 'tenderNotice'],
    html: `<p>项目名称：青禾医院透析机采购</p>${table('项目名称|数量', '血液透析机|2台')}`,
    facts: { projectName: '青禾医院透析机采购' },
  },
  {
    name: 'who buys, beside what is bought',
    kind: ['procurement', 'tenderNotice'],
    html: table('合同包|品目号|采购单位|采购标的|数量', '1|1-1|青禾小学|课桌椅|200套'),
    facts: { buyer: '青禾小学' },
  },
  {
    name: 'a serial number of a thing is no project code',
    kind: ['procurement', 'awardNotice'],
    html: table('标的编号|标的名称|成交单位', '0001|青禾工程|白石建设有限公司'),
    facts: { projectCode: null, supplier: '白石建设有限公司' },
  },
  {
    name: 'land with unknown columns',
    kind: ['land', 'landOffering'],
    html: table(
      '地块编号|地块坐落|出让面积（M²）|土地用途|地上建筑面积（M²）|土地出让年限|起始价（万元）',
      '青储出〔2026〕14号|河岸路以东|64505|商住|141911|70年|9000',
      '青储出〔2026〕15号|河岸路以西|53212|住宅|133030|70年|8000',
      '注：以出让文件为准||||||',
    ),
    rows: [
      { parcelNo: '青储出〔2026〕14号', landArea: 64_505, startPrice: 90_000_000 },
      { parcelNo: '青储出〔2026〕15号', landArea: 53_212, startPrice: 80_000_000 },
    ],
  },
  {
    name: 'a table of labels for each parcel',
    kind: ['land', 'landDealNotice'],
    html: `<p>地块1：</p>${table('地块编号|P2026-1|地块位置|河东', '土地面积(公顷)|0.8684|成交价(万元)|6000', '受让单位|青禾置业有限公司|土地现状|净地')}<p>地块2：</p>${table('地块编号|P2026-2|地块位置|河西', '土地面积(公顷)|0.5|成交价(万元)|304', '受让单位|白石置业有限公司|土地现状|净地')}`,
    rows: [
      { parcelNo: 'P2026-1', landArea: 8_684, dealPrice: 60_000_000, supplier: '青禾置业有限公司' },
      { parcelNo: 'P2026-2', landArea: 5_000, dealPrice: 3_040_000, supplier: '白石置业有限公司' },
    ],
  },
  {
    name: 'ranks as headers over names',
    kind: ['construction', 'candidateNotice'],
    html: table(
      '投标人排序|第一名|第二名',
      '中标候选人名称|青禾建设有限公司|白石建设有限公司',
      '投标报价（元）|1000000|1010000',
      '工期|60日历天|60日历天',
    ),
    rows: [
      { supplier: '青禾建设有限公司', awardAmount: 1_000_000 },
      { supplier: '白石建设有限公司', awardAmount: 1_010_000 },
    ],
  },
  {
    name: 'ranks as headers with an empty corner, equal bids',
    kind: ['construction', 'candidateNotice'],
    html: table(
      '|第一中标候选人|第二中标候选人|第三中标候选人',
      '单位名称|青禾监理有限公司|白石监理有限公司|红岩监理有限公司',
      '投标报价（万元）|50|50|50',
    ),
    facts: { awardAmount: null },
    rows: [
      { supplier: '青禾监理有限公司', awardAmount: 500_000 },
      { supplier: '白石监理有限公司', awardAmount: 500_000 },
      { supplier: '红岩监理有限公司', awardAmount: 500_000 },
    ],
  },
  {
    name: 'ranks as headers behind serial numbers',
    kind: ['construction', 'candidateNotice'],
    html: table(
      '序号|评审内容|第一名|第二名',
      '1|投标单位|青禾设计院|白石设计院',
      '2|投标总价（元）|200000|210000',
      '3|质量|合格|合格',
    ),
    rows: [
      { supplier: '青禾设计院', awardAmount: 200_000 },
      { supplier: '白石设计院', awardAmount: 210_000 },
    ],
  },
  {
    name: 'candidates as pairs in a row',
    kind: ['construction', 'candidateNotice'],
    html: table('第一中标候选人|青禾建设有限公司|得分|96.96', '第二中标候选人|白石建设有限公司|得分|95.62'),
    rows: [
      { supplier: '青禾建设有限公司', score: '96.96' },
      { supplier: '白石建设有限公司', score: '95.62' },
    ],
  },
  {
    name: 'numbered labels of candidates',
    kind: ['construction', 'candidateNotice'],
    html: table(
      '中标候选人1单位名称|青禾建设有限公司',
      '投标报价|1000000元',
      '中标候选人2单位名称|白石建设有限公司',
      '投标报价|1010000元',
    ),
    rows: [
      { supplier: '青禾建设有限公司', awardAmount: 1_000_000 },
      { supplier: '白石建设有限公司', awardAmount: 1_010_000 },
    ],
  },
  {
    name: 'prices in lines, names in a table',
    kind: ['construction', 'candidateNotice'],
    html: `<p>第一名：经评审的投标报价(元)：1720000</p><p>第二名：经评审的投标报价(元)：1780000</p>${table('序号|推荐顺序|第一名|第二名', '1|中标候选人名称|青禾勘察设计院有限公司|白石设计集团有限公司与红岩地质勘察院联合体', '2|工期|2个月|2个月')}`,
    rows: [
      { supplier: '青禾勘察设计院有限公司', awardAmount: 1_720_000 },
      { supplier: '白石设计集团有限公司、红岩地质勘察院', awardAmount: 1_780_000 },
    ],
  },
  {
    name: 'a table for each lot',
    kind: ['medical', 'awardNotice'],
    html: `<div>第1包 ：</div>${table('供应商名称|供应商地址|中标金额(万元)|评审得分', '青禾医药有限公司|河东|237.5|90.58')}<div>第2包 ：</div>${table('供应商名称|供应商地址|中标金额(万元)|评审得分', '白石电子有限公司|河西|257|86.86')}`,
    rows: [
      { lot: '第1包', supplier: '青禾医药有限公司', awardAmount: 2_375_000 },
      { lot: '第2包', supplier: '白石电子有限公司', awardAmount: 2_570_000 },
    ],
  },
  {
    name: 'lots with a column nobody knows and the budget of the whole beside them',
    kind: ['medical', 'tenderNotice'],
    html: '<table><tr><td>包号</td><td>设备名称</td><td>分包控制预算（单位：万元）</td><td>项目控制预算（单位：万元）</td><td>简要技术指标</td></tr><tr><td>第1包</td><td>监护仪</td><td>239.1</td><td rowspan="2">338.1</td><td>操作平台</td></tr><tr><td>第2包</td><td>手术台</td><td>99</td><td>电动</td></tr></table>',
    facts: { budget: 3_381_000 },
    rows: [
      { lot: '第1包', budget: 2_391_000 },
      { lot: '第2包', budget: 990_000 },
    ],
  },
  {
    name: 'estimates of lots',
    kind: ['construction', 'tenderNotice'],
    html: table(
      '标段编号|标段名称|估算价（万元）|工期',
      'SD-1|一标段施工|1200|90日历天',
      'SD-2|二标段施工|800|90日历天',
    ),
    rows: [
      { lot: 'SD-1', budget: 12_000_000 },
      { lot: 'SD-2', budget: 8_000_000 },
    ],
  },
  {
    name: 'titles of sections in a table',
    kind: ['construction', 'awardNotice'],
    html: '<table><tr><td colspan="2">招标人信息</td></tr><tr><td>单位名称</td><td>青禾街道办事处</td></tr><tr><td>联系人</td><td>王女士</td></tr><tr><td colspan="2">招标代理机构信息</td></tr><tr><td>单位名称</td><td>白石招标代理有限公司</td></tr><tr><td colspan="2">中标人信息</td></tr><tr><td>单位名称</td><td>红岩建设有限公司</td></tr><tr><td>社会信用代码</td><td>91370811MA0000015F</td></tr><tr><td>中标价</td><td>1234567.80元</td></tr></table>',
    facts: {
      buyer: '青禾街道办事处',
      agency: '白石招标代理有限公司',
      supplier: '红岩建设有限公司',
      awardAmount: 1_234_567.8,
    },
  },
  {
    name: 'past work is nobody’s fact',
    kind: ['construction', 'candidateNotice'],
    html: `<p>招标人：青禾市政管理处</p><p>第一中标候选人：白石监理有限公司</p><p>投标报价：50万元</p><p>投标人业绩：</p>${table('序号|项目名称|建设单位|合同价格（元）', '1|红岩医院监理|红岩医院|880000')}`,
    facts: { buyer: '青禾市政管理处', projectName: null },
    rows: [{ supplier: '白石监理有限公司', awardAmount: 500_000 }],
  },
  {
    name: 'past work told in pairs',
    kind: ['construction', 'awardNotice'],
    html: `${table('招标人|青禾市政管理处', '中标人|白石监理有限公司', '中标价|50万元')}<p>类似项目业绩</p>${table('建设单位|红岩医院', '项目名称|红岩医院监理', '合同价格（元）|880000')}`,
    facts: { buyer: '青禾市政管理处', projectName: null, awardAmount: 500_000 },
  },
  {
    name: 'sum and unit in neighbouring cells',
    kind: ['construction', 'awardNotice'],
    html: table('中标人|白石建设有限公司|', '中标金额|160.264600|万元'),
    facts: { awardAmount: 1_602_646 },
  },
  {
    name: 'headers in a table of their own',
    kind: ['procurement', 'awardNotice'],
    html: `${table('包号|中标供应商|中标金额（元）')}${table('1|青禾建设有限公司|1000', '2|白石建设有限公司|2000')}`,
    rows: [
      { lot: '1', supplier: '青禾建设有限公司', awardAmount: 1_000 },
      { lot: '2', supplier: '白石建设有限公司', awardAmount: 2_000 },
    ],
  },
  {
    name: 'a group left of its labels',
    kind: ['property', 'propertyListing'],
    html: '<table><tr><td>项目名称</td><td colspan="2">青禾路房产转让</td><td>项目编号</td><td>01FC2026</td></tr><tr><td rowspan="3">标的概况</td><td>标的坐落</td><td colspan="3">青禾路90号</td></tr><tr><td>用途</td><td>办公</td><td>房屋结构</td><td>混合</td></tr><tr><td>转让底价</td><td colspan="3">10326000元</td></tr><tr><td>保证金及处置方式</td><td colspan="4">1.缴纳：金额 1050000 元，截止时间 2026年7月27日 17:00 ，按系统提示缴纳。</td></tr></table>',
    facts: { projectCode: '01FC2026', location: '青禾路90号', listingPrice: 10_326_000, deposit: 1_050_000 },
  },
  {
    name: 'a lot that failed has no winner',
    kind: ['procurement', 'awardNotice'],
    html: table('包号|中标供应商|中标金额|备注', '1|废标|/|不足三家', '2|青禾商贸有限公司|5万元|'),
    facts: { supplier: '青禾商贸有限公司', awardAmount: 50_000 },
  },
  {
    name: 'rejected bidders and staff are no candidates',
    kind: ['construction', 'candidateNotice'],
    html: `<p>被否决的投标人名称、否决依据和原因</p>${table('序号|投标人名称|否决原因', '1|红岩建设有限公司|未盖章')}<p>中标候选人：</p>${table('排名|单位名称|报价（元）', '1|青禾建设有限公司|100000', '2|白石建设有限公司|110000')}${table('姓名|职务|单位|证书编号', '张某|项目经理|红岩建设有限公司|JZ1')}`,
    rows: [
      { supplier: '青禾建设有限公司', awardAmount: 100_000 },
      { supplier: '白石建设有限公司', awardAmount: 110_000 },
    ],
  },
  {
    name: 'headers of three rows',
    kind: ['procurement', 'awardNotice'],
    html: '<table><tr><td rowspan="2">包号</td><td rowspan="2">中标供应商</td><td colspan="2">中标结果</td></tr><tr><td>中标金额（元）</td><td>得分</td></tr><tr><td>1</td><td>青禾建设有限公司</td><td>1000</td><td>98</td></tr><tr><td>2</td><td>白石建设有限公司</td><td>2000</td><td>97</td></tr></table>',
    rows: [
      { lot: '1', supplier: '青禾建设有限公司', awardAmount: 1_000 },
      { lot: '2', supplier: '白石建设有限公司', awardAmount: 2_000 },
    ],
  },
];

describe('tables as notices have them', () => {
  test.each(CASES.map((entry) => [entry.name, entry] as const))('%s', (_name, entry) => expectReading(entry));
});
