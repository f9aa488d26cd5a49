import { price, yuan } from '../amounts.ts';
import { addDays, formatChineseDay, formatChineseTime } from '../calendar.ts';
import { facts, type Section, section, table, text } from '../document.ts';
import type { Lot, ProjectDetails, ProjectEvent } from '../model.ts';
import { contactsSection, identitySection } from './contacts.ts';
import { totalCeiling } from './tender.ts';

/** The day of the review, in Chinese. */
const reviewDay = (event: ProjectEvent): string => formatChineseDay(event.round.deadline.slice(0, 10));
const lotLabel = (details: ProjectDetails, index: number): string =>
  details.lots.length > 1 ? `第${index + 1}包` : '';

/** 开标记录: every bid as it was read out. */
export function openingRecord(details: ProjectDetails, event: ProjectEvent): Section[] {
  const rows = details.lots.flatMap((lot, lotIndex) =>
    lot.bids.map(({ company, priceFen }, index) => [
      `${lotLabel(details, lotIndex)}${index + 1}`,
      company.name,
      company.creditCode,
      yuan(priceFen),
      lot.duration,
      '已解密',
    ]),
  );
  return [
    identitySection(details),
    section(
      '开标情况',
      facts(['开标时间', formatChineseTime(event.round.deadline)], ['招标控制价', yuan(totalCeiling(details))]),
      table(['序号', '投标人名称', '统一社会信用代码', '投标报价（元）', '工期', '解密情况'], rows),
    ),
  ];
}

function candidateTable(lot: Lot, heading: string): Section {
  const ranked = lot.bids.slice(0, 3);
  return section(
    heading,
    table(
      ['排名', '中标候选人名称', '投标报价（元）', '工期（交货期）', '得分', '项目负责人', '证书编号'],
      ranked.map((bid, index) => [
        `第${'一二三'[index]}名`,
        bid.company.name,
        (bid.priceFen / 100).toFixed(2),
        lot.duration,
        bid.score,
        bid.leader,
        bid.certificate,
      ]),
    ),
  );
}

/** 中标候选人公示. */
export function candidateNotice(details: ProjectDetails, event: ProjectEvent): Section[] {
  const from = addDays(event.publishedAt.slice(0, 10), 1);
  return [
    identitySection(details),
    ...details.lots.map((lot, index) => candidateTable(lot, `${lotLabel(details, index)}中标候选人情况`)),
    section('资格能力响应情况', text('中标候选人的资质、业绩、财务状况及项目负责人均满足招标文件要求。')),
    section(
      '公示期及异议渠道',
      facts(
        ['公示期', `${formatChineseDay(from)}至${formatChineseDay(addDays(from, 2))}`],
        ['评标时间', reviewDay(event)],
      ),
      text('投标人或其他利害关系人对评标结果有异议的，应当在公示期间以书面形式向招标人提出。'),
    ),
    contactsSection(details),
  ];
}

function awardFacts(details: ProjectDetails, lot: Lot, style: number): Section {
  const winner = lot.bids[0];
  const works = details.plan.category === 'construction';
  if (!winner) return section('中标信息');
  const rows: [string, string][] = [
    [works ? '中标人' : '中标供应商', winner.company.name],
    ['统一社会信用代码', winner.company.creditCode],
    ['供应商地址', winner.company.address],
    [works ? '中标价' : '中标（成交）金额', price(winner.priceFen, style)],
    [works ? '工期' : '合同履行期限', lot.duration],
  ];
  if (works) rows.push(['项目负责人', `${winner.leader}（${winner.certificate}）`]);
  return section('中标（成交）信息', facts(...rows));
}

function awardTable(details: ProjectDetails): Section {
  const total = details.lots.reduce((sum, lot) => sum + (lot.bids[0]?.priceFen ?? 0), 0);
  return section(
    '中标（成交）信息',
    table(
      ['包号', '供应商名称', '供应商地址', '中标（成交）金额', '评审总得分'],
      details.lots.map((lot, index) => {
        const winner = lot.bids[0];
        return [
          lotLabel(details, index),
          winner?.company.name ?? '',
          winner?.company.address ?? '',
          yuan(winner?.priceFen ?? 0),
          winner?.score ?? '',
        ];
      }),
    ),
    facts(['总中标金额', yuan(total)]),
  );
}

/** 中标（成交）结果公告. */
export function awardNotice(details: ProjectDetails, event: ProjectEvent): Section[] {
  const only = details.lots.length === 1 ? details.lots[0] : undefined;
  const parts = [
    identitySection(details),
    only ? awardFacts(details, only, details.style) : awardTable(details),
    section(
      '主要标的信息',
      table(
        ['名称', '规格型号', '数量'],
        details.items.map((item) => [item, '详见文件', '1批']),
      ),
    ),
  ];
  if (details.plan.category !== 'construction') {
    parts.push(
      section('评审专家名单', text(details.experts.join('、'))),
      section('代理服务收费标准及金额', text('参照计价格〔2002〕1980号文件标准的80%收取。')),
    );
  }
  return [
    ...parts,
    section('公告期限', text('自本公告发布之日起1个工作日。'), facts(['评审日期', reviewDay(event)])),
    contactsSection(details),
  ];
}
