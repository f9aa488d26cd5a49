import type { County } from '../counties/counties.ts';
import type { Fen } from '../money/money.ts';
import type { Instant } from '../time/time.ts';
import type { Grade } from './grade.ts';
import type { ExposureEvent, LifeFacts } from './life-cycle.ts';
import type { MisconductType } from './misconduct.ts';
import { type Day, publicationPeriod } from './period.ts';
import type { Blacklist, Board, PenaltyType, RecordKind, SubjectType } from './registry.ts';

export interface ExposureDocument {
  name: string;
  url: string;
}

/**
 * What one version of an entry says, as it may be published (fields of 双公示, 国办发〔2018〕118号). Of natural persons it holds
 * the masked name and no number at all; nor the source's own id of the record, which may name one.
 */
export interface ExposureContent {
  id: string;
  sourceKey: string;
  board: Board;
  kind: RecordKind;
  /** The list of a blacklist entry. */
  list: Blacklist | null;
  county: County;
  subjectType: SubjectType;
  subjectName: string;
  /** Null when the source gave none: the subject is then known by its name only. */
  subjectUscc: string | null;
  misconduct: MisconductType;
  /** The misconduct in the decision's own words. */
  violation: string;
  decisionNo: string;
  authority: string;
  decisionDate: Day;
  grade: Grade;
  minorReason: string | null;
  facts: string;
  legalBasis: string;
  penaltyTypes: PenaltyType[];
  penaltyContent: string;
  fineFen: Fen | null;
  confiscatedFen: Fen | null;
  /** How long the measure lasts (处罚有效期); not the end of publication. */
  validUntil: Day | null;
  sourceDeadline: Day | null;
  misconductEnd: Day | null;
  publishedAt: Instant;
  projectCode: string | null;
  sourceUrl: string | null;
  documents: ExposureDocument[];
}

/** What decides when an entry is public. */
export function toLifeFacts(content: ExposureContent, events: readonly ExposureEvent[]): LifeFacts {
  const { grade, minorReason, publishedAt } = content;
  return { grade, minorReason, publishedAt, until: publicationPeriod(content).until, events };
}
