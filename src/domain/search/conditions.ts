import { CATEGORIES, type Category } from '../categories.ts';
import { COUNTIES, COUNTY_SLUGS, type County, countyDefinition } from '../counties/counties.ts';
import { type Fen, formatAmount, parseTypedAmount } from '../money/money.ts';
import { type NoticeClause, toClauses } from '../notices/notice-filter.ts';
import type { Stage } from '../stages.ts';
import { addDays, fromShanghai, type Instant, startOfDay, toShanghaiClock } from '../time/time.ts';
import { normaliseText } from './fold.ts';

/** A word of a query that is a filter: what it was, what it asks for in words, and what a notice must meet. */
export interface Condition {
  typed: string;
  label: string;
  kind: 'county' | 'stage' | 'category' | 'status' | 'time' | 'amount' | 'party';
  /** Of each list one must hold. */
  clauses: NoticeClause[][];
}

/** Filters that a text without anything else may be, too: no notice prints them as a reader types them. */
const CERTAIN_ALONE: ReadonlySet<Condition['kind']> = new Set(['status', 'time', 'amount']);

const equal = (field: NoticeClause['field'], values: readonly string[]): NoticeClause[][] => [
  values.map((value): NoticeClause => ({ field, is: '=', value })),
];

const COUNTY_NAMES = new Map<string, County>(
  COUNTY_SLUGS.filter((slug) => slug !== 'jining').flatMap((slug): [string, County][] => {
    const { label, short, formerNames } = countyDefinition(slug);
    const names = [label, short, ...formerNames];
    return [...names, ...names.map((name) => `济宁市${name.replace(/^济宁/, '')}`)].map((name) => [
      normaliseText(name),
      slug,
    ]);
  }),
);
for (const name of ['市本级', '市直', '市级']) COUNTY_NAMES.set(name, 'jining');

/** Stages by what people call them, where that is long enough to mean nothing else. */
const STAGE_NAMES: [names: string, label: string, stages: Stage[]][] = [
  ['招标公告 采购公告 招标采购公告 招采公告', '招标/采购公告', ['tenderNotice']],
  [
    '中标公告 中标结果 中标结果公告 中标结果公示 中标公示 中选公告 中选结果 结果公告 结果公示',
    '中标（成交）结果',
    ['awardNotice'],
  ],
  [
    '成交公告 成交结果 成交结果公告 成交结果公示 成交公示 中标成交公告 中标成交结果 中标（成交）公告 中标（成交）结果 中标(成交)公告 中标(成交)结果',
    '中标（成交）结果',
    ['awardNotice', 'landDealNotice', 'miningDealNotice', 'propertyDeal'],
  ],
  ['候选人公示 中标候选人 中标候选人公示 成交候选人 成交候选人公示', '中标候选人公示', ['candidateNotice']],
  [
    '更正公告 变更公告 变更通知 延期公告 更正公示 补充公告',
    '更正公告',
    ['correctionNotice', 'landOfferingSupplement', 'propertyListingChange'],
  ],
  ['澄清公告 答疑公告 澄清答疑 答疑澄清', '澄清答疑', ['clarification']],
  ['废标公告 流标公告 废标公示 流标公示', '流标/废标公告', ['failureNotice']],
  ['终止公告', '终止（废标）公告', ['terminationNotice', 'failureNotice']],
  ['中止公告 暂停公告', '中止（暂停）公告', ['suspensionNotice']],
  ['合同公告 合同公示', '合同公告', ['contractNotice']],
  ['验收公告 履约验收 验收公示', '履约验收', ['acceptanceNotice', 'performanceNotice']],
  ['采购意向 意向公开 采购意向公开 采购意向公告', '采购意向', ['procurementIntention']],
  ['招标计划', '招标计划', ['tenderPlan']],
  ['单一来源公示 单一来源采购公示', '单一来源公示', ['singleSourceNotice']],
  ['资格预审公告 资格预审', '资格预审公告', ['prequalificationNotice']],
  ['出让公告 挂牌出让公告 拍卖出让公告', '出让公告', ['landOffering', 'miningOffering']],
  ['挂牌公告 转让公告 招租公告', '挂牌披露', ['propertyListing', 'landOffering', 'miningOffering']],
];
const STAGES_BY_NAME = new Map(
  STAGE_NAMES.flatMap(([names, label, stages]) => names.split(' ').map((name) => [name, { label, stages }] as const)),
);

/** Words that hint at a stage and stand in texts of every stage: notices of the stage come first, none is left out. */
const STAGE_HINTS: Record<string, readonly Stage[]> = {
  中标: ['awardNotice'],
  成交: ['awardNotice', 'landDealNotice', 'miningDealNotice', 'propertyDeal'],
  结果: ['awardNotice'],
  招标: ['tenderNotice'],
  候选人: ['candidateNotice'],
  更正: ['correctionNotice'],
  变更: ['correctionNotice', 'landOfferingSupplement', 'propertyListingChange'],
  澄清: ['clarification'],
  答疑: ['clarification'],
  废标: ['failureNotice'],
  流标: ['failureNotice'],
  终止: ['terminationNotice', 'failureNotice'],
  合同: ['contractNotice'],
  意向: ['procurementIntention'],
  验收: ['acceptanceNotice'],
  出让: ['landOffering', 'miningOffering'],
  挂牌: ['landOffering', 'propertyListing'],
  转让: ['propertyListing'],
};

/** The stages that a word says or hints at; none for other words. */
export const stagesOfWord = (word: string): readonly Stage[] =>
  STAGES_BY_NAME.get(word)?.stages ?? STAGE_HINTS[word] ?? (COLLOQUIAL.has(word) ? ['landOffering'] : []);

/** Every name of a stage, longest first. */
export const STAGE_WORDS = [...STAGES_BY_NAME.keys()].sort((a, b) => b.length - a.length);

const CATEGORY_NAMES = new Map<string, Category>(
  (
    [
      ['政府采购 政府采购项目', 'procurement'],
      ['工程建设 建设工程 工程建设项目', 'construction'],
      ['土地使用权 土地出让 土地交易 土地拍卖 土地挂牌 土拍 卖地 地块出让 国有建设用地', 'land'],
      ['矿业权 采矿权 探矿权 矿业权出让 采矿权出让', 'mining'],
      ['产权交易 国有产权 农村产权 产权转让', 'property'],
    ] as const
  ).flatMap(([names, category]) => names.split(' ').map((name): [string, Category] => [name, category])),
);
/** Category names under which notices seldom say what they are: the filter even where nothing else is asked for. */
const COLLOQUIAL = new Set('土地出让 土地交易 土地拍卖 土地挂牌 土拍 卖地 地块出让'.split(' '));

const OPEN = new Set(
  '正在招标 正在报名 未截止 进行中 正在进行 可报名 可投标 招标中 报名中 还没截止 没截止 未开标 正在采购'.split(' '),
);
const CLOSED = new Set('已截止 已结束 已过期 截止了'.split(' '));

/** A word of a query as a filter, when it surely is one; undefined else. `at`: what 今年 and "open" are judged by. */
export function readCondition(typed: string, at: Instant): Condition | undefined {
  const county = COUNTY_NAMES.get(typed);
  if (county) return { typed, kind: 'county', label: COUNTIES[county].label, clauses: equal('county', [county]) };
  const stage = STAGES_BY_NAME.get(typed);
  if (stage) return { typed, kind: 'stage', label: stage.label, clauses: equal('stage', stage.stages) };
  const category = CATEGORY_NAMES.get(typed);
  if (category)
    return { typed, kind: 'category', label: CATEGORIES[category].label, clauses: equal('category', [category]) };
  const status = OPEN.has(typed) ? 'open' : CLOSED.has(typed) ? 'closed' : undefined;
  if (status) {
    const clauses = toClauses({ status }, at).map((clause) => [clause]);
    return { typed, kind: 'status', label: status === 'open' ? '正在进行' : '已截止', clauses };
  }
  return readTime(typed, at) ?? readAmounts(typed);
}

/** May a query of nothing but these words be read as filters? A lone county or stage is a word like any other. */
export function mayStandAlone(conditions: readonly Condition[]): boolean {
  return (
    conditions.length > 1 || conditions.some(({ kind, typed }) => CERTAIN_ALONE.has(kind) || COLLOQUIAL.has(typed))
  );
}

const published = (typed: string, label: string, from: Instant, before: Instant): Condition => ({
  ...{ typed, kind: 'time', label: `${label}发布` },
  clauses: [[{ field: 'publishedAt', is: '>=', value: from }], [{ field: 'publishedAt', is: '<', value: before }]],
});

const YEAR = /^((?:19|20)\d\d)(?:年度?)?$/;
const YEARS = /^((?:19|20)\d\d)年?(?:-|至|到|~|—)((?:19|20)\d\d)年?$/;
const MONTH = /^((?:19|20)\d\d)(?:年|-|\.|\/)(1[0-2]|0?[1-9])(?:月份?)?$/;
const DAY = /^((?:19|20)\d\d)(?:年|-|\.|\/)(1[0-2]|0?[1-9])(?:月|-|\.|\/)(3[01]|[12]\d|0?[1-9])日?$/;
const LATELY = /^(?:最近|近)(\d{1,3}|[一二两三四五六七八九十]|半)(天|日|周|个?星期|个?月|年)(?:内|以来)?$/;

function readTime(typed: string, at: Instant): Condition | undefined {
  const { year, month } = toShanghaiClock(at);
  const years = (from: number, to: number, label: string) =>
    published(typed, label, fromShanghai(from, 1, 1), fromShanghai(to + 1, 1, 1));
  const monthOf = (y: number, m: number) =>
    published(
      typed,
      `${y} 年 ${m} 月`,
      fromShanghai(y, m, 1),
      m === 12 ? fromShanghai(y + 1, 1, 1) : fromShanghai(y, m + 1, 1),
    );
  const inYear = YEAR.exec(typed);
  if (inYear)
    return isPlausible(Number(inYear[1]), year)
      ? years(Number(inYear[1]), Number(inYear[1]), `${inYear[1]} 年`)
      : undefined;
  const inYears = YEARS.exec(typed);
  if (inYears && Number(inYears[1]) < Number(inYears[2]))
    return years(Number(inYears[1]), Number(inYears[2]), `${inYears[1]}—${inYears[2]} 年`);
  const inMonth = MONTH.exec(typed);
  if (inMonth && /[年月]/.test(typed)) return monthOf(Number(inMonth[1]), Number(inMonth[2]));
  const onDay = DAY.exec(typed);
  if (onDay) return readDay(typed, Number(onDay[1]), Number(onDay[2]), Number(onDay[3]));
  if (/^(?:今年|本年度?)$/.test(typed)) return years(year, year, '今年');
  if (/^(?:去年|上年度?)$/.test(typed)) return years(year - 1, year - 1, '去年');
  if (/^(?:本月|这个月)$/.test(typed)) return monthOf(year, month);
  if (/^上个?月$/.test(typed)) return month === 1 ? monthOf(year - 1, 12) : monthOf(year, month - 1);
  return readLately(typed, at);
}

const isPlausible = (year: number, now: number) => year >= 2000 && year <= now + 1;

function readDay(typed: string, year: number, month: number, day: number): Condition | undefined {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  try {
    const from = startOfDay(text);
    return published(typed, text, from, addDays(from, 1));
  } catch {
    return undefined; // there is no such day
  }
}

const SMALL: Record<string, number> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  半: 0.5,
};
const UNIT_DAYS: Record<string, number> = { 天: 1, 日: 1, 周: 7, 星期: 7, 月: 30, 年: 365 };

function readLately(typed: string, at: Instant): Condition | undefined {
  const day = ({ 今天: 0, 今日: 0, 昨天: 1, 昨日: 1 } as Record<string, number>)[typed];
  const { year, month, day: date } = toShanghaiClock(at);
  const today = fromShanghai(year, month, date);
  if (day !== undefined) return published(typed, typed, addDays(today, -day), addDays(today, 1 - day));
  const match = LATELY.exec(typed);
  if (!match) return undefined;
  const [, count = '', unit = ''] = match;
  const days = Math.round((SMALL[count] ?? Number(count)) * (UNIT_DAYS[unit.replace('个', '')] ?? 0));
  return days > 0 ? published(typed, `近 ${days} 天`, addDays(today, 1 - days), addDays(today, 1)) : undefined;
}

const NUMBER = String.raw`[¥￥]?(\d{1,13}(?:\.\d{1,6})?)\s*(万|亿)?元?`;
const RANGE = new RegExp(`^(?:金额|预算|限价|价格)?${NUMBER}(?:-|~|—|至|到)${NUMBER}$`);
const AMOUNT = new RegExp(`^(?:金额|预算|限价|价格)?${NUMBER}$`);
const MORE = new RegExp(
  `^(?:金额|预算|限价|价格)?(?:(?:大于|超过|高于|不低于|不少于|>=?)${NUMBER}(?:以上)?|${NUMBER}(?:以上|起))$`,
);
const LESS = new RegExp(
  `^(?:金额|预算|限价|价格)?(?:(?:小于|低于|不超过|不高于|<=?)${NUMBER}(?:以下)?|${NUMBER}(?:以下|以内))$`,
);

const toFen = (number = '', unit = ''): Fen | undefined => parseTypedAmount(`${number}${unit}`);

const between = (typed: string, min: Fen | undefined, max: Fen | undefined, label: string): Condition => ({
  ...{ typed, kind: 'amount', label },
  clauses: [
    ...(min === undefined ? [] : [[{ field: 'amountFen', is: '>=', value: min } satisfies NoticeClause]]),
    ...(max === undefined ? [] : [[{ field: 'amountFen', is: '<=', value: max } satisfies NoticeClause]]),
  ],
});

function readAmounts(typed: string): Condition | undefined {
  const range = RANGE.exec(typed);
  if (range && (range[2] || range[4])) {
    const from = toFen(range[1], range[2] ?? range[4]);
    const to = toFen(range[3], range[4]);
    if (from === undefined || to === undefined || from >= to) return undefined;
    return between(typed, from, to, `${formatAmount(from)} 至 ${formatAmount(to)}`);
  }
  const more = MORE.exec(typed);
  const least = more && toFen(more[1] ?? more[3], more[2] ?? more[4]);
  if (least !== null && least !== undefined && isSaid(typed))
    return between(typed, least, undefined, `不低于 ${formatAmount(least)}`);
  const less = LESS.exec(typed);
  const most = less && toFen(less[1] ?? less[3], less[2] ?? less[4]);
  if (most !== null && most !== undefined && isSaid(typed))
    return between(typed, undefined, most, `不高于 ${formatAmount(most)}`);
  return undefined;
}

/** A number that says it is money. */
const isSaid = (typed: string) => /[万亿元¥￥]|金额|预算|限价|价格/.test(typed) || /\d{4}/.test(typed);

/** The fen of a number that may be an amount: it says so, has two places, or is long; undefined for other texts. */
export function readExactAmount(typed: string): Fen | undefined {
  const match = AMOUNT.exec(typed);
  if (!match) return undefined;
  if (!/[万亿元¥￥]|\.\d\d$/.test(typed) && (match[1] ?? '').length < 5) return undefined;
  return toFen(match[1], match[2]);
}

/** Exactly an amount, as a filter. */
export const ofAmount = (typed: string, fen: Fen): Condition => between(typed, fen, fen, formatAmount(fen));

/** Ways in which notices print an amount: in yuan, with and without separators and places, and in ten thousands. */
export function spellAmount(fen: Fen): string[] {
  const yuan = fen / 100;
  const fixed = yuan.toFixed(2);
  const grouped = fixed.replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
  const plain = Number.isInteger(yuan) ? [String(yuan), grouped.replace(/\.00$/, '')] : [];
  return [...new Set([...plain, fixed, grouped, `${String(yuan / 10_000)}万`])];
}

/** A year at the beginning of a word that goes on: 2024年锅炉 → 2024年, 锅炉. */
export function splitYear(text: string): [year: string, rest: string] | undefined {
  const match = /^((?:19|20)\d\d年(?:度)?)(\p{Script=Han}{2,8})$/u.exec(text);
  return match ? [match[1] ?? '', match[2] ?? ''] : undefined;
}
