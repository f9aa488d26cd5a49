import { drafts, draftVersions } from '../schema/index.ts';
import { ddl, type SchemaObject, trigger } from './ddl.ts';

/** Nobody reviews what they wrote any version of, whatever the program believes. */
export const DRAFT_OBJECTS: readonly SchemaObject[] = [
  trigger(
    'drafts_own_review',
    ddl`BEFORE UPDATE ON ${drafts} WHEN EXISTS (
  SELECT 1 FROM ${draftVersions} WHERE ${draftVersions.draftId} = new.${drafts.id}
    AND ${draftVersions.authorId} IN (new.${drafts.firstReviewerId}, new.${drafts.finalReviewerId}))`,
    `SELECT RAISE(ABORT, 'nobody reviews what they wrote');`,
  ),
];
