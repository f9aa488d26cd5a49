import { createWorkingCalendar } from '../../calendar/working-days.ts';
import { isPurchase } from '../../categories.ts';
import { TIME_LIMITS, type TimeLimitId, verifyLimit } from '../../projects/time-limits.ts';
import { calendarDaysBetween, type Instant } from '../../time/time.ts';
import type { LotOutcome } from '../lot-outcome.ts';
import { LOTS, type MeasureDefinition, type Observation, type Omission, OWN_DEFINITION } from '../measure.ts';
import { awardedAt } from './price.ts';

type Found = (Observation | Omission)[];
const CALENDAR = createWorkingCalendar();
const LATE_DAYS = 3;

function daysUntilAward(lot: LotOutcome, from: Instant | null): Found {
  const at = awardedAt(lot);
  if (!at) return [];
  const days = from === null ? -1 : calendarDaysBetween(from, at);
  return [days < 0 ? { at, because: 'noCall' } : { at, numerator: days, denominator: 1 }];
}

/** Corrections of lots that were called, counted with their call. */
function corrected(lot: LotOutcome, isMeant: (at: Instant) => boolean): Found {
  const { calledAt: at, corrections } = lot;
  return at
    ? [{ at, numerator: corrections.some((correction) => isMeant(correction.at)) ? 1 : 0, denominator: 1 }]
    : [];
}

const isLate = ({ deadlineAt }: LotOutcome, at: Instant): boolean => {
  const days = deadlineAt === null ? LATE_DAYS : calendarDaysBetween(at, deadlineAt);
  return days >= 0 && days < LATE_DAYS;
};

/** Which limits hold of a lot, from when until when. */
function limitsOf(lot: LotOutcome): [rule: TimeLimitId, from: Instant | null, to: Instant | null][] {
  const isTender = lot.method?.includes('公开招标') ?? false;
  if (lot.category === 'construction') {
    return [
      ['C-03', lot.calledAt, lot.deadlineAt],
      ...(lot.rankedAt
        ? ([['C-07', lot.rankedAt, lot.publicityEndsAt]] as [TimeLimitId, Instant, Instant | null][])
        : []),
    ];
  }
  if (lot.category === 'procurement') {
    return [
      ...(isTender
        ? ([['G-04', lot.calledAt, lot.deadlineAt]] as [TimeLimitId, Instant | null, Instant | null][])
        : []),
      ...(lot.contractPublishedAt
        ? ([['G-13', lot.signedAt, lot.contractPublishedAt]] as [TimeLimitId, Instant | null, Instant][])
        : []),
    ];
  }
  return lot.category === 'land' ? [['L-01', lot.calledAt, lot.deadlineAt]] : [];
}

function timeliness(lot: LotOutcome): Found {
  const at = lot.endedAt ?? lot.calledAt;
  if (!at) return [];
  return limitsOf(lot).map(([rule, from, to]) => {
    const { state } = verifyLimit(rule, from, to, CALENDAR);
    return state === 'unknown'
      ? { at, part: rule, because: 'noDates' }
      : { at, part: rule, numerator: state === 'met' ? 1 : 0, denominator: 1 };
  });
}

const RULES = ['C-03', 'C-07', 'G-04', 'G-13', 'L-01'] as const satisfies TimeLimitId[];
const ruleLabels = Object.fromEntries(
  RULES.map((id) => [id, `${TIME_LIMITS[id].from}至${TIME_LIMITS[id].to}（${TIME_LIMITS[id].law}）`]),
);
const rate = { unit: 'percent', shape: 'ratio', countOf: LOTS, baseline: null, minimum: 1, hasSpread: false } as const;
const cycle = {
  unit: 'days',
  shape: 'ratio',
  predicate: '最后一轮已有中标（成交）结果',
  denominator: '标段数',
  countOf: LOTS,
  baseline: null,
  exclusions: ['noCall'],
  minimum: 1,
  source: `${OWN_DEFINITION}；中止的日期未公开的不扣除`,
  parts: null,
  hasSpread: true,
} as const;

/** How deals went: failures, corrections, time. */
export const COURSE = {
  failureRate: {
    ...rate,
    title: '流标率',
    words: '流标（废标）和终止的标段，除以已有结果（成交、流标、终止）的标段。重新招标的只按最后一次计。',
    predicate: '工程建设、政府采购、医疗器械、综合交易，最后一轮已成交、流标或终止',
    numerator: '流标和终止的标段数',
    denominator: '已有结果的标段数',
    exclusions: [],
    source: OWN_DEFINITION,
    parts: null,
    observe: ({ category, end, endedAt: at }) =>
      end && at && isPurchase(category) ? [{ at, numerator: end === 'awarded' ? 0 : 1, denominator: 1 }] : [],
  },
  correctionRate: {
    ...rate,
    title: '更正率',
    words: '至少有一次更正的标段，除以已发布公告的标段。按招标（采购、出让）公告日期统计。',
    predicate: '最后一轮有招标（采购、出让）公告',
    numerator: '有更正公告的标段数',
    denominator: '标段数',
    exclusions: [],
    source: OWN_DEFINITION,
    parts: null,
    observe: (lot) => corrected(lot, () => true),
  },
  lateCorrectionRate: {
    ...rate,
    title: '临近截止更正率',
    words: `截止前不足 ${LATE_DAYS} 日还有更正的标段，除以已发布公告的标段。`,
    predicate: '最后一轮有招标（采购、出让）公告',
    numerator: `截止前不足 ${LATE_DAYS} 日有更正的标段数`,
    denominator: '标段数',
    exclusions: [],
    source: OWN_DEFINITION,
    parts: null,
    observe: (lot) => corrected(lot, (at) => isLate(lot, at)),
  },
  cycleDays: {
    ...cycle,
    title: '交易周期',
    words: '从招标（采购、出让）公告到结果公告的日历日数：平均数和中位数。',
    numerator: 'Σ 公告到结果公告的日数',
    observe: (lot) => daysUntilAward(lot, lot.calledAt),
  },
  decisionDays: {
    ...cycle,
    title: '截止到结果的日数',
    words: '从投标（响应、竞买）截止到结果公告的日历日数：平均数和中位数。',
    numerator: 'Σ 截止到结果公告的日数',
    observe: (lot) => daysUntilAward(lot, lot.deadlineAt),
  },
  timelinessRate: {
    ...rate,
    title: '公开及时率',
    words: '符合法定期限的事项，除以日期已公开、可以核对的事项。只核对条文经确认的期限。',
    predicate: '工程建设、政府采购、土地使用权，有下列期限可核对',
    numerator: '符合期限的事项数',
    denominator: '可以核对的事项数',
    countOf: '事项',
    exclusions: ['noDates'],
    source: '《招标投标法》及其实施条例、《政府采购法》及其实施条例、国土资源部令第39号',
    parts: { label: '期限', labels: ruleLabels },
    observe: timeliness,
  },
} as const satisfies Record<string, MeasureDefinition>;
