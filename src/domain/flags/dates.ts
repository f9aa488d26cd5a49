import type { LimitCheck } from '../projects/time-limits.ts';
import { clear, flagged, judged, type Outcome, type Process, unknown, type Values } from './process.ts';
import { fencesOf, quantile } from './quantiles.ts';
import { LEAST_CASES, type ProcessRule, type Reference } from './rule.ts';

/** The same kind of purchase, called in the same way. */
const alike = ({ category, method }: Process): string => `${category} ${method ?? ''}`;

const limitValues = ({ rule, actual, text }: LimitCheck): Values => ({ 规则: rule, 实际: actual ?? '', 说明: text });

/** F01: shorter than the law allows, or shorter than three quarters of the same kind. */
export const shortSubmission: ProcessRule = {
  sample: (process) =>
    process.submissionDays === null ? null : { group: alike(process), value: process.submissionDays },
  judge(process, reference) {
    const { submission, submissionDays, hasCall, hasDeadline, method, category } = process;
    if (!hasCall) return unknown('call');
    if (!hasDeadline || submissionDays === null) return unknown('deadline');
    if (!submission) return unknown(category === 'procurement' && method === null ? 'method' : 'rule');
    if (submission.state === 'unknown') return unknown('holidays');
    const values = { ...limitValues(submission), 日历日: submissionDays };
    if (submission.state === 'breached') return flagged({ 层次: '短于法定', ...values });
    const peers = reference(alike(process));
    if (peers.length < LEAST_CASES) return clear(values);
    const q1 = quantile(peers, 0.25, 'type 7');
    const compared = { ...values, 同类下四分位: q1, 同类标段数: peers.length };
    return submissionDays < q1 ? flagged({ 层次: '短于同类', ...compared }) : clear(compared);
  },
};

/** F02: documents can be had for less than five days. */
export const shortAccess: ProcessRule = {
  judge({ access, hasCall }) {
    if (!hasCall) return unknown('call');
    if (!access) return unknown('documentPeriod');
    return ofCheck(access);
  },
};

/** F03: the documents were changed less than fifteen days before a deadline that stayed. */
export const lateChange: ProcessRule = {
  judge({ change, hasCall, hasDeadline, submission, category, method }) {
    if (!hasCall) return unknown('call');
    if (!hasDeadline) return unknown('deadline');
    if (!submission) return unknown(category === 'procurement' && method === null ? 'method' : 'rule');
    if (!change) return clear({ 更正: '截止前未见澄清、更正' });
    const { actual } = change.check;
    if (actual === null) return unknown('holidays');
    const values = { ...limitValues(change.check), 截止时间: change.isMoved ? '已顺延' : '未顺延' };
    return judged(actual < 15 && !change.isMoved, values);
  },
};

/** F08: publicity of candidates, result or contract shorter or later than the law allows. */
export const shortPublicity: ProcessRule = {
  judge({ publicity, isAwarded }) {
    const told = publicity.filter(({ state }) => state !== 'unknown');
    if (told.length === 0) return unknown(isAwarded ? 'rule' : 'award');
    const breached = told.filter(({ state }) => state === 'breached');
    return judged(breached.length > 0, {
      核对项数: told.length,
      不足项数: breached.length,
      说明: (breached.length > 0 ? breached : told).map(({ rule, text }) => `${rule} ${text}`).join('；'),
    });
  },
};

/** F09: decided on the day of the deadline, or much later than others of the category. */
export const unusualDecision: ProcessRule = {
  sample: ({ category, decisionDays }) =>
    decisionDays === null || decisionDays < 0 ? null : { group: category, value: decisionDays },
  judge(process, reference) {
    const { decisionDays, hasDeadline, category } = process;
    if (decisionDays === null) return unknown(hasDeadline ? 'award' : 'deadline');
    if (decisionDays < 0) return unknown('dates');
    if (decisionDays < 1) return flagged({ 天数: decisionDays, 层次: '截止当日即公布结果' });
    return againstUpper({ 天数: decisionDays }, decisionDays, reference, category);
  },
};

function againstUpper(values: Values, value: number, reference: Reference, group: string): Outcome {
  const peers = reference(group);
  const fences = fencesOf(peers, 'type 7');
  if (!fences || peers.length < LEAST_CASES) return unknown('sample');
  return judged(value > fences.upper, { ...values, 上界: fences.upper, 同类标段数: fences.n });
}

function ofCheck(check: LimitCheck): Outcome {
  if (check.state === 'unknown') return unknown(check.actual === null ? 'holidays' : 'rule');
  return judged(check.state === 'breached', limitValues(check));
}
