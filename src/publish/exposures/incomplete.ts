import type { IncompleteExposure } from '#src/domain/exposures/incomplete.ts';
import { ItemRejectedError } from '../items/reasons.ts';
import { toReasons } from './judgement.ts';
import type { RecordField } from './labels.ts';

/** A record that is no entry yet, and the fields that it lacks. Plain data, so that it can come from another thread. */
export interface IncompleteRecord {
  said: IncompleteExposure;
  missing: readonly RecordField[];
}

/** A record that lacks what an entry must say. It is kept as it is, restricts nobody, and may be completed by staff. */
export class IncompleteExposureError extends ItemRejectedError {
  readonly record: IncompleteRecord;

  constructor(record: IncompleteRecord) {
    super(toReasons(record.missing));
    this.name = 'IncompleteExposureError';
    this.record = record;
  }
}
