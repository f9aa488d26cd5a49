import { and, eq } from 'drizzle-orm';
import type { Index } from 'meilisearch';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { publishedNotices, searchQuarantine } from '#db/schema/index.ts';
import { excluded } from '#db/sql-pieces.ts';
import { listIndexableRows, type SearchDocument, toSearchDocument } from './document.ts';

/** How long one task may take before the batch is tried again later. */
const TASK_PATIENCE = { timeout: 300_000, interval: 20 };

/**
 * Waits for a task. Acceptance (202) says nothing: a task fails later, as a whole.
 * @throws RefusedError when the fault lies in the documents, Error when it lies in the engine (full disk, lost files).
 */
async function followTask(enqueued: ReturnType<Index['addDocuments']>): Promise<void> {
  const { status, error } = await enqueued.waitTask(TASK_PATIENCE);
  if (status === 'succeeded') return;
  const message = error?.message ?? `task ended as ${status}`;
  throw error?.type === 'invalid_request' ? new RefusedError(message) : new Error(message);
}

/** The engine looked at the documents and refused them. */
class RefusedError extends Error {}

const { noticeId, version, reason, createdAt } = searchQuarantine;
type SetAside = typeof searchQuarantine.$inferInsert;

const SET_ASIDE = defineQuery((db, p: Params<SetAside>) =>
  db
    .insert(searchQuarantine)
    .values({ noticeId: p.noticeId, version: p.version, reason: p.reason, createdAt: p.createdAt })
    .onConflictDoUpdate({
      target: noticeId,
      set: { version: excluded(version), reason: excluded(reason), createdAt: excluded(createdAt) },
    }),
);

const QUARANTINED = defineQuery((db) =>
  db
    .select({ id: noticeId, reason })
    .from(searchQuarantine)
    .innerJoin(publishedNotices, and(eq(publishedNotices.id, noticeId), eq(publishedNotices.version, version))),
);

function quarantine(db: Db, document: SearchDocument, why: string): void {
  const createdAt = new Date().toISOString();
  SET_ASIDE.run(db, { noticeId: document.id, version: document.version, reason: why, createdAt });
}

/** Adds documents; when the engine refuses a batch, halves it until the bad ones stand alone, and sets those aside. */
async function addDocuments(db: Db, index: Index, documents: SearchDocument[]): Promise<void> {
  if (documents.length === 0) return;
  try {
    await followTask(index.addDocuments(documents, { primaryKey: 'id' }));
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const [only, ...others] = documents;
    if (only && others.length === 0) return quarantine(db, only, error.message);
    const half = documents.length >> 1;
    await addDocuments(db, index, documents.slice(0, half));
    await addDocuments(db, index, documents.slice(half));
  }
}

/** Notices set aside in the version they have. */
export function listQuarantined(db: Db): { id: string; reason: string }[] {
  return QUARANTINED.all(db);
}

/**
 * Brings an engine index in line with the database for the given notices and waits until it is done.
 * Returns how many are public. @throws Error when the engine cannot be reached; a document it refuses is set aside instead.
 */
export async function pushNotices(db: Db, index: Index, ids: readonly string[]): Promise<number> {
  const setAside = new Set(listQuarantined(db).map(({ id }) => id));
  const documents = listIndexableRows(db, ids).map(toSearchDocument);
  const present = new Set(documents.map(({ id }) => id));
  const removed = ids.filter((id) => !present.has(id) && /^[a-z0-9_-]+$/i.test(id));
  if (removed.length > 0) await followTask(index.deleteDocuments(removed));
  await addDocuments(
    db,
    index,
    documents.filter(({ id }) => !setAside.has(id)),
  );
  return documents.length;
}
