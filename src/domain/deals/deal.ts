import type { FactEntry, FactValue } from '../facts/facts.ts';
import type { NoticeSaying } from '../notices/notice-fields.ts';
import type { Moment } from '../time/moment.ts';
import type { Instant } from '../time/time.ts';

/** What of a notice tells where its deal stands. */
export type DealNotice = Pick<
  NoticeSaying,
  | 'id'
  | 'title'
  | 'stage'
  | 'publishedAt'
  | 'lotCode'
  | 'deadlineAt'
  | 'deadlinePrecision'
  | 'openingAt'
  | 'openingPrecision'
  | 'suppliers'
  | 'amountFen'
  | 'amountKind'
  | 'facts'
>;

/** Where a deal, or one lot of it, stands. Terms of the notices: 流标/废标 is `failed`, 终止 `terminated`, 中止（暂停） `suspended`. */
export const DEAL_STATES = [
  'planned',
  'open',
  'closed',
  'suspended',
  'publicity',
  'awarded',
  'contracted',
  'performed',
  'failed',
  'terminated',
] as const;
export type DealState = (typeof DEAL_STATES)[number];

/** A state, since when, and the notice that made it so. */
export interface Standing {
  state: DealState;
  since: Instant;
  noticeId: string;
}

/** A time that counts, and the notice that gave it last. */
export interface EffectiveMoment extends Moment {
  noticeId: string;
}

/** One call for one lot with what followed it: 招标, or 重新招标 after a failure. */
export interface LotRound {
  /** 1 for the first call. */
  number: number;
  /** Notices of the round, oldest first; the first is its call, where it is known. */
  noticeIds: string[];
  /** The call that stands for the round: the last one that gave a deadline of its own; null where no call is known. */
  callId: string | null;
  deadline: EffectiveMoment | null;
  opening: EffectiveMoment | null;
  /** What the notices made of it, oldest first. Times that merely pass (the deadline, the end of publicity) are in `standingAt`. */
  standings: Standing[];
  /** When the candidates' publicity ends (exclusive); null without candidates. */
  publicityEndsAt: Instant | null;
  /** The highest price that is taken, or the lowest of a sale; null where no notice says one of this lot. */
  ceiling: FactValue | null;
  /** What was bid, as the record of the opening has it. */
  bids: FactEntry[];
  candidates: FactEntry[];
  /** Who was awarded, with the notice; null while nobody was. */
  award: { noticeId: string; rows: FactEntry[] } | null;
  /** When the contract was signed, as its notice has it; null while no notice does. */
  signedAt: Instant | null;
}

export interface DealLot {
  /** `lotKey`; '' where the deal is not divided. */
  key: string;
  /** The lot as its notices name it; null where the deal is not divided. */
  name: string | null;
  /** At least one once anything but a plan is known. */
  rounds: LotRound[];
  /** Notices of planning, before any call. */
  planned: Standing | null;
}

/** How a notice ceases to count: `deadline`, another notice gives another deadline; `round`, it was called anew. */
export const SUPERSESSIONS = ['deadline', 'round'] as const;

/** Why a notice is no longer what counts. */
export interface Superseded {
  noticeId: string;
  byNoticeId: string;
  how: (typeof SUPERSESSIONS)[number];
}

/** One procurement or disposal process (招标项目、采购项目、宗地、标的), as its public notices tell it. Free of the clock. */
export interface Deal {
  lots: DealLot[];
  superseded: Superseded[];
}
