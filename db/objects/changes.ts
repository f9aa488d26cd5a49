import { changes } from '../schema/index.ts';
import { ddl, type SchemaObject, trigger } from './ddl.ts';

const { subject, subjectId, seq } = changes;

/** A reader that has seen a number has seen all lower ones: nothing can appear behind it, or in the place of another. */
export const CHANGE_OBJECTS: readonly SchemaObject[] = [
  trigger(
    'changes_insert',
    ddl`BEFORE INSERT ON ${changes} WHEN new.${seq} <= (SELECT max(${seq}) FROM ${changes} WHERE ${subject} = new.${subject})`,
    `SELECT RAISE(ABORT, 'changes is append-only');`,
  ),
];

/** Only what a later change of the same entry tells anew may go. */
export const IS_LAST_CHANGE = ddl`old.${subject} NOT IN ('exposure', 'library') OR NOT EXISTS (
    SELECT 1 FROM ${changes} c WHERE c.${subject} = old.${subject} AND c.${subject} <> 'notice'
      AND c.${subjectId} = old.${subjectId} AND c.${seq} > old.${seq})`;
