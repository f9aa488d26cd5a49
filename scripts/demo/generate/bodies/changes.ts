import { price } from '../amounts.ts';
import { formatChineseDay, formatChineseTime } from '../calendar.ts';
import { type Block, facts, type Section, section, table, text } from '../document.ts';
import type { DemoCategory, ProjectDetails, ProjectEvent } from '../model.ts';
import { contactsSection, identitySection, wordingOf } from './contacts.ts';
import { totalBudget, totalCeiling } from './tender.ts';

/** The first notice's day, in Chinese. */
function firstNoticeDay(details: ProjectDetails): string {
  const first = details.plan.events.find(({ stage }) => /tenderNotice|Offering|Listing/.test(stage));
  return formatChineseDay((first ?? details.plan.events[0])?.publishedAt.slice(0, 10) ?? '');
}

/** What is at stake, as notices of changes repeat it; nothing for land, where every parcel has its price. */
function moneyFacts(details: ProjectDetails): Block[] {
  const { category } = details.plan;
  const label = MONEY_LABELS[category];
  const fen = category === 'construction' ? totalCeiling(details) : totalBudget(details);
  return label ? [facts([label, price(fen, details.style)])] : [];
}

const MONEY_LABELS: Record<DemoCategory, string | undefined> = {
  construction: '招标控制价',
  procurement: '预算金额',
  land: undefined,
  property: '挂牌价格',
  medical: '预算金额',
  general: '预算金额',
};

/** 更正公告, 补充公告, 挂牌变更: old and new in a table. */
export function correctionNotice(details: ProjectDetails, event: ProjectEvent): Section[] {
  const { round } = event;
  const words = wordingOf(details);
  const label = details.parcels.length > 0 ? '挂牌截止时间' : `${words.response}递交截止时间`;
  const before = formatChineseTime(round.previousDeadline ?? round.deadline);
  const after = formatChineseTime(round.deadline);
  return [
    identitySection(details),
    section(
      '更正信息',
      facts(['首次公告日期', firstNoticeDay(details)], ['更正事项', `${words.document}、截止时间`]),
      ...moneyFacts(details),
      table(
        ['序号', '更正内容', '原内容', '更正后内容'],
        [
          ['1', label, before, after],
          ['2', '开标时间', before, after],
        ],
      ),
      facts([label, after], ['更正日期', formatChineseDay(event.publishedAt.slice(0, 10))]),
      text('其他内容不变。'),
    ),
    contactsSection(details),
  ];
}

/** 澄清答疑. */
export function clarification(details: ProjectDetails, event: ProjectEvent): Section[] {
  return [
    identitySection(details),
    section(
      '答疑内容',
      text(`问题1：工程量清单中“${details.items[0] ?? '主要材料'}”的规格未明确，请澄清。`),
      text('答复1：按施工图纸及现行国家标准执行，综合单价自行考虑。'),
      text('问题2：是否需要踏勘现场？'),
      text('答复2：投标人可自行踏勘现场，费用自理。'),
      text(`本澄清作为${wordingOf(details).document}的组成部分，截止时间不变：`),
      facts(['投标文件递交截止时间', formatChineseTime(event.round.deadline)]),
      ...moneyFacts(details),
    ),
    contactsSection(details),
  ];
}

/** 中止（暂停）公告. */
export function suspensionNotice(details: ProjectDetails): Section[] {
  return [
    identitySection(details),
    section('中止原因', text('因采购需求需进一步论证，现暂停本项目交易活动，恢复时间另行公告。')),
    contactsSection(details),
  ];
}

/** 恢复公告. */
export function resumptionNotice(details: ProjectDetails, event: ProjectEvent): Section[] {
  return [
    identitySection(details),
    section(
      '恢复交易',
      text('本项目暂停事由已消除，现恢复交易活动，时间调整如下：'),
      facts(['截止时间', formatChineseTime(event.round.deadline)]),
      ...moneyFacts(details),
    ),
    contactsSection(details),
  ];
}

const FAILURES = [
  '有效投标人不足三家',
  '提交响应文件的供应商不足3家',
  '所有投标报价均超过最高限价',
  '无意向受让方报名',
];

/** 流标（废标）公告. */
export function failureNotice(details: ProjectDetails, event: ProjectEvent): Section[] {
  const reason = details.plan.category === 'property' ? FAILURES[3] : FAILURES[details.style % 3];
  return [
    identitySection(details),
    section(
      '流标情况',
      facts(['流标原因', reason ?? ''], ['开标时间', formatChineseTime(event.round.deadline)]),
      text('本项目本次交易活动结束，后续安排请关注相关公告。'),
    ),
    contactsSection(details),
  ];
}

/** 终止公告. */
export function terminationNotice(details: ProjectDetails): Section[] {
  const reasons = ['因重大变故，采购任务取消', '因项目规划调整', '因采购需求发生重大变化', '因资金来源调整'];
  return [
    identitySection(details),
    section('项目终止情况', facts(['终止原因', reasons[details.style % reasons.length] ?? ''])),
    contactsSection(details),
  ];
}
