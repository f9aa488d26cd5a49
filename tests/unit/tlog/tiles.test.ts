import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUtf8 } from '#src/domain/tlog/bytes.ts';
import {
  completeNodes,
  type Hash,
  hashLeaf,
  hashNode,
  hashRange,
  inclusionRanges,
  isIncluded,
  type Node,
  type ReadNode,
} from '#src/domain/tlog/merkle.ts';
import {
  decodeEntries,
  decodeHashes,
  encodeEntries,
  encodeHashes,
  newTiles,
  parseTilePath,
  readTiles,
  type Tile,
  tilePath,
  tilesOf,
  tileWidth,
} from '#src/domain/tlog/tiles.ts';

/** No round number: a known reader of other people's accepts forged tiles of a log of this size. */
const SIZE = 70_000;
const entryOf = (index: number) => toUtf8(`entry ${index}`);

/** All complete subtrees, level by level. */
const levels: Hash[][] = [Array.from({ length: SIZE }, (_, index) => hashLeaf(entryOf(index)))];
for (let below = levels[0] ?? []; below.length > 1; below = levels.at(-1) ?? []) {
  const half = Math.floor(below.length / 2);
  levels.push(Array.from({ length: half }, (_, at) => hashNode(below[2 * at] as Hash, below[2 * at + 1] as Hash)));
}
const read: ReadNode = ({ level, index }) => levels[level]?.[index] as Hash;
const root = hashRange({ from: 0, to: SIZE }, read);

const keyOf = ({ level, index }: Node) => `${level}/${index}`;

/** The hashes of a tile, out of the tree. */
function hashesOf({ level, index, width }: Tile): Hash[] {
  return Array.from({ length: width }, (_, at) => read({ level: Number(level) * 8, index: index * 256 + at }));
}

describe('tiles', () => {
  it('stand where the specification has them', () => {
    expect(tilePath({ level: 0, index: 0, width: 256 })).toBe('tile/0/000');
    expect(tilePath({ level: 1, index: 1_234_067, width: 256 })).toBe('tile/1/x001/x234/067');
    expect(tilePath({ level: 'entries', index: 273, width: 112 })).toBe('tile/entries/273.p/112');
  });

  it('are named in one spelling only', () => {
    const tile = fc.record({
      level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
      index: fc.integer({ min: 0, max: 10 ** 12 }),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (each) => {
        expect(parseTilePath(tilePath(each))).toEqual(each);
      }),
    );
    const WRONG = [
      'tile/00/000',
      'tile/0/x000/000',
      'tile/0/000.p/256',
      'tile/0/000.p/0',
      'tile/0/000.p/01',
      'tile/64x/000',
    ];
    for (const path of [...WRONG, 'tile/0/0', 'tile/0/../000', 'tile/0/000/', 'tile/-1/000', 'tile/100/000']) {
      expect(parseTilePath(path)).toBeNull();
    }
  });

  it('of a tree of 70,000 are those of the example, and of 256 too', () => {
    const named = (size: number) => newTiles(0, size).map(tilePath);
    const tiles = named(SIZE);
    expect(tiles.filter((path) => path.startsWith('tile/0/'))).toHaveLength(274);
    expect(tiles).toContain('tile/0/273.p/112');
    expect(tiles.filter((path) => !/^tile\/(?:0|entries)\//.test(path))).toEqual([
      'tile/1/000',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
    ]);
    expect(named(256)).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']);
  });

  it('that are new after growth complete those of before', () => {
    const size = fc.integer({ min: 0, max: 140_000 });
    fc.assert(
      fc.property(size, size, (one, other) => {
        const [old, now] = one < other ? [one, other] : [other, one];
        const had = new Set(newTiles(0, old).map(tilePath));
        const fresh = newTiles(old, now).map(tilePath);
        const all = newTiles(0, now).map(tilePath);
        expect(all.every((path) => had.has(path) || fresh.includes(path))).toBe(true);
        expect(fresh.every((path) => all.includes(path))).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect(newTiles(500, 500)).toEqual([]);
  });

  it('prove every leaf, and one is proved by three of them at most beside the edge of the tree', () => {
    const edge = new Map(completeNodes({ from: 0, to: SIZE }).map((node) => [keyOf(node), read(node)]));
    for (const index of [0, 255, 256, 65_535, 65_536, 69_887, 69_999]) {
      const ranges = inclusionRanges(index, SIZE);
      const asked = ranges.flatMap(completeNodes).filter((node) => !edge.has(keyOf(node)));
      const kept = new Map(tilesOf(asked, SIZE).map((tile) => [tilePath(tile), hashesOf(tile)]));
      expect(kept.size).toBeLessThanOrEqual(3);
      const fromTiles = readTiles(SIZE, (tile) => kept.get(tilePath(tile)) ?? []);
      const proof = ranges.map((range) => hashRange(range, (node) => edge.get(keyOf(node)) ?? fromTiles(node)));
      expect(isIncluded(hashLeaf(entryOf(index)), index, SIZE, proof, root)).toBe(true);
    }
    const million = new Set(completeNodes({ from: 0, to: 1_000_000 }).map(keyOf));
    const asked = inclusionRanges(777_777, 1_000_000).flatMap(completeNodes);
    expect(
      tilesOf(
        asked.filter((node) => !million.has(keyOf(node))),
        1_000_000,
      ),
    ).toHaveLength(3);
  });

  it('prove nothing when an entry and its hash were changed together, whichever tile it is read from', () => {
    const index = 12_345;
    const forged = hashLeaf(toUtf8('something else'));
    const fromTiles = readTiles(SIZE, (tile) => {
      const hashes = hashesOf(tile);
      return tile.level === 0 && tile.index === Math.floor(index / 256) ? hashes.with(index % 256, forged) : hashes;
    });
    const proof = inclusionRanges(index, SIZE).map((range) => hashRange(range, fromTiles));
    expect(isIncluded(forged, index, SIZE, proof, root)).toBe(false);
    const neighbour = inclusionRanges(index - 1, SIZE).map((range) => hashRange(range, fromTiles));
    expect(isIncluded(hashLeaf(entryOf(index - 1)), index - 1, SIZE, neighbour, root)).toBe(false);
  });

  it('hold what was put into them', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 });
    fc.assert(
      fc.property(entries, (some) => {
        expect(decodeEntries(encodeEntries(some), some.length)).toEqual(some);
        const hashes = some.map(hashLeaf);
        expect(decodeHashes(encodeHashes(hashes), hashes.length)).toEqual(hashes);
      }),
    );
    expect(() => encodeEntries([new Uint8Array(65_536)])).toThrow(RangeError);
    const two = encodeEntries([entryOf(1), entryOf(2)]);
    expect(() => decodeEntries(two, 1)).toThrow(SyntaxError);
    expect(() => decodeEntries(two.subarray(0, -1), 2)).toThrow(SyntaxError);
    expect(() => decodeEntries(two.subarray(0, -10), 1)).toThrow(SyntaxError);
    expect(() => decodeHashes(two, 2)).toThrow(SyntaxError);
    expect(tileWidth({ level: 0, index: 274 }, SIZE)).toBe(0);
  });
});
