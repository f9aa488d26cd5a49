import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { refuseBlank } from '#src/server/api/parse-query.ts';
import { changePageSchema } from '#src/server/api/schemas/changes.ts';
import { listChanges } from '#src/server/changes/list.ts';
import { parseChangesQuery } from '#src/server/changes/query.ts';
import { assertRegistered, isDue, noteReader } from '#src/server/changes/readers.ts';
import { waitForChange } from '#src/server/changes/wait.ts';
import { getConfig } from '#src/server/config.ts';
import { webDb, writeInbox } from '#src/server/db.ts';

/** Changes of public notices in the order of their commits, for mirrors. */
export const GET: APIRoute = async ({ url }) => {
  refuseBlank(url.searchParams);
  const { since, limit, wait, reader } = parseChangesQuery(url.searchParams);
  const db = webDb();
  if (reader) await note(reader, since);
  if (wait > 0) await waitForChange(db, since, wait);
  // The schema's notice is open, the view's is the whole content.
  return answer(
    changePageSchema,
    listChanges(db, since, limit) as Parameters<typeof answer<typeof changePageSchema>>[1],
  );
};

async function note(reader: string, position: number): Promise<void> {
  assertRegistered(getConfig().MIRRORS, reader);
  const now = new Date().toISOString();
  if (isDue(webDb(), reader, position, now)) await writeInbox((db) => noteReader(db, reader, position, now));
}
