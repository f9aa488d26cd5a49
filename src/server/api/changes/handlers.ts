import { findPosition } from '#db/epoch.ts';
import { toStorageError } from '#db/storage-errors.ts';
import { UnavailableError } from '#src/domain/errors.ts';
import { listChanges as readChanges } from '../../changes/list.ts';
import { parseChangesQuery } from '../../changes/query.ts';
import { assertRegistered, isDue, noteReader, type ReaderPlace } from '../../changes/readers.ts';
import { waitForChange } from '../../changes/wait.ts';
import { getConfig } from '../../config.ts';
import { webDb, writeInbox } from '../../db.ts';
import { refuseBlank } from '../../parameters.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { changePageSchema } from './schema.ts';

/** Changes of public content in the order of their commits, for mirrors. */
export const listChanges: Handler = async ({ parameters }) => {
  refuseBlank(parameters);
  const { of, limit, wait, reader, ...query } = parseChangesQuery(parameters);
  const db = webDb();
  const since = findPosition(db, query.since);
  if (reader) await note(reader, { of, position: since });
  if (wait > 0) await waitForChange(db, of, since, wait);
  // The schema's contents are open, the views' are whole.
  return answer(
    changePageSchema,
    readChanges(db, of, since, limit) as Parameters<typeof answer<typeof changePageSchema>>[1],
  );
};

async function note(reader: string, place: ReaderPlace): Promise<void> {
  assertRegistered(getConfig().MIRRORS, reader);
  const now = new Date().toISOString();
  if (!isDue(webDb(), reader, place, now)) return;
  // What is read does not depend on whether it can be noted: a full disk holds no mirror up.
  await writeInbox((db) => noteReader(db, reader, place, now)).catch((error: unknown) => {
    if (!(error instanceof UnavailableError) && !toStorageError(error)) throw error;
  });
}
