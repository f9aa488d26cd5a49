import type { Instant } from '../time/time.ts';
import type { Exclusion } from './exclusions.ts';
import type { LotOutcome } from './lot-outcome.ts';

/**
 * What a figure is in: `count` of things, `fen` (CNY, shown in 元, 万元, 亿元), `percent` (a ratio of two numbers of one unit),
 * `fenPerSquareMetre`, `days`, `mean` (a plain number).
 */
export type MeasureUnit = 'count' | 'fen' | 'percent' | 'fenPerSquareMetre' | 'days' | 'mean';

/** What makes one figure out of many lots. `sum`: Σ numerators; `ratio`: Σ numerators / Σ denominators, never a mean of rates. */
export type MeasureShape = 'sum' | 'ratio';

/** What a measure finds in one lot. */
export interface Observation {
  /** When it is counted: award, failure or call, as the definition says. */
  at: Instant;
  /** What else it is counted under, where the measure is split further. */
  part?: string;
  numerator: number;
  denominator: number;
}

/** A lot that the measure is about and cannot count. */
export interface Omission {
  at: Instant;
  part?: string;
  because: Exclusion;
}

export interface MeasureDefinition {
  title: string;
  unit: MeasureUnit;
  shape: MeasureShape;
  /** In words that a reader can repeat the figure with. */
  words: string;
  /** The same as code: which lots, and what is summed above and below. */
  predicate: string;
  numerator: string;
  denominator: string;
  /** One of what is counted: 标段（包、宗地、标的）. */
  countOf: string;
  /** What the numerator is held against; null where nothing is. */
  baseline: string | null;
  exclusions: readonly Exclusion[];
  /** Fewer are not shown, nor what they could be computed from. */
  minimum: number;
  /** The rule it goes back to, or that it is the site's own. */
  source: string;
  /** What `part` is: 建筑类型、供应商; null where the measure has none. `labels` names the values; others are names themselves. */
  parts: { label: string; labels: Readonly<Record<string, string>> } | null;
  /** Quartiles of the values of single lots are shown beside the figure. */
  hasSpread: boolean;
  /** What of one lot counts; null for publication volume, which counts notices. Empty: the measure is not about this lot. */
  observe: ((lot: LotOutcome) => (Observation | Omission)[]) | null;
}

/** Lots, as results are counted (domain rule: never notices). */
export const LOTS = '标段（包、宗地、标的）';
export const OWN_DEFINITION = '本站定义，按公开信息可复算；没有统一的官方公式';
