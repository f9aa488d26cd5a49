import type { SyncBoard } from '#src/domain/site/site-views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listReaders, type ReaderView } from '../changes/readers.ts';
import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { getSyncBoard } from '../sources/board.ts';

export interface SyncPage {
  board: SyncBoard;
  /** Portals that follow this one. */
  readers: ReaderView[];
  now: Instant;
}

/** How each source is read, and who reads this site. */
export function loadSync(): SyncPage {
  const now = new Date().toISOString();
  const db = webDb();
  return { board: getSyncBoard(db, now), readers: listReaders(db, getConfig().MIRRORS), now };
}
