import { eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { files, uploads } from '#db/schema/files.ts';
import { findFile, listUnusedFiles } from './rows.ts';
import type { FileStore } from './store.ts';

const KEPT_MS = 24 * 3600_000;

/**
 * Ends what was cut off, and removes files that nothing names: half-received ones, those without a row, and those whose row nobody
 * refers to, all after `keptMs` (milliseconds), so that nothing that is just being stored is taken away. Returns how many files went.
 */
export async function sweepFiles(db: Db, store: FileStore, now: number, keptMs = KEPT_MS): Promise<number> {
  const before = now - keptMs;
  const at = new Date(now).toISOString();
  const storedBefore = new Date(before).toISOString();
  db.$client
    .transaction(() => {
      for (const { id, startedAt } of db.select().from(uploads).where(eq(uploads.state, 'receiving')).all()) {
        if (startedAt >= storedBefore) continue;
        db.update(uploads)
          .set({ state: 'refused', reason: '上传中断', finishedAt: at })
          .where(eq(uploads.id, id))
          .run();
      }
      for (const sha256 of listUnusedFiles(db, storedBefore)) db.delete(files).where(eq(files.sha256, sha256)).run();
    })
    .immediate();
  let gone = await store.sweepReceiving(before);
  for await (const { sha256, writtenAt } of store.list()) {
    if (writtenAt >= before || findFile(db, sha256)) continue;
    await store.remove(sha256);
    gone += 1;
  }
  return gone;
}

/** Removes at once, rows and bytes, every kept file that nothing names any more: what was removed by law may not lie about for a day. */
export async function removeUnusedFiles(db: Db, store: FileStore, now: number): Promise<number> {
  const unused = listUnusedFiles(db, new Date(now).toISOString());
  for (const sha256 of unused) {
    db.delete(files).where(eq(files.sha256, sha256)).run();
    await store.remove(sha256);
  }
  return unused.length;
}
