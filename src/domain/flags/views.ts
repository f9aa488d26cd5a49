import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import type { Instant } from '../time/time.ts';
import type { Missing, Outcome, Values } from './process.ts';
import type { FlagCode } from './registry.ts';
import type { Role } from './rule.ts';

/** How often an indicator could be computed and pointed at something. */
export interface FlagTotals {
  flagged: number;
  clear: number;
  /** Lots of which it cannot be computed, by what is missing; the most frequent first. */
  missing: { why: Missing; total: number }[];
}

/** What those concerned say to an indicator. */
export interface FlagReplyView {
  party: string;
  text: string;
  source: string;
  /** `YYYY-MM-DD`. */
  receivedOn: string;
}

/** A lot that an indicator points at, as the public reads it. */
export interface FlaggedLotView {
  code: FlagCode;
  projectId: string;
  title: string;
  lot: string;
  lotName: string | null;
  county: County;
  category: Category;
  month: string;
  numbers: Values;
  /** Whether somebody has looked into it; what was found is not public. */
  isChecked: boolean;
  replies: FlagReplyView[];
}

/** What all indicators say of one lot. */
export interface LotOutcomes {
  lot: string;
  lotName: string | null;
  outcomes: { code: FlagCode; outcome: Outcome; isChecked: boolean; replies: FlagReplyView[] }[];
}

/** What an indicator says of an organization. */
export interface OrganizationFlagView {
  code: FlagCode;
  role: Role;
  organizations: { id: string; name: string }[];
  state: 'flagged' | 'clear';
  cases: number;
  numbers: Values;
  isChecked: boolean;
}

/** Under what decisions and replies are kept: a lot of a project, or organizations in a role. */
export const lotSubject = (project: string, lot: string): string => `lot ${project} ${lot}`;
export const organizationSubject = (role: Role, organizations: string): string => `${role} ${organizations}`;

/** When something was decided, for staff. */
export interface FlagDecisionView {
  decision: 'unfounded' | 'referred';
  reason: string;
  referredTo: string;
  at: Instant;
}
