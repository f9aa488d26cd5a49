import type { APIRoute } from 'astro';
import { findPosition } from '#db/epoch.ts';
import { toStorageError } from '#db/storage-errors.ts';
import { UnavailableError } from '#src/domain/errors.ts';
import { answer } from '#src/server/api/answer.ts';
import { refuseBlank } from '#src/server/api/parse-query.ts';
import { changePageSchema } from '#src/server/api/schemas/changes.ts';
import { listChanges } from '#src/server/changes/list.ts';
import { parseChangesQuery } from '#src/server/changes/query.ts';
import { assertRegistered, isDue, noteReader, type ReaderPlace } from '#src/server/changes/readers.ts';
import { waitForChange } from '#src/server/changes/wait.ts';
import { getConfig } from '#src/server/config.ts';
import { webDb, writeInbox } from '#src/server/db.ts';

/** Changes of public content in the order of their commits, for mirrors. */
export const GET: APIRoute = async ({ url }) => {
  refuseBlank(url.searchParams);
  const { of, limit, wait, reader, ...query } = parseChangesQuery(url.searchParams);
  const db = webDb();
  const since = findPosition(db, query.since);
  if (reader) await note(reader, { of, position: since });
  if (wait > 0) await waitForChange(db, of, since, wait);
  // The schema's contents are open, the views' are whole.
  return answer(
    changePageSchema,
    listChanges(db, of, since, limit) as Parameters<typeof answer<typeof changePageSchema>>[1],
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
