import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkpoint, parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { parseNote } from '#src/domain/tlog/note.ts';

let read: { path: string; mtimeMs: number; checkpoint: Checkpoint } | undefined;

/** The checkpoint that is published at the moment, read anew when its file was written anew; null before the first one. */
export function currentCheckpoint(dataDirectory: string): Checkpoint | null {
  const path = join(dataDirectory, 'log', 'checkpoint');
  const mtimeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (mtimeMs === undefined) return null;
  if (read?.path === path && read.mtimeMs === mtimeMs) return read.checkpoint;
  try {
    read = { path, mtimeMs, checkpoint: parseCheckpoint(parseNote(readFileSync(path, 'utf8')).text) };
    return read.checkpoint;
  } catch {
    // Damaged, which `verify` tells of: pages are to be read all the same.
    return null;
  }
}
