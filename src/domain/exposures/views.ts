import type { Removal } from '../changes.ts';
import type { County } from '../counties/counties.ts';
import type { Instant } from '../time/time.ts';
import type { ExposureContent } from './content.ts';
import type { ExposureEvent, ExposureState } from './life-cycle.ts';
import type { MisconductType } from './misconduct.ts';
import type { Day, PublicationPeriod } from './period.ts';
import type { Board, SubjectType } from './registry.ts';

/** An entry in lists: only what is in force is ever made into one. */
export interface ExposureSummary {
  id: string;
  board: Board;
  state: ExposureState;
  county: County;
  subjectType: SubjectType;
  /** Masked when the subject is a natural person. */
  subjectName: string;
  subjectUscc: string | null;
  misconduct: MisconductType;
  violation: string;
  decisionNo: string;
  authority: string;
  decisionDate: Day;
  penaltyContent: string;
  publishedAt: Instant;
  /** Last public day. */
  publicUntil: Day;
  validUntil: Day | null;
}

export interface ExposurePage {
  items: ExposureSummary[];
  total: number;
  asOf: Instant;
  next: string | null;
  /** Entries that are no longer public, by number only. */
  ended: number;
}

export interface ExposureVersionView {
  version: number;
  recordedAt: Instant;
  /** SHA-256 (hex) of the canonical JSON of the version; null when it was destroyed by law. */
  hash: string | null;
  /** SHA-256 (hex) of a secret salt and that JSON. */
  seal: string;
  /** What it said was destroyed by law. */
  removal: Removal | null;
  reason: 'created' | 'changed';
}

/** Everything the page of an entry shows. */
export interface ExposureView extends ExposureSummary, Omit<ExposureContent, 'sourceKey'> {
  period: PublicationPeriod;
  events: ExposureEvent[];
  versions: ExposureVersionView[];
  sourceName: string;
  /** The source no longer lists the entry. */
  goneFromSource: boolean;
  asOf: Instant;
}

/** How an entry was joined to a name or a company. `name`: 同名，未核实. */
export type ExposureMatch = 'code' | 'name';

/** A mark beside a party's name. */
export interface ExposureMarkView {
  id: string;
  board: Board;
  misconduct: MisconductType;
  authority: string;
  decisionDate: Day;
  validUntil: Day | null;
  publicUntil: Day;
  matched: ExposureMatch;
}

/** HttpResponse to "is this firm on the board". */
export interface MatchResult {
  listed: boolean;
  matches: (ExposureSummary & { matched: ExposureMatch })[];
  /** Which names were compared: the one given and the other names of the organization it belongs to. */
  names: string[];
  asOf: Instant;
}

/** An award made while the winner was under a sanction. */
export interface OverlapView {
  exposure: ExposureSummary;
  noticeId: string;
  noticeTitle: string;
  noticeCounty: County;
  noticePublishedAt: Instant;
  /** The winner as the notice names it. */
  winner: string;
  /** First and last day of the sanction. */
  sanctionFrom: Day;
  sanctionUntil: Day;
  /** The notice is of the day of the decision, so that it is not known which came first. */
  isDecisionDay: boolean;
  /** `candidate`: the publicity period of the candidates still runs. */
  kind: 'award' | 'candidate';
}
