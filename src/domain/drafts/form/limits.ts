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
  const isWorks = category === 'construction';
  const check = checker(subject);
  const { publishedAt } = subject;
  const deadline = momentOf(subject, 'deadline');
  switch (stage) {
    case 'tenderNotice': {
      const rule = isWorks ? 'C-03' : methodRule(subject);
      return rule ? [check(rule, publishedAt, deadline, 'deadline', noteOf(category))] : [];
    }
    case 'clarification':
    case 'correctionNotice': {
      const rule = isWorks ? 'C-04' : category === 'procurement' ? 'G-05' : null;
      const note = '仅当内容可能影响文件编制时适用；不足的应当顺延截止时间';
      return rule && deadline ? [check(rule, publishedAt, deadline, 'deadline', note)] : [];
    }
    case 'candidateNotice':
      return isWorks
        ? [
            check(
              'C-07',
              publishedAt,
              endOfDays(subject, 'publicityPeriod'),
              'publicityPeriod.to',
              '适用于依法必须招标的项目',
            ),
          ]
        : [];
    case 'singleSourceNotice':
      return category === 'procurement'
        ? [check('G-07', publishedAt, endOfDays(subject, 'publicityPeriod'), 'publicityPeriod.to', '')]
        : [];
    case 'contractNotice': {
      const signed = momentOf(subject, 'contractDate');
      return category === 'procurement' && signed ? [check('G-13', signed, publishedAt, 'contractDate', '')] : [];
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

const noteOf = (category: NoticeForm['category']): string =>
  category === 'construction' ? '发布日至投标截止，适用于依法必须招标的项目' : '发布日至截止';

function methodRule({ filled, form }: Subject): TimeLimitId | null {
  if (form.category !== 'procurement') return null;
  const method = filled.facts.procurementMethod?.text ?? '';
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
