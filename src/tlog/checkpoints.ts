import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '#db/client.ts';
import { isStorageFailure } from '#db/storage-errors.ts';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { consistencyRanges, EMPTY_ROOT, type Hash, isConsistent } from '#src/domain/tlog/merkle.ts';
import { formatNote, formatVerifierKey, parseNote, type VerifierKey } from '#src/domain/tlog/note.ts';
import { quorumOf } from '#src/domain/tlog/policy.ts';
import { tilePath } from '#src/domain/tlog/tiles.ts';
import { writeDurably } from './files.ts';
import type { Signed, SigningGuard } from './guard.ts';
import { type SecondKey, type SigningKey, signNote } from './keys.ts';
import { readRanges, WITNESSED_FILE } from './read/files.ts';
import { countLeaves } from './read/leaves.ts';
import { type WriteTile, writeTree } from './read/tree.ts';

/** The database tells less than was signed already, as an older copy of it does: nothing is signed until it has caught up. */
export class LogBehindError extends Error {}

/** The database tells something else than what was signed: nothing is ever signed again before people have looked at it. */
export class LogForkedError extends Error {}

export interface LogParts {
  db: Db;
  /** `DATA_DIR/log`: what is served. */
  folder: string;
  guard: SigningGuard;
  signer: SigningKey;
  /** The key before it, which signs beside it so that whoever knows only that one sees that the log is the same; null when there is none. */
  previous?: SigningKey | null;
  /** Makes a second line, of SM2 with SM3; null where none is wanted. */
  second?: SecondKey | null;
  /** Those that are asked to sign each checkpoint. */
  witnesses?: readonly VerifierKey[];
}

export const CHECKPOINT_FILE = 'checkpoint';

/** Below a folder, durably. */
const tilesIn =
  (folder: string): WriteTile =>
  (tile, bytes) =>
    writeDurably(join(folder, tilePath(tile)), bytes);

/**
 * Takes the leaves that the database has into the log: tiles first, then the guard, the checkpoint last. Killed anywhere, the next
 * call goes on; the same leaves make the same bytes.
 * @returns the checkpoint that is published now; null while there is no leaf
 * @throws LogBehindError or LogForkedError when the database is not what was signed
 */
export async function publishLeaves(parts: LogParts): Promise<Checkpoint | null> {
  const { db, folder, guard, signer, previous, second } = parts;
  const origin = signer.key.name;
  const last = guard.last(origin);
  const size = countLeaves(db);
  if (last && size < last.size) throw new LogBehindError(`${size} leaves in the database, ${last.size} were signed`);
  if (last && size === last.size) {
    // Without a checkpoint the tiles are taken for lost too: everything here is made of the leaves, and may be deleted.
    if (!existsSync(join(folder, CHECKPOINT_FILE)))
      await writeTree(db, { folder, old: 0, size, write: tilesIn(folder) });
    return publish(parts, last);
  }
  if (size === 0) return null;
  const before = last ? parseCheckpoint(parseNote(last.note).text) : { size: 0, root: EMPTY_ROOT };
  // Tiles that are lost or damaged are made anew out of the leaves: whether those are what was signed is asked then.
  const root = (await grow(parts, before, size, before.size)) ?? (await grow(parts, before, size, 0));
  if (!root) throw new LogForkedError(`the first ${before.size} leaves are not those that were signed`);
  const text = formatCheckpoint({ origin, size, root });
  const note = formatNote({
    text,
    signatures: [
      ...[signer, ...(previous ? [previous] : [])].map((key) => signNote(key, text)),
      ...(second ? [second.sign(text)] : []),
    ],
  });
  if (!guard.swap(origin, last, { size, note })) throw new LogForkedError('another process signs for this log');
  return publish(parts, { size, note });
}

/** Writes the tiles from a size on; the root, or null when the tree does not begin with what was signed. */
async function grow(
  { db, folder }: LogParts,
  before: Pick<Checkpoint, 'size' | 'root'>,
  size: number,
  from: number,
): Promise<Hash | null> {
  try {
    const root = await writeTree(db, { folder, old: from, size, write: tilesIn(folder) });
    const proof = await readRanges(folder, consistencyRanges(before.size, size), size);
    return isConsistent(before, { size, root }, proof) ? root : null;
  } catch (error) {
    if (from > 0 && !isStorageFailure(error)) return null;
    throw error;
  }
}

/** Shows a checkpoint with what witnesses have signed of it. */
export async function publish(
  { folder, guard, signer, witnesses = [] }: Pick<LogParts, 'folder' | 'guard' | 'signer' | 'witnesses'>,
  { size, note }: Signed,
): Promise<Checkpoint> {
  const cosigned = guard.cosigned(signer.key.name).filter((each) => each.size === size);
  const shown = note + cosigned.map(({ line }) => line).join('');
  const asked = new Set(witnesses.map(formatVerifierKey));
  const signed = cosigned.filter(({ witness }) => asked.has(witness)).length;
  if (asked.size > 0 && signed >= quorumOf(asked.size)) await show(join(folder, WITNESSED_FILE), shown);
  await show(join(folder, CHECKPOINT_FILE), shown);
  return parseCheckpoint(parseNote(note).text);
}

async function show(path: string, note: string): Promise<void> {
  const there = await readFile(path, 'utf8').catch(() => '');
  if (there !== note) await writeDurably(path, note);
}
