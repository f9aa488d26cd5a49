import type { County } from '#src/domain/counties/counties.ts';
import type { NoticeDraft } from '../draft.ts';
import { IncompleteExposureError, type IncompleteRecord } from '../exposures/incomplete.ts';
import { type PreparedExposure, prepareExposure } from '../exposures/prepare.ts';
import { type PreparedNotice, prepareNotice } from '../prepare/prepare.ts';
import { inspectDraft } from '../prepare/validate.ts';
import { layOver, type Overlay } from './overlay.ts';
import { ItemRejectedError } from './reasons.ts';

/** A whole draft, and where it comes from. Plain data, so that it can go to another thread. */
export interface WholeDraft {
  draft: NoticeDraft;
  sourceKey: string;
  publishedBy: County;
  /** Item id under which a known notice was first stored. */
  knownItemId?: string | undefined;
  /** Labels and values that staff added to an incomplete record of the exposure board. */
  supplement?: Record<string, string> | undefined;
  /** What staff decided about the item or its source. */
  overlay?: Overlay | undefined;
}

/** What became of a whole draft: ready to be stored, or to be put aside. Plain data but for the error. */
export interface CompletedDraft {
  prepared?: PreparedNotice;
  /** In place of a notice, when the column holds entries of the exposure board or the blacklist. */
  entry?: PreparedExposure;
  /** In place of an entry: a record that lacks something, which is kept. */
  incomplete?: IncompleteRecord;
  /** Why it may not be published. */
  error?: unknown;
}

/** Prepares a draft for storing: all that costs time, and neither network nor database. */
export function completeDraft({
  draft: received,
  sourceKey,
  publishedBy,
  knownItemId,
  supplement = {},
  overlay,
}: WholeDraft): CompletedDraft {
  const draft = overlay ? layOver(received, overlay) : received;
  try {
    const faults = draft.exposure ? inspectDraft(draft) : [];
    if (faults.length > 0) throw new ItemRejectedError(faults);
    if (draft.exposure) {
      const supplemented = { ...draft, fields: { ...draft.fields, ...supplement } };
      return { entry: prepareExposure(supplemented, draft.exposure, { sourceKey, publishedBy }) };
    }
    return { prepared: prepareNotice(draft, { sourceKey, publishedBy, sourceItemId: knownItemId }) };
  } catch (error) {
    return error instanceof IncompleteExposureError ? { incomplete: error.record, error } : { error };
  }
}
