import { COUNTY_SLUGS, type County, countyDefinition } from '#src/domain/counties/counties.ts';
import { addDays, type Day } from './calendar.ts';
import { makeIdNumber, makeMobile } from './codes.ts';
import { Cast, makePerson } from './names.ts';
import { Random } from './random.ts';

/** A decision of a supervisor, as the city's credit site publishes it. */
export interface DemoDecision {
  /** Serial number, never used twice. */
  number: string;
  list: 'penalties' | 'blacklist';
  title: string;
  publishedOn: Day;
  /** Labelled values of its page. */
  fields: Record<string, string>;
}

interface Case {
  violation: string;
  basis: string;
  penalty: string;
  content: string;
  /** 万元. */
  fine?: string;
}

const FIRST_MONTH = '2022-06';
const DAYS_OF_MONTH = ['08', '20'];
const BODIES = ['财政局', '住房和城乡建设局', '行政审批服务局', '水务局'];

const SUPPLIER_CASES: readonly Case[] = [
  {
    violation: '投标人之间相互串通投标',
    basis: '《中华人民共和国招标投标法》第五十三条',
    penalty: '罚款',
    content: '罚款 6 万元，一年内不得参加依法必须进行招标的项目的投标',
    fine: '6',
  },
  {
    violation: '提供虚假材料谋取中标',
    basis: '《中华人民共和国政府采购法》第七十七条',
    penalty: '罚款',
    content: '罚款 1.8 万元，一年内禁止参加政府采购活动',
    fine: '1.8',
  },
  {
    violation: '将中标项目转包',
    basis: '《中华人民共和国招标投标法实施条例》第七十六条',
    penalty: '罚款;没收违法所得',
    content: '罚款 4.2 万元，没收违法所得',
    fine: '4.2',
  },
  {
    violation: '无正当理由不与采购人签订合同',
    basis: '《中华人民共和国政府采购法实施条例》第七十二条',
    penalty: '罚款',
    content: '罚款 0.9 万元',
    fine: '0.9',
  },
];
const AGENCY_CASE: Case = {
  violation: '代理机构在所代理的项目中为投标人提供咨询',
  basis: '《中华人民共和国招标投标法》第五十条',
  penalty: '罚款',
  content: '罚款 8 万元',
  fine: '8',
};
const BUYER_CASE: Case = {
  violation: '以不合理的条件限制、排斥潜在投标人',
  basis: '《中华人民共和国招标投标法》第五十一条',
  penalty: '罚款',
  content: '责令改正，罚款 2 万元',
  fine: '2',
};
const EXPERT_CASE: Case = {
  violation: '评标期间擅离职守',
  basis: '《中华人民共和国招标投标法实施条例》第七十一条',
  penalty: '罚款',
  content: '取消一年内参加依法必须进行招标项目评标的资格，罚款 0.5 万元',
  fine: '0.5',
};
const WARNING: Case = {
  violation: '擅自变更合同',
  basis: '《中华人民共和国政府采购法实施条例》第七十二条',
  penalty: '警告',
  content: '警告',
};

/** Who is decided about, taking turns: firms with code and without, agencies, buyers, experts, and once a round a list entry. */
const ROUND = ['firm', 'firm', 'agency', 'repaired', 'expert', 'firm', 'warned', 'uncoded', 'buyer', 'listed'] as const;
type Turn = (typeof ROUND)[number];

/**
 * The decisions published up to `today`, two a month. A pure function: a later day only adds decisions, so that the clock alone
 * lets their publication end.
 */
export function makeDecisions(seed: number, today: Day): DemoDecision[] {
  const cast = new Cast(seed);
  const decisions: DemoDecision[] = [];
  for (const [index, day] of listDays(today).entries()) {
    decisions.push(makeDecision(seed, cast, index, day));
  }
  return decisions.filter(({ publishedOn }) => publishedOn <= today);
}

function listDays(today: Day): Day[] {
  const days: Day[] = [];
  for (let month = FIRST_MONTH; month <= today.slice(0, 7); month = nextMonth(month)) {
    days.push(...DAYS_OF_MONTH.map((day) => `${month}-${day}`));
  }
  return days;
}

function nextMonth(month: string): string {
  return addDays(`${month}-28`, 4).slice(0, 7);
}

function makeDecision(seed: number, cast: Cast, index: number, day: Day): DemoDecision {
  const random = new Random(seed, 'decision', index);
  const turn = ROUND[index % ROUND.length] ?? 'firm';
  const county = random.pick(COUNTY_SLUGS);
  const decisionNo = `演${countyDefinition(county).short.slice(0, 1)}罚〔${day.slice(0, 4)}〕${index + 1}号`;
  const { violation, basis, penalty, content, fine } = caseOf(turn, random);
  const subject = subjectOf(turn, random, cast, county);
  const fields = {
    ...subject.fields,
    决定书文号: decisionNo,
    违法行为: violation,
    违法事实: `${subject.told}在某项目交易活动中${violation}，经查证属实。`,
    处罚依据: basis,
    处罚类别: penalty,
    处罚内容: content,
    ...(fine ? { '罚款金额（万元）': fine } : {}),
    决定日期: day,
    处罚有效期: addDays(day, 365),
    ...endOf(turn, day),
    处罚机关: `${county === 'jining' ? '济宁市' : countyDefinition(county).label}${random.pick(BODIES)}（演示）`,
  };
  return {
    number: String(700_000 + index),
    list: turn === 'listed' ? 'blacklist' : 'penalties',
    title: `${turn === 'listed' ? '严重违法失信行为记录' : '行政处罚决定'} ${decisionNo}`,
    publishedOn: addDays(day, 3),
    fields,
  };
}

function caseOf(turn: Turn, random: Random): Case {
  if (turn === 'agency') return AGENCY_CASE;
  if (turn === 'buyer') return BUYER_CASE;
  if (turn === 'expert') return EXPERT_CASE;
  return turn === 'warned' ? WARNING : random.pick(SUPPLIER_CASES);
}

/** What ends publication before its time: a repair after five months; a list says itself when it ends. */
function endOf(turn: Turn, day: Day): Record<string, string> {
  if (turn === 'repaired') return { 信用修复日期: addDays(day, 150) };
  return turn === 'listed' ? { 公布截止日期: addDays(day, 730) } : {};
}

function subjectOf(
  turn: Turn,
  random: Random,
  cast: Cast,
  county: County,
): { told: string; fields: Record<string, string> } {
  if (turn === 'expert') {
    const name = makePerson(random);
    return {
      told: `${name}（身份证号${makeIdNumber(random)}，电话${makeMobile(random)}）`,
      fields: { 行政相对人名称: name, 行政相对人类别: '自然人' },
    };
  }
  if (turn === 'buyer') {
    const { name } = cast.buyer(random, county, 'build');
    return { told: name, fields: { 行政相对人名称: name, 行政相对人类别: '法人及非法人组织' } };
  }
  const { name, creditCode } = random.pick(turn === 'agency' ? cast.agencies : cast.suppliers);
  const code = turn === 'uncoded' ? '' : creditCode;
  return {
    told: name,
    fields: {
      行政相对人名称: name,
      行政相对人类别: '法人及非法人组织',
      ...(code ? { 统一社会信用代码: code } : {}),
    },
  };
}
