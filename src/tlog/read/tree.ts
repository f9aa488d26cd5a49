import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '#db/client.ts';
import { toUtf8 } from '#src/domain/tlog/bytes.ts';
import { type Hash, hashLeaf, hashPairs, hashRange, type ReadNode } from '#src/domain/tlog/merkle.ts';
import {
  decodeHashes,
  encodeEntries,
  encodeHashes,
  TILE_WIDTH,
  type Tile,
  tilePath,
  tileWidth,
} from '#src/domain/tlog/tiles.ts';
import { listLeaves } from './leaves.ts';

/** Writes tiles, anywhere. */
export type WriteTile = (tile: Tile, bytes: Uint8Array) => Promise<void>;

/** Hashes of the tiles that end a tree of so many leaves, level by level from 1, as they were written. @throws when one is missing */
async function readEdge(folder: string, size: number): Promise<Hash[][]> {
  const edge: Hash[][] = [];
  for (let level = 1; size >= TILE_WIDTH ** level; level++) {
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    const width = tileWidth({ level, index }, size);
    const path = join(folder, tilePath({ level, index, width }));
    edge.push(width === 0 ? [] : decodeHashes(await readFile(path), width).map((hash) => Uint8Array.from(hash)));
  }
  return edge;
}

/**
 * Writes the tiles that a tree of `size` leaves has and one of `old` has not, entries and hashes, from the leaves in the database.
 * Memory does not grow with the tree. `folder` is where those of the old tree stand; with `old` 0 none are read.
 * @returns the root of the tree
 */
export async function writeTree(
  db: Db,
  {
    folder,
    old,
    size,
    write,
    signal,
  }: { folder: string; old: number; size: number; write: WriteTile; signal?: AbortSignal },
): Promise<Hash> {
  const first = Math.floor(old / TILE_WIDTH) * TILE_WIDTH;
  // The last hash of each level is of a whole tile below: where the old tree ended within a tile, that one is made anew.
  const edge = await readEdge(folder, first);
  const counts = edge.map((_, level) => Math.floor(first / TILE_WIDTH ** (level + 1)));
  const grown = new Set<number>();
  let last: Hash[] = [];
  for (let from = first; from < size; from += TILE_WIDTH) {
    signal?.throwIfAborted();
    const entries = listLeaves(db, from, Math.min(size, from + TILE_WIDTH)).map(({ entry }) => toUtf8(entry));
    last = entries.map(hashLeaf);
    const place = { index: from / TILE_WIDTH, width: entries.length };
    await Promise.all([
      write({ level: 'entries', ...place }, encodeEntries(entries)),
      write({ level: 0, ...place }, encodeHashes(last)),
    ]);
    if (entries.length === TILE_WIDTH) await raise(hashPairs(last), 0);
  }
  if (size % TILE_WIDTH === 0) last = [];
  for (const [at, hashes] of edge.entries()) {
    const level = at + 1;
    const count = counts[at] ?? 0;
    if (grown.has(at) && hashes.length > 0)
      await write({ level, index: Math.floor(count / TILE_WIDTH), width: hashes.length }, encodeHashes(hashes));
  }
  return hashRange({ from: 0, to: size }, readEdgeNodes([last, ...edge]));

  /** A whole tile's root goes to the level above, which may become whole by it. */
  async function raise(root: Hash, at: number): Promise<void> {
    const hashes = edge[at] ?? [];
    edge[at] = hashes;
    hashes.push(root);
    grown.add(at);
    counts[at] = (counts[at] ?? 0) + 1;
    if (hashes.length < TILE_WIDTH) return;
    await write({ level: at + 1, index: counts[at] / TILE_WIDTH - 1, width: TILE_WIDTH }, encodeHashes(hashes));
    edge[at] = [];
    await raise(hashPairs(hashes), at + 1);
  }
}

/** The complete subtrees of a whole tree all lie in the tiles that end it. */
function readEdgeNodes(edge: readonly (readonly Hash[])[]): ReadNode {
  return ({ level, index }) => {
    const at = Math.floor(level / 8);
    const span = 2 ** (level - at * 8);
    const hashes = edge[at] ?? [];
    const from = (index * span) % TILE_WIDTH;
    return hashPairs(hashes.slice(from, from + span));
  };
}
