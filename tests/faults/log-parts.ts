import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '#db/client.ts';
import { equalBytes, fromBase64, toUtf8 } from '#src/domain/tlog/bytes.ts';
import { type Checkpoint, parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { type Hash, hashLeaf, hashPairs, hashRange } from '#src/domain/tlog/merkle.ts';
import { parseNote, type VerifierKey } from '#src/domain/tlog/note.ts';
import { decodeEntries, newTiles, tilePath } from '#src/domain/tlog/tiles.ts';
import { verifyNote } from '#src/domain/tlog/verify-note.ts';
import { countLeaves, listLeaves } from '#src/tlog/read/leaves.ts';

export const LOG_ORIGIN = 'faults.example/log';

/** What a writer has said that it did. */
export class LogLedger {
  leaves = 0;
  signed: { size: number; root: Hash }[] = [];

  read(line: string): void {
    const [ack, what, number = '', root = ''] = line.split(' ');
    if (ack !== 'ack') return;
    if (what === 'leaves') this.leaves = Number(number);
    if (what === 'signed') this.signed.push({ size: Number(number), root: fromBase64(root) });
  }

  get size(): number {
    return this.signed.at(-1)?.size ?? 0;
  }

  /** What of it is not so any more, given the hashes of the leaves that there are. */
  findBreaches(hashes: readonly Hash[]): string[] {
    const lost = hashes.length < this.leaves ? [`${this.leaves - hashes.length} acknowledged leaves are lost`] : [];
    const forked = this.signed.filter(
      ({ size, root }) => size <= hashes.length && !equalBytes(rootOf(hashes, size), root),
    );
    return [...lost, ...forked.map(({ size }) => `the tree of ${size} leaves is another one`)];
  }
}

/** Root of the first leaves, by nothing but their hashes. */
export const rootOf = (hashes: readonly Hash[], size: number): Hash =>
  hashRange({ from: 0, to: size }, ({ level, index }) =>
    hashPairs(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)),
  );

export const hashesOf = (db: Db): Hash[] =>
  listLeaves(db, 0, countLeaves(db)).map(({ entry }) => hashLeaf(toUtf8(entry)));

/** What a stranger finds who reads only what is served. @throws Error for what is not whole */
export function readServed(folder: string, key: VerifierKey): { checkpoint: Checkpoint; hashes: Hash[] } {
  const note = parseNote(readFileSync(join(folder, 'checkpoint'), 'utf8'));
  if (verifyNote(note, [key]).length === 0) throw new Error('the checkpoint is not signed');
  const checkpoint = parseCheckpoint(note.text);
  const hashes = newTiles(0, checkpoint.size)
    .filter(({ level }) => level === 'entries')
    .flatMap((tile) => decodeEntries(readFileSync(join(folder, tilePath(tile))), tile.width))
    .map(hashLeaf);
  if (!equalBytes(rootOf(hashes, checkpoint.size), checkpoint.root))
    throw new Error('the entries do not make the root');
  return { checkpoint, hashes };
}
