import { isStorageFailure } from '#db/storage-errors.ts';
import { quarantine } from '#src/publish/items/quarantine.ts';
import type { RawItem } from '#src/publish/items/raw-items.ts';
import type { SaveContext, SaveOutcome } from '#src/publish/notices/store.ts';
import { sha256 } from '#src/publish/prepare/fingerprints.ts';
import type { RunRecord } from '../run/context.ts';
import type { MirroredChange } from './change.ts';
import type { MirroredSubject } from './subject.ts';

/** Takes one change in a savepoint of its own: a bad one is put aside and the others stay. */
export function takeChange(
  { db, source }: RunRecord,
  subject: MirroredSubject,
  change: MirroredChange,
  context: SaveContext,
): SaveOutcome | 'rejected' {
  const raw = toRaw(source.key, change);
  const taking = { db, mirror: source.key, raw, context };
  try {
    return db.$client.transaction(() => subject[change.kind](change, taking))();
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    quarantine(db, raw, error, '', context);
    return 'rejected';
  }
}

/** What is kept of a change: its place and time are not part of what it says. */
function toRaw(sourceKey: string, change: MirroredChange): RawItem {
  const { seq, at: _at, ...said } = change;
  const contentHash = sha256(change.kind === 'upsert' ? JSON.stringify(said) : `remove ${seq}`);
  return { sourceKey, sourceItemId: change.id, contentHash, listItem: JSON.stringify(change) };
}
