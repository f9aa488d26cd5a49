import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '#db/client.ts';
import { logLeaves } from '#db/schema/log.ts';
import { equalBytes, fromUtf8 } from '#src/domain/tlog/bytes.ts';
import { parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { parseLeaf } from '#src/domain/tlog/leaf.ts';
import { parseNote } from '#src/domain/tlog/note.ts';
import { decodeEntries, TILE_WIDTH, tilePath, tileWidth } from '#src/domain/tlog/tiles.ts';
import { LogForkedError } from './checkpoints.ts';
import type { SigningGuard } from './guard.ts';
import { countLeaves } from './read/leaves.ts';
import { writeTree } from './read/tree.ts';

/**
 * Gives an older copy of the database, just restored, the leaves that were signed since, out of the entries that are served: what they
 * tell of may be lost, that it was published is not. In one transaction, before anything else is written.
 * @returns how many leaves were taken over; 0 when nothing is missing
 * @throws LogForkedError when they do not make the tree that was signed
 */
export async function catchUpLeaves(db: Db, folder: string, guard: SigningGuard): Promise<number> {
  const origin = guard.origin();
  const last = origin === undefined ? undefined : guard.last(origin);
  const first = countLeaves(db);
  if (!last || first >= last.size) return 0;
  const entries: string[] = [];
  for (let index = Math.floor(first / TILE_WIDTH); index * TILE_WIDTH < last.size; index++) {
    const tile = { level: 'entries' as const, index, width: tileWidth({ level: 'entries', index }, last.size) };
    const bundle = decodeEntries(await readFile(join(folder, tilePath(tile))), tile.width);
    entries.push(...bundle.slice(Math.max(0, first - index * TILE_WIDTH)).map(fromUtf8));
  }
  const rows = entries.map((entry, at) => {
    const { type, id: subjectId, version } = parseLeaf(entry);
    return { leafIndex: first + at, type, subjectId, version, entry };
  });
  db.$client.exec('BEGIN IMMEDIATE');
  try {
    for (const row of rows) db.insert(logLeaves).values(row).run();
    // Nothing is written: only the root is asked for.
    const root = await writeTree(db, { folder, old: 0, size: last.size, write: async () => undefined });
    if (!equalBytes(root, parseCheckpoint(parseNote(last.note).text).root)) {
      throw new LogForkedError('the entries that are served are not those that were signed');
    }
    db.$client.exec('COMMIT');
  } catch (error) {
    db.$client.exec('ROLLBACK');
    throw error;
  }
  return rows.length;
}
