import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { completeNodes, type Hash, hashRange, type Range } from '#src/domain/tlog/merkle.ts';
import { decodeHashes, readTiles, type Tile, tilePath, tilesOf } from '#src/domain/tlog/tiles.ts';

/** What is served below `/log/`. */
export const logFolder = (dataDirectory: string): string => join(dataDirectory, 'log');

/** The last checkpoint that as many witnesses have signed as the policy demands: proofs are made of it. Not there where there are none. */
export const WITNESSED_FILE = 'checkpoint-witnessed';

/** Hashes of the tiles that stand below a folder, each read once. */
export async function readTileFiles(folder: string, tiles: readonly Tile[]): Promise<(tile: Tile) => readonly Hash[]> {
  const read = await Promise.all(
    tiles.map(async (tile) => {
      const path = tilePath(tile);
      return [path, decodeHashes(await readFile(join(folder, path)), tile.width)] as const;
    }),
  );
  const kept = new Map(read);
  return (tile) => kept.get(tilePath(tile)) ?? [];
}

/** Hashes of ranges of a tree of so many leaves, from the tiles below a folder. Nothing of it is proved by that. */
export async function readRanges(folder: string, ranges: readonly Range[], size: number): Promise<Hash[]> {
  const hashes = await readTileFiles(folder, tilesOf(ranges.flatMap(completeNodes), size));
  return ranges.map((range) => hashRange(range, readTiles(size, hashes)));
}
