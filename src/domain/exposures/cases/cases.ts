import { addWorkingDays, type LimitEnd, type WorkingCalendar } from '../../calendar/working-days.ts';
import { addDays, type Instant } from '../../time/time.ts';
import type { ExposureEventKind } from '../life-cycle.ts';

/** What may come of a case: what happens to the entry, if anything, and whether it takes a second person. */
interface Outcome {
  label: string;
  /** What is written down of the entry. */
  events: readonly ExposureEventKind[];
  /** Whether it ends the publication: nobody does that alone. */
  ends: boolean;
}

interface Kind {
  label: string;
  /** Working days for it, and with the help of others; where no law gives a limit, the portal's own. */
  days: number;
  extendedDays: number | null;
  rule: string;
  /** What is written down of the entry when it comes in. */
  opens: ExposureEventKind | null;
  outcomes: Readonly<Record<string, Outcome>>;
}

/** Cases that are opened about an entry after its decision. */
export const EXPOSURE_CASE_KINDS = {
  objection: {
    label: '异议',
    days: 3,
    extendedDays: 7,
    rule: '《山东省社会信用条例》第三十九条：3 个工作日内处理，需其他单位协助的 7 个工作日内',
    opens: 'objectionFiled',
    outcomes: {
      upheld: { label: '异议不成立，维持公示', events: ['objectionResolved'], ends: false },
      corrected: { label: '内容有误，已由来源更正', events: ['objectionResolved', 'corrected'], ends: false },
      revoked: { label: '决定已被撤销，停止公示', events: ['objectionResolved', 'revoked'], ends: true },
    },
  },
  repair: {
    label: '信用修复',
    days: 3,
    extendedDays: null,
    rule: '修复由认定单位经“信用中国”作出，其他网站须一致（《信用修复管理办法》）；本站收到修复决定后 3 个工作日内办结（本站承诺，法规未定）',
    opens: null,
    outcomes: {
      repaired: { label: '已准予修复，停止公示', events: ['repaired'], ends: true },
      refused: { label: '未满最短公示期或未准予修复，继续公示', events: [], ends: false },
    },
  },
  revocation: {
    label: '决定撤销、变更',
    days: 3,
    extendedDays: null,
    rule: '《行政处罚法》第四十八条：决定被变更、撤销、确认违法或者无效的，3 个工作日内撤回并公开说明理由',
    opens: null,
    outcomes: {
      revoked: { label: '核实属实，停止公示', events: ['revoked'], ends: true },
      kept: { label: '核实不属实，继续公示', events: [], ends: false },
    },
  },
} as const satisfies Record<string, Kind>;

export type ExposureCaseKind = keyof typeof EXPOSURE_CASE_KINDS;
export const EXPOSURE_CASE_KEYS = Object.keys(EXPOSURE_CASE_KINDS) as [ExposureCaseKind, ...ExposureCaseKind[]];

/** The kind with its widened type. */
export const exposureCaseKind = (kind: ExposureCaseKind): Kind => EXPOSURE_CASE_KINDS[kind];

/** What may come of a case of a kind; undefined when that may not. */
export const caseOutcome = (kind: ExposureCaseKind, outcome: string): Outcome | undefined => {
  const { outcomes } = exposureCaseKind(kind);
  return Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined;
};

/** Outcomes that end a publication. */
export const ENDING_OUTCOMES = [
  ...new Set(
    EXPOSURE_CASE_KEYS.flatMap((kind) =>
      Object.entries(exposureCaseKind(kind).outcomes).flatMap(([key, { ends }]) => (ends ? [key] : [])),
    ),
  ),
].sort();

/**
 * When a case has to be done: the end of its last working day in Shanghai. Undefined where a year without a known holiday plan lies
 * between; `isCertain` is false where that plan is still to come.
 */
export function caseDue(
  calendar: WorkingCalendar,
  kind: ExposureCaseKind,
  received: Instant,
  isExtended: boolean,
): LimitEnd | undefined {
  const { days, extendedDays } = exposureCaseKind(kind);
  const end = addWorkingDays(calendar, received, (isExtended ? extendedDays : null) ?? days);
  return end && { ...end, at: addDays(end.at, 1) };
}
