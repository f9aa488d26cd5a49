import { type LabelledNotice, labelled } from '../labelled.ts';
import { groupedYuan, plainYuan, type Truth, wanNumber } from '../truth.ts';

type Layout = (truth: Truth) => LabelledNotice;

const dayInstant = (day: string) => new Date(`${day}T00:00:00+08:00`).toISOString();

const openingDay = (truth: Truth) => truth.opening.plain.slice(0, 10);

/** Several labels in one line, parted by blanks only. */
const crowdedLines: Layout = (truth) => {
  const [first] = truth.bidders;
  return labelled({
    name: 'rough: several labels in one line',
    category: 'procurement',
    stage: 'awardNotice',
    html: `<p>一、采购人：${truth.buyer.name} 地址：${truth.buyer.address} 联系方式：${truth.buyer.phone}</p><p>采购代理机构：${truth.agency.name} 地址：${truth.agency.address} 联系方式：${truth.agency.phone}</p><p>二、采购项目名称：${truth.name} 采购项目编号（采购计划编号）：${truth.code}</p><p>三、公告发布日期：${truth.documentsFrom}</p><p>四、开标日期：${truth.opening.day}</p><p>五、采购方式：公开招标</p><p>六、中标情况：</p><table><tr><td>标包</td><td>货物服务名称</td><td>供应商名称</td><td>地址</td><td>中标金额</td></tr><tr><td>A</td><td>设备</td><td>${first?.name}（小型企业）</td><td>${first?.address}</td><td>${plainYuan(first?.fen ?? 0)}元</td></tr></table><p>七、评标委员会成员：公冶砚、澹台棠</p><p>八、公告期限：${truth.documentsFrom}至${truth.documentsTo}</p>`,
    facts: {
      buyer: truth.buyer.name,
      agency: truth.agency.name,
      projectName: truth.name,
      projectCode: truth.code,
      opening: dayInstant(openingDay(truth)),
      procurementMethod: '公开招标',
      lotCode: 'A',
      supplier: [first?.name ?? ''],
      awardAmount: first?.fen ?? 0,
      publicityPeriod: `${truth.documentsFrom}至${truth.documentsTo}`,
    },
  });
};

/** Names that run into the next label. */
const gluedLabels: Layout = (truth) =>
  labelled({
    name: 'rough: names that run into the next label',
    category: 'construction',
    stage: 'tenderNotice',
    html: `<p>1、工程名称：${truth.name}。2、招标编号：${truth.code}。3、建设地点：${truth.place}。</p><p>递交投标文件截止时间、开标时间和地点：${truth.opening.chinese}，凫岭大道1号。</p><p>招标控制价为${groupedYuan(truth.ceiling)}元，投标报价超过招标控制价的按无效标处理。</p><p>招标人：${truth.buyer.name}联系人：公冶砚 电话：${truth.buyer.phone}</p><p>招标代理机构：${truth.agency.name}联系电话：${truth.agency.phone}</p>`,
    facts: {
      projectName: truth.name,
      projectCode: truth.code,
      location: truth.place,
      deadline: truth.opening.instant,
      opening: truth.opening.instant,
      ceilingPrice: truth.ceiling,
      buyer: truth.buyer.name,
      agency: truth.agency.name,
    },
  });

/** Winners of two lots in groups of lines. */
const groupedWinners: Layout = (truth) => {
  const [first, second] = truth.bidders;
  return labelled({
    name: 'rough: winners of two lots in groups of lines',
    category: 'procurement',
    stage: 'awardNotice',
    html: `<p>项目编号：${truth.code}</p><p>项目名称：${truth.name}</p><p>包号：1</p><p>供应商名称：${first?.name}</p><p>中标（成交）金额：${groupedYuan(first?.fen ?? 0)}元</p><p>包号：2</p><p>供应商名称：${second?.name}</p><p>中标（成交）金额：${groupedYuan(second?.fen ?? 0)}元</p><p>采购人名称：${truth.buyer.name}</p>`,
    facts: {
      projectCode: truth.code,
      projectName: truth.name,
      supplier: [first?.name ?? '', second?.name ?? ''],
      awardAmount: null,
      buyer: truth.buyer.name,
    },
    entries: {
      lots: [
        { lot: '1', supplier: first?.name ?? '', awardAmount: first?.fen ?? 0 },
        { lot: '2', supplier: second?.name ?? '', awardAmount: second?.fen ?? 0 },
      ],
    },
  });
};

/** Spread labels, full-width digits, blanks of every width. */
const spread: Layout = (truth) =>
  labelled({
    name: 'rough: spread labels and full-width digits',
    category: 'procurement',
    stage: 'tenderNotice',
    html: `<p>　　项 目 编 号：${truth.code}</p><p>　　项 目 名 称：${truth.name}</p><p>　　预 算 金 额：${wanNumber(truth.budget).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))}万元</p><p>　　采 购 人：${truth.buyer.name}</p><p>　　响应文件递交截止时间：${truth.opening.plain.replaceAll('-', '/')}</p><p>　　开启时间：${truth.opening.plain.replaceAll('-', '.')}</p>`,
    facts: {
      projectCode: truth.code,
      projectName: truth.name,
      budget: truth.budget,
      buyer: truth.buyer.name,
      deadline: truth.opening.instant,
      opening: truth.opening.instant,
    },
  });

/** Conditions full of amounts and dates that are not the notice's. */
const misleading: Layout = (truth) =>
  labelled({
    name: 'rough: amounts and names in conditions',
    category: 'construction',
    stage: 'tenderNotice',
    html: `<p>项目名称：${truth.name}</p><p>招标编号：${truth.code}</p><p>投标人须具备近三年（2023年1月1日以来）单项合同金额不低于500万元的业绩，中标人应在合同签订后缴纳履约保证金：合同价的10%。</p><p>投标保证金：不低于投标总价的2%</p><p>招标人将对中标人进行考察。投标截止时间前未递交的，招标人：不予受理。</p><p>代理服务费：由中标人支付，按1980号文计取。</p><p>违约金：每日1000元</p><p>投标文件递交截止时间：${truth.opening.chinese}</p><p>评标办法：综合评分法，其中价格分30分</p><p>招标人：${truth.buyer.name}</p>`,
    facts: {
      projectName: truth.name,
      projectCode: truth.code,
      deadline: truth.opening.instant,
      buyer: truth.buyer.name,
      deposit: null,
    },
  });

/** Two amounts for one thing. */
const twoAmounts: Layout = (truth) =>
  labelled({
    name: 'rough: two amounts for one thing, foreign money, no unit',
    category: 'procurement',
    stage: 'tenderNotice',
    html: `<p>项目编号：${truth.code}</p><p>预算金额：${wanNumber(truth.budget)}万元</p><p>采购预算：${wanNumber(truth.budget + 1_000_000)}万元</p><p>最高限价：${truth.random.pick(['100万美元', '500000', '0元', '三十五万元', '每人350元'])}</p><p>采购单位：${truth.buyer.name}</p>`,
    facts: { projectCode: truth.code, budget: null, ceilingPrice: null, buyer: truth.buyer.name },
  });

/** A lot's part of a project's budget. */
const partOfProject: Layout = (truth) =>
  labelled({
    name: 'rough: the lot of a project whose total is stated',
    category: 'procurement',
    stage: 'tenderNotice',
    html: `<p>1、项目编号：${truth.code}</p><p>2、项目名称：${truth.name}</p><p>3、采购方式：公开招标</p><p>4、预算金额：${groupedYuan(truth.budget)}元</p><p>最高限价：${plainYuan(truth.budget)}元</p><p>序号</p><p>包号</p><p>包名称</p><p>包预算（元）</p><p>包最高限价（元）</p><p>1</p><p>${truth.lotCodes[1]}</p><p>第二标段</p><p>${Math.floor(truth.budget / 300)}</p><p>${Math.floor(truth.budget / 300)}</p><p>5、采购需求（包括但不限于标的的名称、数量）</p><p>(1)资金来源：财政资金</p><p>四、投标截止时间及地点</p><p>1.时间：${truth.opening.chinese}（北京时间）</p><p>2.地点：公共资源交易平台</p><p>五、开标时间及地点</p><p>1.时间：${truth.opening.chinese}（北京时间）</p><p>2.地点：公共资源交易平台</p><p>八、凡对本次招标提出询问，请按照以下方式联系</p><p>1. 采购人信息</p><p>名称：${truth.buyer.name}</p><p>地址：${truth.buyer.address}</p><p>2.采购代理机构信息（如有）</p><p>名称：${truth.agency.name}</p>`,
    facts: {
      projectCode: truth.code,
      projectName: truth.name,
      procurementMethod: '公开招标',
      lotCode: truth.lotCodes[1] ?? '',
      budget: truth.budget,
      ceilingPrice: truth.budget,
      deadline: truth.opening.instant,
      opening: truth.opening.instant,
      openingPlace: '公共资源交易平台',
      buyer: truth.buyer.name,
      agency: truth.agency.name,
    },
  });

/** Lines as untidy as sources write them. */
export const ROUGH_LINES: readonly Layout[] = [
  crowdedLines,
  gluedLabels,
  groupedWinners,
  spread,
  misleading,
  twoAmounts,
  partOfProject,
];
