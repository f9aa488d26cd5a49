import type { WorkingCalendar } from '../../calendar/working-days.ts';
import { type LimitCheck, type TimeLimitId, verifyLimit } from '../../projects/time-limits.ts';
import { endOf, type Moment, toMoment, within } from '../../time/moment.ts';
import type { Instant } from '../../time/time.ts';
import type { FilledForm } from './check.ts';
import type { NoticeForm } from './forms.ts';
import { type FormValues, rangeOf } from './read.ts';

/** A statutory limit held against what a draft says, with on what terms, and the input that it hangs on. */
export interface DraftLimit extends LimitCheck {
  note: string;
  name: string;
}

interface Subject {
  form: NoticeForm;
  filled: FilledForm;
  values: FormValues;
  /** When it is to be published. */
  publishedAt: Instant;
  calendar: WorkingCalendar;
}

/**
 * The statutory limits that bear on a notice, as far as its own dates tell (TIME_LIMITS). They warn and do not refuse: some bind only
 * projects that must be tendered, which the form does not ask.
 */
export function checkLimits(subject: Subject): DraftLimit[] {
  const { stage, category } = subject.form;
  const rules = RULES[category];
  const check = checker(subject);
  const { publishedAt } = subject;
  const deadline = momentOf(subject, 'deadline');
  switch (stage) {
    case 'tenderNotice': {
      const rule = rules.call(subject.filled.facts.procurementMethod?.text ?? '');
      return rule ? [check(rule, publishedAt, deadline, 'deadline', rules.note)] : [];
    }
    case 'clarification':
    case 'correctionNotice': {
      const rule = rules.change;
      const note = '仅当内容可能影响文件编制时适用；不足的应当顺延截止时间';
      return rule && deadline ? [check(rule, publishedAt, deadline, 'deadline', note)] : [];
    }
    case 'candidateNotice':
      return rules.candidates
        ? [
            check(
              rules.candidates,
              publishedAt,
              endOfDays(subject, 'publicityPeriod'),
              'publicityPeriod.to',
              '适用于依法必须招标的项目',
            ),
          ]
        : [];
    case 'singleSourceNotice':
      return rules.singleSource
        ? [check(rules.singleSource, publishedAt, endOfDays(subject, 'publicityPeriod'), 'publicityPeriod.to', '')]
        : [];
    case 'contractNotice': {
      const signed = momentOf(subject, 'contractDate');
      return rules.contract && signed ? [check(rules.contract, signed, publishedAt, 'contractDate', '')] : [];
    }
    case 'landOffering':
      return [
        check('L-01', publishedAt, momentOf(subject, 'opening'), 'opening', '出让公告发布日至招标、拍卖、挂牌开始日'),
      ];
    case 'propertyListing':
      return checkListing(subject, check);
    case 'propertyDeal': {
      const end = endOfDays(subject, 'publicityPeriod');
      return end ? [check('P-07', publishedAt, end, 'publicityPeriod.to', '适用于企业国有资产')] : [];
    }
    default:
      return [];
  }
}

type Check = (id: TimeLimitId, from: Instant, to: Instant | null, name: string, note: string) => DraftLimit;

function checker({ calendar }: Subject): Check {
  return (id, from, to, name, note) => ({ ...verifyLimit(id, from, to, calendar), note, name });
}

interface Rules {
  /** Of a call, by the way of buying. */
  call: (method: string) => TimeLimitId | null;
  note: string;
  change: TimeLimitId | null;
  candidates: TimeLimitId | null;
  singleSource: TimeLimitId | null;
  contract: TimeLimitId | null;
}

const NONE: Rules = {
  call: () => null,
  note: '',
  change: null,
  candidates: null,
  singleSource: null,
  contract: null,
};
/** Limits of those who buy. Medical and general trading have no statutory list; what is sold has its own stages. */
const RULES: Readonly<Record<NoticeForm['category'], Rules>> = {
  construction: {
    ...NONE,
    call: () => 'C-03',
    note: '发布日至投标截止，适用于依法必须招标的项目',
    change: 'C-04',
    candidates: 'C-07',
  },
  procurement: {
    ...NONE,
    call: callRule,
    note: '发布日至截止',
    change: 'G-05',
    singleSource: 'G-07',
    contract: 'G-13',
  },
  medical: NONE,
  general: NONE,
  land: NONE,
  mining: NONE,
  property: NONE,
};

function callRule(method: string): TimeLimitId | null {
  if (method.includes('磋商')) return 'G-09';
  if (/谈判|询价/.test(method)) return 'G-08';
  return /公开招标|邀请招标/.test(method) ? 'G-04' : null;
}

const YUAN_MILLION = 100_000_000;

function checkListing(subject: Subject, check: Check): DraftLimit[] {
  const { facts } = subject.filled;
  const end = endOfDays(subject, 'listingPeriod');
  const isEquity = /股权|产权/.test(facts.projectName?.text ?? '');
  const price = facts.listingPrice?.fen;
  if (!isEquity && (price === undefined || price <= YUAN_MILLION)) return [];
  const rule = isEquity ? 'P-01' : (price ?? 0) > 10 * YUAN_MILLION ? 'P-04b' : 'P-04a';
  return [check(rule, subject.publishedAt, end, 'listingPeriod.to', '信息披露起始日至披露期满日；适用于企业国有资产')];
}

function momentOf({ filled }: Subject, key: 'deadline' | 'opening' | 'contractDate'): Instant | null {
  const value = filled.facts[key];
  const moment = toMoment(value?.instant, value?.precision);
  return moment ? within(moment) : null;
}

function endOfDays({ values }: Subject, key: 'publicityPeriod' | 'listingPeriod'): Instant | null {
  const range: { to: Moment } | null = rangeOf('days', values, key);
  return range ? within({ at: range.to.at, precision: range.to.precision }) : null;
}

/** Whether a draft's deadline lies behind the time at which it is to be published. */
export function isOverBefore({ filled }: Pick<Subject, 'filled'>, publishedAt: Instant): boolean {
  const value = filled.facts.deadline;
  const moment = toMoment(value?.instant, value?.precision);
  return moment !== null && endOf(moment) <= publishedAt;
}
