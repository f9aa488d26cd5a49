import type { Bidder, Outcome, Process, Values } from './process.ts';

/** As what organizations an indicator is about them. */
export const ROLE_KEYS = ['buyer', 'agency', 'supplier', 'pair', 'group'] as const;
export type Role = (typeof ROLE_KEYS)[number];

/** An indicator of an organization, or of several that stand together; organizations that have too few lots have none. */
export interface OrganizationOutcome {
  role: Role;
  /** Ids; of a pair or a group several, in the order of ids, but for a buyer and its supplier. */
  organizations: string[];
  state: 'flagged' | 'clear';
  /** Lots or bids that it rests on: of fewer than five nothing is published. */
  cases: number;
  values: Values;
}

/** Takes lots one after the other, in whatever order, and says at the end what they tell of organizations. */
export interface Tally {
  take(process: Process): void;
  end(): OrganizationOutcome[];
}

/** The numbers of all lots with which a lot is compared, in ascending order. */
export type Reference = (group: string) => readonly number[];

/** How an indicator is computed of a lot. */
export interface ProcessRule {
  /** What of a lot others are compared with; null where it has none. */
  sample?(process: Process): { group: string; value: number } | null;
  judge(process: Process, reference: Reference): Outcome;
}

/** How an indicator is computed: of each lot, of organizations, or of both. */
export interface FlagRule {
  process?: ProcessRule;
  organizations?: () => Tally;
}

/** Below so many cases a share says nothing and is not published (SIGMA's rule). */
export const LEAST_CASES = 5;

/** Whether a bidder is one organization: no consortium, no natural person. */
export const isOrganization = (bidder: Bidder): boolean => !bidder.includes('~') && !bidder.includes('+');

/** `34 / 120`: never a share without what it is of. */
export const ofAll = (part: number, all: number): string => `${part} / ${all}`;
