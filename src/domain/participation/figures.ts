import type { County } from '../counties/counties.ts';
import type { SubmissionKind } from './kinds.ts';

/** What is entered by hand for the ledger, where it did not come in here; `what` follows the number in a sentence. */
export const LEDGER_ENTRIES = {
  hotlineCall: { label: '市长公开电话来件', what: (count: number) => `办理市长公开电话来件 ${count} 起` },
  complaintTransferred: { label: '转交的质疑投诉', what: (count: number) => `转交质疑投诉 ${count} 起` },
  bidderReferred: {
    label: '移送的投标单位',
    what: (count: number) => `将涉嫌弄虚作假、围标串标的 ${count} 家投标单位转相关行政监督部门`,
  },
} as const;

export type LedgerEntryKind = keyof typeof LEDGER_ENTRIES;
export const LEDGER_ENTRY_KEYS = Object.keys(LEDGER_ENTRIES) as [LedgerEntryKind, ...LedgerEntryKind[]];

/** One entry; `count` is of calls, complaints or bidders. */
export interface LedgerEntry {
  kind: LedgerEntryKind;
  count: number;
}

/** Kinds of which each transfer is one of a complaint. */
export const DISPUTE_KINDS: readonly SubmissionKind[] = ['objection', 'challenge', 'complaint'];

/** The report's sentence 「29起市长公开电话来件…转交质疑投诉8起…6家投标单位转相关行政监督部门」, of entries alone; '' without any. */
export function toLedgerSentence(entries: readonly LedgerEntry[]): string {
  const parts = LEDGER_ENTRY_KEYS.flatMap((kind) => {
    const total = entries.filter((entry) => entry.kind === kind).reduce((sum, { count }) => sum + count, 0);
    return total > 0 ? [LEDGER_ENTRIES[kind].what(total)] : [];
  });
  return parts.length > 0 ? `${parts.join('，')}。` : '';
}

/** A submission as the public figures count it. */
export interface CountedCase {
  kind: SubmissionKind;
  county: County;
  /** Working days from the receipt to the answer; null while there is none. */
  workingDays: number | null;
  isOverdue: boolean;
  /** Whether the answer came after the due day. */
  wasLate: boolean;
}

/** Public figures of some submissions. */
export interface CaseFigures {
  received: number;
  answered: number;
  /** Of those that were answered; null where none was. */
  medianDays: number | null;
  /** Open ones whose due day is over. */
  overdue: number;
  /** Answered after the due day. */
  late: number;
}

/** The figures of a group of submissions. */
export function toFigures(cases: readonly CountedCase[]): CaseFigures {
  const days = cases
    .flatMap(({ workingDays }) => (workingDays === null ? [] : [workingDays]))
    .toSorted((a, b) => a - b);
  return {
    received: cases.length,
    answered: days.length,
    medianDays: medianOf(days),
    overdue: cases.filter((each) => each.isOverdue).length,
    late: cases.filter((each) => each.wasLate).length,
  };
}

function medianOf(sorted: readonly number[]): number | null {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  if (upper === undefined) return null;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
}
