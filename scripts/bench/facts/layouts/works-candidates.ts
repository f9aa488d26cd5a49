import { type EntryLabel, type LabelledNotice, labelled } from '../labelled.ts';
import { groupedYuan, plainYuan, type Truth, wanNumber } from '../truth.ts';
import { parties } from './contacts.ts';

type Layout = (truth: Truth) => LabelledNotice;

const three = (truth: Truth) => truth.bidders.slice(0, 3);

const PLACES = ['第一', '第二', '第三'];

const candidateFacts = (truth: Truth) => ({
  ...parties(truth),
  projectName: truth.name,
  projectCode: truth.code,
  supplier: three(truth).map(({ name }) => name),
  awardAmount: null,
});

const candidateRows = (truth: Truth, more: (index: number) => EntryLabel = () => ({})): EntryLabel[] =>
  three(truth).map(({ name, fen }, index) => ({ supplier: name, awardAmount: fen, ...more(index) }));

const head = (truth: Truth) =>
  `<p>招标项目编号：${truth.code}</p><p>工程名称：${truth.name}</p><p>招标人：${truth.buyer.name}</p><p>招标代理机构：${truth.agency.name}</p>`;

/** Candidates below headers, with a merged cell for the lot. */
const candidatesBelow: Layout = (truth) =>
  labelled({
    name: 'works candidates, rows below headers and a merged lot',
    category: 'construction',
    stage: 'candidateNotice',
    html: `${head(truth)}<table><tr><td>标段</td><td>中标候选人排序</td><td>中标候选人名称</td><td>投标报价（元）</td><td>工期</td><td>质量</td><td>评标得分</td><td>项目负责人</td></tr>${three(
      truth,
    )
      .map(
        (bid, index) =>
          `<tr>${index === 0 ? '<td rowspan="3">一标段</td>' : ''}<td>${index + 1}</td><td>${bid.name}</td><td>${plainYuan(bid.fen)}</td><td>${bid.days}</td><td>合格</td><td>${bid.score}</td><td>闾丘湛</td></tr>`,
      )
      .join('')}</table><p>公示期：${truth.documentsFrom}至${truth.documentsTo}</p>`,
    facts: { ...candidateFacts(truth), publicityPeriod: `${truth.documentsFrom}至${truth.documentsTo}` },
    entries: {
      candidates: candidateRows(truth, (index) => ({
        rank: String(index + 1),
        contractPeriod: truth.bidders[index]?.days ?? '',
        score: truth.bidders[index]?.score ?? '',
      })),
    },
  });

/** Candidates beside each other, headers at the left. */
const candidatesBeside: Layout = (truth) =>
  labelled({
    name: 'works candidates, columns of a table with headers at the left',
    category: 'construction',
    stage: 'candidateNotice',
    html: `<table><tr><td>工程名称</td><td colspan="3">${truth.name}</td></tr><tr><td>招标项目编号</td><td colspan="3">${truth.code}</td></tr><tr><td>招标人</td><td colspan="3">${truth.buyer.name}</td></tr><tr><td>招标代理机构</td><td colspan="3">${truth.agency.name}</td></tr><tr><td>中标候选人</td>${PLACES.map((place) => `<td>${place}名</td>`).join('')}</tr><tr><td>单位名称</td>${three(
      truth,
    )
      .map(({ name }) => `<td>${name}</td>`)
      .join('')}</tr><tr><td>投标报价(万元)</td>${three(truth)
      .map(({ fen }) => `<td>${wanNumber(fen)}</td>`)
      .join('')}</tr><tr><td>工期</td>${three(truth)
      .map(({ days }) => `<td>${days}</td>`)
      .join('')}</tr><tr><td>项目经理</td><td>微生屹</td><td>公西岚</td><td>颛孙澄</td></tr></table>`,
    facts: candidateFacts(truth),
    entries: {
      candidates: candidateRows(truth, (index) => ({
        rank: `${PLACES[index]}名`,
        contractPeriod: truth.bidders[index]?.days ?? '',
      })),
    },
  });

/** Candidates in labelled lines. */
const candidateLines: Layout = (truth) =>
  labelled({
    name: 'works candidates, labelled lines',
    category: 'construction',
    stage: 'candidateNotice',
    html: `${head(truth)}<p>评标结果如下：</p>${three(truth)
      .map(
        (bid, index) =>
          `<p>${PLACES[index]}中标候选人：${bid.name}</p><p>投标报价：${groupedYuan(bid.fen)}元 工期：${bid.days} 质量标准：合格</p><p>项目负责人：壤驷朗 得分：${bid.score}</p>`,
      )
      .join('')}<p>公示时间：${truth.documentsFrom}至${truth.documentsTo}</p><p>投诉电话：${truth.buyer.phone}</p>`,
    facts: { ...candidateFacts(truth), publicityPeriod: `${truth.documentsFrom}至${truth.documentsTo}` },
    entries: {
      candidates: candidateRows(truth, (index) => ({
        contractPeriod: truth.bidders[index]?.days ?? '',
        score: truth.bidders[index]?.score ?? '',
      })),
    },
  });

const RATES = [
  '下浮率20.50%',
  '按《工程勘察设计收费管理规定》收费标准的50%计取',
  '98.90％',
  '设计费率55.5%，建安费费率94.74%',
];

/** Rates for prices. */
const candidateRates: Layout = (truth) =>
  labelled({
    name: 'works candidates, rates',
    category: 'construction',
    stage: 'candidateNotice',
    html: `${head(truth)}<table><tr><th>排名</th><th>投标人名称</th><th>投标报价（元）</th></tr>${three(truth)
      .map(
        (bid, index) =>
          `<tr><td>第${index + 1}名</td><td>${bid.name}</td><td>${RATES[(index + truth.deposit) % RATES.length]}</td></tr>`,
      )
      .join('')}</table>`,
    facts: candidateFacts(truth),
    entries: { candidates: three(truth).map(({ name }) => ({ supplier: name, awardAmount: null })) },
  });

/** Totals with the parts that make them up, and a consortium. */
const candidateParts: Layout = (truth) => {
  const [first, second] = truth.bidders;
  const design = 58_800_000;
  const works = (first?.fen ?? 0) * 2;
  return labelled({
    name: 'works candidates, a total and its parts, a consortium',
    category: 'construction',
    stage: 'candidateNotice',
    html: `${head(truth)}<table><tr><td>中标候选人名次</td><td>中标候选人</td><td>投标报价</td></tr><tr><td>第一名</td><td>${first?.name}、${second?.name}联合体</td><td>${plainYuan(works + design)}元(其中建安费${plainYuan(works)}元，设计费${plainYuan(design)}元）</td></tr></table>`,
    facts: {
      ...parties(truth),
      projectName: truth.name,
      projectCode: truth.code,
      supplier: [first?.name ?? '', second?.name ?? ''],
      awardAmount: works + design,
    },
    entries: { candidates: [{ supplier: [first?.name ?? '', second?.name ?? ''], awardAmount: works + design }] },
  });
};

/** Structures of notices of candidates. */
export const WORKS_CANDIDATES: readonly Layout[] = [
  candidatesBelow,
  candidatesBeside,
  candidateLines,
  candidateRates,
  candidateParts,
];
