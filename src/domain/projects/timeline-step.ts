import type { Stage } from '../stages.ts';
import type { TimeLimitId } from './time-limits.ts';

/** A step that a deal of a category goes through, and the notices that show it was reached. */
export interface PlannedStep {
  label: string;
  stages: readonly Stage[];
  /** The end of bidding: reached when the deadline has passed, with or without a notice. */
  bidding?: true;
  /** Must be published: shown as missing when later steps are there without it. */
  required: boolean;
  /** Who has to act. */
  responsible: string;
  /** What to expect, for the "next" sentence. */
  expectation: string;
  /** The rule that limits the wait for this step, counted from the step before; none when the law sets none. */
  due?: readonly TimeLimitId[];
  /** Said beside the date or instead of it, when the starting point of the legal limit is not public. */
  dueNote?: string;
}

/** The end of bidding: reached by time, shown with or without an opening record. */
export const bidding = (label: string, expectation: string, responsible: string) =>
  ({
    label,
    stages: ['openingRecord'],
    bidding: true,
    required: false,
    responsible,
    expectation,
  }) as const satisfies PlannedStep;
