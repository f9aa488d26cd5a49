import { formatCapitals } from '#scripts/demo/generate/amounts.ts';
import { type LabelledNotice, labelled } from '../labelled.ts';
import { groupedYuan, plainYuan, type Truth, wanNumber } from '../truth.ts';

type Layout = (truth: Truth) => LabelledNotice;

const dayInstant = (day: string) => new Date(`${day}T00:00:00+08:00`).toISOString();

const openingDay = (truth: Truth) => truth.opening.plain.slice(0, 10);

const round = (fen: number) => Math.round(fen / 100) * 100;

/** Digits and capitals each behind a label of their own. */
const digitsAndCapitals: Layout = (truth) => {
  const [first] = truth.bidders;
  const fen = round(first?.fen ?? 0);
  return labelled({
    name: 'rough: digits and capitals in rows of their own',
    category: 'construction',
    stage: 'awardNotice',
    html: `<table><tr><td>工程名称</td><td colspan="2">${truth.name}</td></tr><tr><td>招标编号</td><td colspan="2">${truth.code}</td></tr><tr><td>中标单位</td><td colspan="2">${first?.name}</td></tr><tr><td rowspan="2">中标价</td><td>小写</td><td>￥${groupedYuan(fen)}元</td></tr><tr><td>大写</td><td>人民币${formatCapitals(fen)}</td></tr><tr><td>建设单位</td><td colspan="2">${truth.buyer.name}</td></tr></table><p>中标金额（元）：小写：${plainYuan(fen)} 大写：${formatCapitals(fen)}</p>`,
    facts: {
      projectName: truth.name,
      projectCode: truth.code,
      supplier: [first?.name ?? ''],
      awardAmount: fen,
      buyer: truth.buyer.name,
    },
  });
};

/** Bidders who were rejected stand in a table below the candidates. */
const rejectedBidders: Layout = (truth) =>
  labelled({
    name: 'rough: candidates above, rejected bidders below',
    category: 'construction',
    stage: 'candidateNotice',
    html: `<p>项目名称：${truth.name}</p><p>项目编号：${truth.code}</p><table><tr><th>候选人排名</th><th>单位名称</th><th>投标报价（万元）</th><th>工期（日历天）</th></tr>${truth.bidders
      .slice(0, 2)
      .map(
        (bid, index) => `<tr><td>${index + 1}</td><td>${bid.name}</td><td>${wanNumber(bid.fen)}</td><td>90</td></tr>`,
      )
      .join(
        '',
      )}</table><p>被否决投标的投标人名称、否决依据和原因</p><table><tr><td>序号</td><td>投标人名称</td><td>否决原因</td></tr><tr><td>1</td><td>${truth.bidders[3]?.name}</td><td>未提供安全生产许可证</td></tr></table><p>招标人：${truth.buyer.name}</p>`,
    facts: {
      projectName: truth.name,
      projectCode: truth.code,
      supplier: truth.bidders.slice(0, 2).map(({ name }) => name),
      awardAmount: null,
      buyer: truth.buyer.name,
    },
    entries: { candidates: truth.bidders.slice(0, 2).map(({ name, fen }) => ({ supplier: name, awardAmount: fen })) },
  });

/** First and last offers side by side; the ranking tells the winner. */
const rankedAward: Layout = (truth) =>
  labelled({
    name: 'rough: award with first and last offers of all bidders',
    category: 'procurement',
    stage: 'awardNotice',
    html: `<p>项目编号：${truth.code}</p><p>项目名称：${truth.name}</p><table><tr><td>供应商名称</td><td>首次报价（元）</td><td>最终报价（元）</td><td>综合得分</td><td>排名</td></tr>${truth.bidders.map((bid, index) => `<tr><td>${bid.name}</td><td>${plainYuan(bid.fen + 100_000)}</td><td>${plainYuan(bid.fen)}</td><td>${bid.score}</td><td>${index + 1}</td></tr>`).join('')}</table><p>采购人：${truth.buyer.name}</p>`,
    facts: {
      projectCode: truth.code,
      projectName: truth.name,
      supplier: [truth.bidders[0]?.name ?? ''],
      awardAmount: truth.bidders[0]?.fen ?? 0,
      buyer: truth.buyer.name,
    },
  });

/** Winner rows that repeat in a merged cell over several items. */
const mergedWinner: Layout = (truth) => {
  const [first] = truth.bidders;
  return labelled({
    name: 'rough: a winner merged over its items',
    category: 'medical',
    stage: 'awardNotice',
    html: `<p>采购项目编号：${truth.code}</p><p>采购项目名称：${truth.name}</p><table><tr><td>包号</td><td>成交供应商</td><td>成交金额（元）</td><td>产品名称</td><td>单价（元）</td></tr><tr><td rowspan="3">1</td><td rowspan="3">${first?.name}</td><td rowspan="3">${plainYuan(first?.fen ?? 0)}</td><td>监护仪</td><td>12000.00</td></tr><tr><td>输液泵</td><td>3000.00</td></tr><tr><td>除颤仪</td><td>56000.00</td></tr></table><p>采购人：${truth.buyer.name}（公章）</p>`,
    facts: {
      projectCode: truth.code,
      projectName: truth.name,
      lotCode: '1',
      supplier: [first?.name ?? ''],
      awardAmount: first?.fen ?? 0,
      buyer: truth.buyer.name,
    },
  });
};

/** Cells that hold label and value together. */
const cellsWithColons: Layout = (truth) =>
  labelled({
    name: 'rough: cells that hold label and value',
    category: 'construction',
    stage: 'awardNotice',
    html: `<table><tr><td>项目名称：${truth.name}</td><td>项目编号：${truth.code}</td></tr><tr><td>招标人：${truth.buyer.name}</td><td>代理机构：${truth.agency.name}</td></tr><tr><td>中标人：${truth.bidders[0]?.name}</td><td>中标价：${plainYuan(truth.bidders[0]?.fen ?? 0)}元</td></tr></table>`,
    facts: {
      projectName: truth.name,
      projectCode: truth.code,
      buyer: truth.buyer.name,
      agency: truth.agency.name,
      supplier: [truth.bidders[0]?.name ?? ''],
      awardAmount: truth.bidders[0]?.fen ?? 0,
    },
  });

/** A layout table around a table and paragraphs. */
const nestedTables: Layout = (truth) =>
  labelled({
    name: 'rough: tables inside a table of layout',
    category: 'procurement',
    stage: 'contractNotice',
    html: `<table><tr><td>公告信息</td></tr><tr><td><table><tr><td>采购项目名称</td><td>${truth.name}</td></tr><tr><td>采购单位</td><td>${truth.buyer.name}</td><td>公告时间</td><td>${truth.documentsTo}</td></tr></table><p>合同编号：${truth.contractCode}</p><p>合同金额（元）：${groupedYuan(truth.bidders[0]?.fen ?? 0)}</p><p>供应商（乙方）：${truth.bidders[0]?.name}</p><p>签订时间：${openingDay(truth)}</p></td></tr></table>`,
    facts: {
      projectName: truth.name,
      buyer: truth.buyer.name,
      contractCode: truth.contractCode,
      contractAmount: truth.bidders[0]?.fen ?? 0,
      supplier: [truth.bidders[0]?.name ?? ''],
      contractDate: dayInstant(openingDay(truth)),
    },
  });

/** Two lots won, each with a name and a code of its own. */
const codedLots: Layout = (truth) => {
  const [first, second] = truth.bidders;
  const row = (index: number, name: string | undefined, fen: number | undefined) =>
    `<tr><td>${index + 1}</td><td>${truth.lotCodes[index]}</td><td>${truth.name}${index + 1}标段</td><td>${name}</td><td>${wanNumber(fen ?? 0)}</td></tr>`;
  return labelled({
    name: 'rough: two lots with codes and names',
    category: 'construction',
    stage: 'awardNotice',
    html: `<table><tr><td>招标项目名称</td><td colspan="4">${truth.name}</td></tr><tr><td>招标项目编号</td><td colspan="4">${truth.code}</td></tr><tr><td>序号</td><td>标段编号</td><td>标段名称</td><td>中标人名称</td><td>中标价格（万元）</td></tr>${row(0, first?.name, first?.fen)}${row(1, second?.name, second?.fen)}<tr><td colspan="4">合计</td><td>${wanNumber((first?.fen ?? 0) + (second?.fen ?? 0))}</td></tr></table>`,
    facts: {
      projectName: truth.name,
      projectCode: truth.code,
      supplier: [first?.name ?? '', second?.name ?? ''],
      awardAmount: (first?.fen ?? 0) + (second?.fen ?? 0),
    },
    entries: {
      lots: [
        { lot: truth.lotCodes[0] ?? '', supplier: first?.name ?? '', awardAmount: first?.fen ?? 0 },
        { lot: truth.lotCodes[1] ?? '', supplier: second?.name ?? '', awardAmount: second?.fen ?? 0 },
      ],
    },
  });
};

/** Tables as untidy as sources make them. */
export const ROUGH_TABLES: readonly Layout[] = [
  digitsAndCapitals,
  rejectedBidders,
  rankedAward,
  mergedWinner,
  cellsWithColons,
  nestedTables,
  codedLots,
];
