import { formatCapitals } from '#scripts/demo/generate/amounts.ts';
import { type LabelledNotice, labelled } from '../labelled.ts';
import { groupedYuan, plainYuan, type Truth, wanNumber } from '../truth.ts';
import { parties } from './contacts.ts';

type Layout = (truth: Truth) => LabelledNotice;

/** A tender notice in running text with decimal numbering, parties in sentences and a table of contacts at the end. */
const runningText: Layout = (truth) =>
  labelled({
    name: 'works tender, running text',
    category: 'construction',
    stage: 'tenderNotice',
    html: `<div><p>标段编码：${truth.code}</p><p>1. 招标条件</p><p>本招标项目${truth.name}已由发展和改革委员会以（项目审批文号:某发改投资字〔2025 〕 109号）批准建设，项目业主为${truth.buyer.name}，建设资金来自国有，项目出资比例为国有（政府投资）:40.00%。项目已具备招标条件，招标人为${truth.buyer.name}，现对该项目进行公开招标。</p><p>2. 项目概况与招标范围</p><p>2.1 工程建设项目的建设地点：${truth.place}</p><p>2.2 规模：新建管网3500米，投资约800万元。</p><p>2.3 招标控制价：${plainYuan(truth.ceiling)}元</p><p>2.4 建设工期：${truth.bidders[0]?.days}</p><p>3. 投标人资格要求</p><p>业绩要求：投标人须具有2021年1月1日以来单项合同金额不少于人民币800万元的业绩。</p><p>4. 招标文件的获取</p><p>4.1 招标文件获取时间：本公告发布之日起至投标截止之日止。</p><p>5. 投标文件的递交</p><p>5.1 投标文件递交截止时间 ：${truth.opening.plain}:00。</p><p>5.3 逾期递交的投标文件，招标人不予受理。</p><p>7.1 本标段采用的评标办法：综合评估法</p>
<table><tr><td>条款号</td><td>评分因素</td><td>评分标准</td><td>最高分</td></tr><tr><td>2.2.4</td><td>投标报价评分标准</td><td>等于评标基准价得满分</td><td>50.00</td></tr></table><p>10. 联系方式</p>
<table><tr><td>招标人：</td><td>&amp;&amp;&amp;招标人盖章位置2&amp;&amp;&amp;${truth.buyer.name}</td><td>招标代理机构：</td><td>&amp;&amp;&amp;招标代理盖章位置2&amp;&amp;&amp;${truth.agency.name}</td></tr><tr><td>地址：</td><td>${truth.buyer.address}</td><td>地址：</td><td>${truth.agency.address}</td></tr><tr><td>联系人：</td><td>宰父朗</td><td>联系人：</td><td>端木霁</td></tr></table></div>`,
    facts: {
      ...parties(truth),
      projectCode: truth.code,
      lotCode: truth.code,
      location: truth.place,
      ceilingPrice: truth.ceiling,
      contractPeriod: truth.bidders[0]?.days ?? '',
      deadline: truth.opening.instant,
      documentPeriod: '本公告发布之日起至投标截止之日止',
    },
  });

/** Label and value cells in four columns, deadline and opening in one label. */
const fourColumns: Layout = (truth) =>
  labelled({
    name: 'works tender, four-column table',
    category: 'construction',
    stage: 'tenderNotice',
    html: `<table><tbody><tr><td colspan="2">招标项目名称</td><td colspan="4">${truth.name}</td></tr><tr><td colspan="2">招标项目编号</td><td>${truth.code}</td><td>标段（包）编号</td><td colspan="2">${truth.lotCodes[0]}</td></tr><tr><td colspan="2">招标人</td><td>${truth.buyer.name}</td><td>招标代理机构</td><td colspan="2">${truth.agency.name}</td></tr><tr><td colspan="2">招标方式</td><td>公开招标</td><td>计划工期</td><td colspan="2">${truth.bidders[0]?.days}</td></tr><tr><td colspan="2">最高投标限价（万元）</td><td>${wanNumber(truth.ceiling)}</td><td>投标保证金</td><td colspan="2">人民币${wanNumber(truth.deposit)}万元</td></tr><tr><td colspan="2">投标截止时间及开标时间</td><td colspan="4">${truth.opening.day} ${truth.opening.plain.slice(11).replace(':', '：')}</td></tr><tr><td colspan="2">开标地点</td><td colspan="4">凫岭大道1号二楼</td></tr></tbody></table>`,
    facts: {
      ...parties(truth),
      projectName: truth.name,
      projectCode: truth.code,
      lotCode: truth.lotCodes[0] ?? '',
      procurementMethod: '公开招标',
      contractPeriod: truth.bidders[0]?.days ?? '',
      ceilingPrice: truth.ceiling,
      deposit: truth.deposit,
      deadline: truth.opening.instant,
      opening: truth.opening.instant,
      openingPlace: '凫岭大道1号二楼',
    },
  });

/** A tender plan: estimate and expected month. */
const plan: Layout = (truth) =>
  labelled({
    name: 'works plan, list of labels',
    category: 'construction',
    stage: 'tenderPlan',
    html: `<ul><li><b>项目名称</b>: ${truth.name}</li><li><b>招标人</b>: ${truth.buyer.name}</li><li><b>建设地点</b>: ${truth.place}</li><li><b>合同估算价</b>: ${wanNumber(truth.budget)} 万元</li><li><b>预计招标公告发布时间</b>: 2026年7月</li><li><b>项目总投资</b>: 约1.2亿元</li></ul>`,
    facts: { projectName: truth.name, buyer: truth.buyer.name, location: truth.place, budget: truth.budget },
  });

/** The winner in labelled lines, capitals in brackets. */
const awardLines: Layout = (truth) => {
  const [first] = truth.bidders;
  const fen = Math.round((first?.fen ?? 0) / 100) * 100;
  return labelled({
    name: 'works award, labelled lines with capitals',
    category: 'construction',
    stage: 'awardNotice',
    html: `<p>项目编号：${truth.code}</p><p>项目名称：${truth.name}</p><p>招 标 人：${truth.buyer.name}</p><p>中 标 人：${first?.name}（统一社会信用代码：${first?.creditCode}）</p><p>中标价：人民币${formatCapitals(fen)}（¥${groupedYuan(fen)}元）</p><p>中标工期：${first?.days}，项目经理：巫马桐，证书编号：鲁1372025000123</p>`,
    facts: {
      buyer: truth.buyer.name,
      projectCode: truth.code,
      projectName: truth.name,
      supplier: [first?.name ?? ''],
      supplierCode: first?.creditCode ?? '',
      awardAmount: fen,
      contractPeriod: first?.days ?? '',
    },
  });
};

/** The winner in a sentence. */
const awardSentence: Layout = (truth) => {
  const [first] = truth.bidders;
  return labelled({
    name: 'works award, a sentence',
    category: 'construction',
    stage: 'awardNotice',
    html: `<p>${truth.name}（项目编号：${truth.code}）于${truth.opening.day}开标，经评标委员会评审，确定${first?.name}为中标人，中标价为${groupedYuan(first?.fen ?? 0)}元，特此公告。</p><p>招标人：${truth.buyer.name}</p><p>${truth.opening.day}</p>`,
    facts: {
      opening: null,
      buyer: truth.buyer.name,
      projectCode: truth.code,
      supplier: [first?.name ?? ''],
      awardAmount: first?.fen ?? 0,
    },
  });
};

/** Every bid as it was read out, the unit above the table. */
const openingRecord: Layout = (truth) =>
  labelled({
    name: 'works opening record, the unit above the table',
    category: 'construction',
    stage: 'openingRecord',
    html: `<p>招标项目编号：${truth.code}</p><p>工程名称：${truth.name}</p><p>招标人：${truth.buyer.name}</p><p>开标时间：${truth.opening.plain}</p><p>招标控制价：${groupedYuan(truth.ceiling)}元</p><p>单位：万元</p><table><tr><td>序号</td><td>投标人</td><td>统一社会信用代码</td><td>投标总价</td><td>工期</td><td>投标保证金</td><td>签名</td></tr>${truth.bidders.map((bid, index) => `<tr><td>${index + 1}</td><td>${bid.name}</td><td>${bid.creditCode}</td><td>${wanNumber(bid.fen)}</td><td>${bid.days}</td><td>已缴纳</td><td></td></tr>`).join('')}</table>`,
    facts: {
      buyer: truth.buyer.name,
      projectCode: truth.code,
      projectName: truth.name,
      opening: truth.opening.instant,
      ceilingPrice: truth.ceiling,
    },
    entries: {
      bids: truth.bidders.map(({ name, creditCode, fen, days }) => ({
        supplier: name,
        supplierCode: creditCode,
        awardAmount: fen,
        contractPeriod: days,
      })),
    },
  });

/** A contract in a table of labels. */
const contract: Layout = (truth) => {
  const [first] = truth.bidders;
  return labelled({
    name: 'works contract, table of labels',
    category: 'construction',
    stage: 'contractNotice',
    html: `<table><tr><td>工程名称</td><td>${truth.name}</td></tr><tr><td>合同编号</td><td>${truth.contractCode}</td></tr><tr><td>发包人</td><td>${truth.buyer.name}</td></tr><tr><td>承包人</td><td>${first?.name}</td></tr><tr><td>签约合同价</td><td>${formatCapitals(first?.fen ?? 0)}（${plainYuan(first?.fen ?? 0)}元）</td></tr><tr><td>合同工期</td><td>${first?.days}</td></tr><tr><td>签订日期</td><td>${truth.opening.plain.slice(0, 10)}</td></tr></table>`,
    facts: {
      projectName: truth.name,
      contractCode: truth.contractCode,
      buyer: truth.buyer.name,
      supplier: [first?.name ?? ''],
      contractAmount: first?.fen ?? 0,
      contractPeriod: first?.days ?? '',
      contractDate: new Date(`${truth.opening.plain.slice(0, 10)}T00:00:00+08:00`).toISOString(),
    },
  });
};

/** Structures of construction notices without candidates. */
export const WORKS_NOTICES: readonly Layout[] = [
  runningText,
  fourColumns,
  plan,
  awardLines,
  awardSentence,
  openingRecord,
  contract,
];
