import { formatCapitals } from '#scripts/demo/generate/amounts.ts';
import { type LabelledNotice, labelled } from '../labelled.ts';
import { groupedYuan, plainYuan, type Truth, wanNumber } from '../truth.ts';
import { contacts, parties } from './contacts.ts';

type Layout = (truth: Truth) => LabelledNotice;

/** The prescribed result notice with a table of winners. */
const awardTable: Layout = (truth) => {
  const [first, second] = truth.bidders;
  return labelled({
    name: 'procurement award, table of two lots with losing scores below',
    category: 'procurement',
    stage: 'awardNotice',
    html: `<p>一、项目编号：${truth.code}（招标文件编号：${truth.code}）</p><p>二、项目名称：${truth.name}</p><p>三、中标（成交）信息</p>
<table><tr><td>标包</td><td>中标供应商名称</td><td>中标供应商地址</td><td>统一社会信用代码</td><td>中标金额（元）</td></tr>
<tr><td>A</td><td>${first?.name}</td><td>${first?.address}</td><td>${first?.creditCode}</td><td>${groupedYuan(first?.fen ?? 0)}</td></tr><tr><td>B</td><td>${second?.name}</td><td>${second?.address}</td><td>${second?.creditCode}</td><td>${groupedYuan(second?.fen ?? 0)}</td></tr></table>
<p>四、主要标的信息</p><table><tr><td>序号</td><td>供应商名称</td><td>货物名称</td><td>品牌</td><td>规格型号</td><td>数量</td><td>单价(元)</td></tr><tr><td>1</td><td>${first?.name}</td><td>课桌</td><td>蘅芷</td><td>KZ-1</td><td>100</td><td>320.00</td></tr></table>
<p>五、评审专家名单：公冶砚、澹台棠、漆雕禾</p><p>六、代理服务收费标准及金额：参照计价格〔2002〕1980号文件标准的80%收取，共计1.2万元</p><p>七、公告期限</p><p>自本公告发布之日起1个工作日。</p>
<p>未中标供应商及得分</p><table><tr><td>供应商名称</td><td>评审得分</td></tr><tr><td>${truth.bidders[2]?.name}</td><td>71.20</td></tr></table>${contacts(truth)}`,
    facts: {
      ...parties(truth),
      projectCode: truth.code,
      projectName: truth.name,
      supplier: [first?.name ?? '', second?.name ?? ''],
      awardAmount: null,
      publicityPeriod: '自本公告发布之日起1个工作日',
    },
    entries: {
      lots: [
        { lot: 'A', supplier: first?.name ?? '', supplierCode: first?.creditCode ?? '', awardAmount: first?.fen ?? 0 },
        {
          lot: 'B',
          supplier: second?.name ?? '',
          supplierCode: second?.creditCode ?? '',
          awardAmount: second?.fen ?? 0,
        },
      ],
    },
  });
};

/** Labelled paragraphs with the amount in 万元 in brackets, and the summary of the national site in fields. */
const awardLines: Layout = (truth) => {
  const [first] = truth.bidders;
  return labelled({
    name: 'procurement award, paragraphs with 万元 in brackets and a summary',
    category: 'procurement',
    stage: 'awardNotice',
    fields: {
      采购项目名称: truth.name,
      采购单位: truth.buyer.name,
      代理机构名称: truth.agency.name,
      总中标金额: `￥${((first?.fen ?? 0) / 1_000_000).toFixed(6)} 万元（人民币）`,
    },
    html: `<p>一、项目编号：${truth.code}</p><p>二、项目名称：${truth.name}</p><p>三、中标（成交）信息</p><p>供应商名称：${first?.name}</p><p>供应商地址：${first?.address}</p><p>中标（成交）金额：${((first?.fen ?? 0) / 1_000_000).toFixed(8)}（万元）</p>
<p>四、主要标的信息</p><p>服务类</p><p>名称：档案整理</p><p>服务范围：全部</p><p>服务时间：一年</p><p>服务标准：合格</p><p>六、代理服务收费标准及金额：</p><p>本项目代理费总金额：1.5 万元（人民币）</p>${contacts(truth)}`,
    facts: {
      ...parties(truth),
      projectCode: truth.code,
      projectName: truth.name,
      supplier: [first?.name ?? ''],
      awardAmount: first?.fen ?? 0,
    },
  });
};

/** Result bodies that lost their cells: headers and values in one line. */
const awardOneLine: Layout = (truth) => {
  const [first] = truth.bidders;
  return labelled({
    name: 'procurement award, table flattened into one line',
    category: 'procurement',
    stage: 'awardNotice',
    html: `<div>一、项目编号：${truth.code}</div><div>二、项目名称：${truth.name}</div><div>三、中标信息</div><div>供应商名称 供应商地址 中标（成交）金额 评审总得分 ${first?.name} ${first?.address} ${groupedYuan(first?.fen ?? 0)}元 ${first?.score}</div>${contacts(truth)}`,
    facts: {
      ...parties(truth),
      projectCode: truth.code,
      projectName: truth.name,
      supplier: [first?.name ?? ''],
      awardAmount: first?.fen ?? 0,
    },
  });
};

/** Digits and capitals that agree, in a two-column table with merged headings. */
const awardSummaryTable: Layout = (truth) => {
  const [first] = truth.bidders;
  const fen = Math.round((first?.fen ?? 0) / 10_000) * 10_000;
  return labelled({
    name: 'procurement award, four-column table with capitals',
    category: 'medical',
    stage: 'awardNotice',
    html: `<table><tr><td colspan="4">成交结果公告</td></tr><tr><td>采购项目名称</td><td>${truth.name}</td><td>采购项目编号</td><td>${truth.code}</td></tr><tr><td>采购人</td><td>${truth.buyer.name}</td><td>联系电话</td><td>${truth.buyer.phone}</td></tr><tr><td>代理机构</td><td>${truth.agency.name}</td><td>联系电话</td><td>${truth.agency.phone}</td></tr><tr><td>采购方式</td><td>询价</td><td>成交日期</td><td>${truth.opening.day}</td></tr><tr><td>成交供应商</td><td>${first?.name}</td><td>成交金额</td><td>${formatCapitals(fen)}（￥${groupedYuan(fen)}）</td></tr></table>`,
    facts: {
      ...parties(truth),
      projectCode: truth.code,
      projectName: truth.name,
      procurementMethod: '询价',
      supplier: [first?.name ?? ''],
      awardAmount: fen,
    },
  });
};

/** A rate for a price, and a price per unit: neither is a sum. */
const awardRate: Layout = (truth) =>
  labelled({
    name: 'procurement award, rates and unit prices',
    category: 'procurement',
    stage: 'awardNotice',
    html: `<p>项目编号：${truth.code}</p><p>项目名称：${truth.name}</p><p>采购人名称：${truth.buyer.name}</p><p>采购代理机构名称：${truth.agency.name}</p><p>成交供应商：${truth.bidders[0]?.name}</p><p>成交金额：${truth.random.pick(['下浮率12.5％', '综合单价：350元/平方米', '折扣率：88%', '按国家收费标准的50%计取', '3.2元/份'])}</p>`,
    facts: {
      ...parties(truth),
      projectCode: truth.code,
      projectName: truth.name,
      supplier: [truth.bidders[0]?.name ?? ''],
      awardAmount: null,
    },
  });

/** Capitals and digits that contradict each other, a missing unit, an amount above the ceiling. */
const awardDoubtful: Layout = (truth) => {
  const fen = Math.round((truth.bidders[0]?.fen ?? 0) / 10_000) * 10_000;
  const amount = truth.random.pick([
    `${plainYuan(fen)}元（大写：${formatCapitals(fen + 10_000)}）`,
    plainYuan(fen),
    `${groupedYuan(truth.ceiling + 100_000)}元`,
    `${plainYuan(fen)}元或${plainYuan(fen + 500)}元`,
  ]);
  return labelled({
    name: 'procurement award, doubtful amounts',
    category: 'procurement',
    stage: 'awardNotice',
    html: `<p>项目编号：${truth.code}</p><p>项目名称：${truth.name}</p><p>采购人：${truth.buyer.name}</p><p>最高限价：${plainYuan(truth.ceiling)}元</p><p>中标供应商：${truth.bidders[0]?.name}</p><p>中标金额：${amount}</p>`,
    facts: {
      buyer: truth.buyer.name,
      projectCode: truth.code,
      projectName: truth.name,
      ceilingPrice: truth.ceiling,
      supplier: [truth.bidders[0]?.name ?? ''],
      awardAmount: null,
    },
  });
};

/** A contract in the prescribed paragraphs. */
const contract: Layout = (truth) => {
  const [first] = truth.bidders;
  return labelled({
    name: 'procurement contract, prescribed paragraphs',
    category: 'procurement',
    stage: 'contractNotice',
    html: `<p>一、合同编号：${truth.contractCode}</p><p>二、合同名称：${truth.name}采购合同</p><p>三、项目编号（或招标编号、政府采购计划编号、采购计划备案文号等，如有）：${truth.code}</p><p>四、项目名称：${truth.name}</p><p>五、合同主体</p><p>采购人（甲方）：${truth.buyer.name}</p><p>地址：${truth.buyer.address}</p><p>联系方式：${truth.buyer.phone}</p><p>供应商（乙方）：${first?.name}</p><p>地址：${first?.address}</p>
<p>六、合同主要信息</p><p>主要标的名称：课桌</p><p>主要标的单价：320元</p><p>合同金额：${wanNumber(first?.fen ?? 0)} 万元，大写（人民币）：${formatCapitals(first?.fen ?? 0)}</p><p>履约期限、履约地点等简要信息：${first?.days}</p><p>采购方式：公开招标</p><p>七、合同签订日期：${truth.opening.day}</p><p>八、合同公告日期：${truth.opening.day}</p>`,
    facts: {
      buyer: truth.buyer.name,
      supplier: [first?.name ?? ''],
      contractCode: truth.contractCode,
      projectCode: truth.code,
      projectName: truth.name,
      contractAmount: first?.fen ?? 0,
      procurementMethod: '公开招标',
      contractDate: new Date(`${truth.opening.plain.slice(0, 10)}T00:00:00+08:00`).toISOString(),
    },
  });
};

/** A contract as the national platform publishes it: five rows. */
const contractTable: Layout = (truth) => {
  const [first] = truth.bidders;
  return labelled({
    name: 'procurement contract, table of labels',
    category: 'procurement',
    stage: 'contractNotice',
    html: `<table><tr><th>采购人名称</th><td>${truth.buyer.name}</td></tr><tr><th>中标（成交）供应商名称</th><td>${first?.name}</td></tr><tr><th>合同金额</th><td>${plainYuan(first?.fen ?? 0)}元 人民币</td></tr><tr><th>合同期限</th><td>1年</td></tr><tr><th>合同签署时间</th><td>${truth.opening.plain}:09</td></tr></table>`,
    facts: {
      buyer: truth.buyer.name,
      supplier: [first?.name ?? ''],
      contractAmount: first?.fen ?? 0,
      contractPeriod: '1年',
      contractDate: new Date(Date.parse(truth.opening.instant) + 9_000).toISOString(),
    },
  });
};

/** Structures of procurement notices from the award on. */
export const PROCUREMENT_RESULTS: readonly Layout[] = [
  awardTable,
  awardLines,
  awardOneLine,
  awardSummaryTable,
  awardRate,
  awardDoubtful,
  contract,
  contractTable,
];
