import type { ExposureContent } from '#src/domain/exposures/content.ts';
import { normaliseDecisionNo } from '#src/domain/exposures/decision-number.ts';
import { SUBJECT_TYPES } from '#src/domain/exposures/registry.ts';
import { stableId } from '#src/domain/identifiers/ids.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';

/** What makes an entry this one and no other: the same decision about the same subject, on one board. */
export interface ExposureIdentity {
  /** Where an entry with this identity stands, unless its subject's name was corrected since. */
  id: string;
  subjectKey: string;
  decisionKey: string;
}

type Identifying = Pick<
  ExposureContent,
  'board' | 'list' | 'decisionNo' | 'decisionDate' | 'subjectType' | 'subjectName'
>;

/** The identity of an entry: a decision without a number is known by its list and day, a person by the masked name. */
export function identifyExposure(content: Identifying): ExposureIdentity {
  const { board, list, decisionNo, decisionDate, subjectType, subjectName } = content;
  const decisionKey = normaliseDecisionNo(decisionNo) || `${list}[${decisionDate}]`;
  const subjectKey = SUBJECT_TYPES[subjectType].isPerson ? subjectName : nameKey(subjectName);
  return { id: stableId('exposure', board, decisionKey, subjectKey), subjectKey, decisionKey };
}
