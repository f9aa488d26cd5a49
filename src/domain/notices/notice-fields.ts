import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import type { AmountKind } from '../facts/amount-kind.ts';
import type { Facts } from '../facts/facts.ts';
import type { Fen } from '../money/money.ts';
import type { Stage } from '../stages.ts';
import type { MomentPrecision } from '../time/moment.ts';
import type { Instant, TimePrecision } from '../time/time.ts';

/** What a notice says of itself in short. */
export interface NoticeFields {
  id: string;
  title: string;
  category: Category;
  stage: Stage;
  county: County;
  publishedAt: Instant;
  publishedPrecision: TimePrecision;
  deadlineAt: Instant | null;
  deadlinePrecision: MomentPrecision | null;
  openingAt: Instant | null;
  openingPrecision: MomentPrecision | null;
  amountFen: Fen | null;
  amountKind: AmountKind | null;
  buyer: string | null;
  /** Who was awarded. */
  suppliers: string[];
  /** Candidates of their publicity, bidders of an opening. */
  tenderers: string[];
}

/** What a notice says of itself, its lot and all its facts included. */
export interface NoticeSaying extends NoticeFields {
  lotCode: string | null;
  facts: Facts;
}
