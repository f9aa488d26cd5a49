import type { ExposureContent } from '#src/domain/exposures/content.ts';
import { ItemRejectedError } from '../reasons.ts';
import { toReasons } from './judgement.ts';
import type { RecordField } from './labels.ts';

type Demanded = 'subjectName' | 'decisionNo' | 'authority' | 'decisionDate' | 'grade';

/** What a record says that is no entry yet: null where the source does not say what an entry must say. */
export type IncompleteExposure = Omit<ExposureContent, 'id' | Demanded> & {
  [Key in Demanded]: ExposureContent[Key] | null;
};

/** A record that lacks what an entry must say. It is kept as it is, restricts nobody, and may be completed by staff. */
export class IncompleteExposureError extends ItemRejectedError {
  readonly said: IncompleteExposure;
  readonly missing: readonly RecordField[];

  constructor(said: IncompleteExposure, missing: readonly RecordField[]) {
    super(toReasons(missing));
    this.name = 'IncompleteExposureError';
    this.said = said;
    this.missing = missing;
  }
}
