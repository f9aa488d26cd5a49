import { concatBytes } from './bytes.ts';
import { HASH_BYTES, type Hash, hashPairs, type Node, type Range, type ReadNode } from './merkle.ts';

/** Hashes of a full tile, entries of a full bundle. */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
/** Most bytes of an entry: its length is written in two. */
export const ENTRY_MAX_BYTES = 65_535;

/** A tile of hashes, or with level `entries` a bundle of entries. `width` is 1 to 256. */
export interface Tile {
  level: number | 'entries';
  index: number;
  width: number;
}

/** Where a tile stands below the log's address (c2sp.org/tlog-tiles). */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g) ?? [];
  const path = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The tile that a path names; null for every spelling but the one of the specification. */
export function parseTilePath(path: string): Tile | null {
  const [, level = '', place = '', width] = PATH.exec(path) ?? [];
  if (level === '') return null;
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(place.replace(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  return tilePath(tile) === path && tile.width <= TILE_WIDTH && Number.isSafeInteger(tile.index) ? tile : null;
}

/** How many hashes a tree of so many leaves has on a level of tiles. */
const countAt = (level: number | 'entries', size: number): number =>
  level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level);

/** How wide a tile is in a tree of so many leaves; 0 when it has none. */
export function tileWidth({ level, index }: Pick<Tile, 'level' | 'index'>, size: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, countAt(level, size) - index * TILE_WIDTH));
}

/** The tiles that a tree of `size` leaves has and one of `old` leaves had not, hashes and entries, lower levels first. */
export function newTiles(old: number, size: number): Tile[] {
  const tiles: Tile[] = [];
  for (const level of ['entries', 0] as const) tiles.push(...newOfLevel(level, old, size));
  for (let level = 1; countAt(level, size) > 0; level++) tiles.push(...newOfLevel(level, old, size));
  return tiles;
}

function newOfLevel(level: number | 'entries', old: number, size: number): Tile[] {
  const [had, has] = [countAt(level, old), countAt(level, size)];
  const tiles: Tile[] = [];
  if (had === has) return tiles;
  for (let index = Math.floor(had / TILE_WIDTH); index * TILE_WIDTH < has; index++) {
    tiles.push({ level, index, width: tileWidth({ level, index }, size) });
  }
  return tiles;
}

/** Entries one after the other, each behind its length. @throws RangeError for one that is too long */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > ENTRY_MAX_BYTES) throw new RangeError('entry too long');
      return [Uint8Array.of(entry.length >> 8, entry.length & 255), entry];
    }),
  );
}

/** @throws SyntaxError for bytes that are not exactly so many entries */
export function decodeEntries(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    if (at + 2 + length > bytes.length) throw new SyntaxError('entry bundle ends within an entry');
    entries.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  if (entries.length !== width) throw new SyntaxError(`entry bundle of ${entries.length} entries in place of ${width}`);
  return entries;
}

export const encodeHashes = (hashes: readonly Hash[]): Uint8Array => concatBytes(...hashes);

/** @throws SyntaxError for bytes that are not exactly so many hashes */
export function decodeHashes(bytes: Uint8Array, width: number): Hash[] {
  if (bytes.length !== width * HASH_BYTES) throw new SyntaxError(`tile of ${bytes.length} bytes for ${width} hashes`);
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}

/** The tile of hashes out of which a complete subtree's hash is made, in a tree of so many leaves. */
function tileOf({ level, index }: Node, size: number): { tile: Tile; range: Range } {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const span = 2 ** (level - tileLevel * TILE_HEIGHT);
  const first = index * span;
  const place = { level: tileLevel, index: Math.floor(first / TILE_WIDTH) };
  const from = first - place.index * TILE_WIDTH;
  return { tile: { ...place, width: tileWidth(place, size) }, range: { from, to: from + span } };
}

/** The tiles out of which the hashes of these complete subtrees are made, in a tree of so many leaves, each tile once. */
export function tilesOf(nodes: readonly Node[], size: number): Tile[] {
  const tiles = new Map<string, Tile>();
  for (const node of nodes) {
    const { tile } = tileOf(node, size);
    tiles.set(tilePath(tile), tile);
  }
  return [...tiles.values()];
}

/** Reads hashes of a tree of so many leaves out of tiles, which `hashesOf` has. Nothing of it is proved by that. */
export function readTiles(size: number, hashesOf: (tile: Tile) => readonly Hash[]): ReadNode {
  return (node) => {
    const { tile, range } = tileOf(node, size);
    const hashes = hashesOf(tile).slice(range.from, range.to);
    if (hashes.length !== range.to - range.from) throw new RangeError('beyond the tree');
    return hashPairs(hashes);
  };
}
