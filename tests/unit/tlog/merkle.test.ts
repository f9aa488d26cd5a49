import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUtf8 } from '#src/domain/tlog/bytes.ts';
import {
  completeNodes,
  consistencyRanges,
  EMPTY_ROOT,
  type Hash,
  hashLeaf,
  hashNode,
  hashRange,
  inclusionRanges,
  isConsistent,
  isIncluded,
  type ReadNode,
} from '#src/domain/tlog/merkle.ts';

const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex');

/** RFC 6962 §2.1 word for word, with another library. */
function referenceRoot(entries: readonly Uint8Array[]): Buffer {
  if (entries.length === 0) return createHash('sha256').digest();
  if (entries.length === 1)
    return createHash('sha256')
      .update('\0')
      .update(entries[0] ?? '')
      .digest();
  let half = 1;
  while (half * 2 < entries.length) half *= 2;
  const [left, right] = [referenceRoot(entries.slice(0, half)), referenceRoot(entries.slice(half))];
  return createHash('sha256').update('\x01').update(left).update(right).digest();
}

const entriesOf = (count: number) => Array.from({ length: count }, (_, at) => toUtf8(`entry ${at}`));
const readFrom =
  (entries: readonly Uint8Array[]): ReadNode =>
  ({ level, index }) =>
    referenceRoot(entries.slice(index * 2 ** level, (index + 1) * 2 ** level));
const rootOf = (entries: readonly Uint8Array[]) => hashRange({ from: 0, to: entries.length }, readFrom(entries));

/** The entries of the tree that Certificate Transparency tests itself with, and its roots. */
const CT_ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const CT_ROOT = '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328';

describe('the tree', () => {
  it('hashes as RFC 6962 has it', () => {
    expect(hex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(hashLeaf(new Uint8Array()))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(hex(rootOf(CT_ENTRIES.map((entry) => Buffer.from(entry, 'hex'))))).toBe(CT_ROOT);
  });

  it('has the root that the definition gives, of any size', () => {
    for (let size = 0; size <= 70; size++)
      expect(hex(rootOf(entriesOf(size)))).toBe(hex(referenceRoot(entriesOf(size))));
  });

  it('covers every range between splits by complete subtrees', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (size, share) => {
        for (const { from, to } of inclusionRanges(Math.floor(share * (size - 1)), size)) {
          const covered = completeNodes({ from, to }).reduce((at, { level, index }) => {
            expect(index * 2 ** level).toBe(at);
            return at + 2 ** level;
          }, from);
          expect(covered).toBe(to);
        }
      }),
    );
  });
});

/** The verifier of other people's, from its path in the package. */
const sigstore = createRequire(import.meta.url)('@sigstore/verify/dist/tlog/merkle.js') as {
  verifyMerkleInclusion(entry: object, checkpoint: { logSize: bigint; logHash: Buffer }): void;
};

function isIncludedForSigstore(entry: Uint8Array, index: number, size: number, hashes: readonly Hash[], root: Hash) {
  const inclusionProof = {
    logIndex: String(index),
    treeSize: String(size),
    hashes: hashes.map((hash) => Buffer.from(hash)),
  };
  try {
    sigstore.verifyMerkleInclusion(
      { inclusionProof, canonicalizedBody: Buffer.from(entry) },
      { logSize: BigInt(size), logHash: Buffer.from(root) },
    );
    return true;
  } catch {
    return false;
  }
}

describe('a proof of inclusion', () => {
  it('is accepted by us and by another implementation, for every leaf of every small tree, and of no other leaf', () => {
    for (let size = 1; size <= 40; size++) {
      const entries = entriesOf(size);
      const root = rootOf(entries);
      for (const [index, entry] of entries.entries()) {
        const proof = inclusionRanges(index, size).map((range) => hashRange(range, readFrom(entries)));
        expect(isIncluded(hashLeaf(entry), index, size, proof, root)).toBe(true);
        expect(isIncludedForSigstore(entry, index, size, proof, root)).toBe(true);
        expect(isIncluded(hashLeaf(toUtf8('other')), index, size, proof, root)).toBe(false);
        expect(isIncluded(hashLeaf(entry), size - 1 - index, size, proof, root)).toBe(size - 1 - index === index);
        expect(isIncluded(hashLeaf(entry), index, size, [...proof, root], root)).toBe(false);
        if (size > 1) expect(isIncluded(hashLeaf(entry), index, size, proof.slice(1), root)).toBe(false);
      }
    }
  });

  it('is not accepted with any bit of it changed', () => {
    const entries = entriesOf(37);
    const root = rootOf(entries);
    const proof = inclusionRanges(20, 37).map((range) => hashRange(range, readFrom(entries)));
    for (const [at, hash] of proof.entries()) {
      for (const bit of [0, 100, 255]) {
        const altered = Uint8Array.from(hash);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isIncluded(hashLeaf(entriesOf(21)[20] ?? root), 20, 37, proof.with(at, altered), root)).toBe(false);
      }
    }
  });

  it('refuses numbers that are none', () => {
    for (const [index, size] of [
      [0, 0],
      [1, 1],
      [-1, 1],
      [0.5, 1],
      [0, Number.NaN],
    ] as const) {
      expect(isIncluded(EMPTY_ROOT, index, size, [], EMPTY_ROOT)).toBe(false);
    }
  });
});

describe('a proof of consistency', () => {
  const proofOf = (old: number, entries: readonly Uint8Array[]) =>
    consistencyRanges(old, entries.length).map((range) => hashRange(range, readFrom(entries)));
  const treeOf = (entries: readonly Uint8Array[]) => ({ size: entries.length, root: rootOf(entries) });

  it('is accepted between any two sizes, and for no other beginning', () => {
    for (let size = 0; size <= 34; size++) {
      const entries = entriesOf(size);
      for (let old = 0; old <= size; old++) {
        const proof = proofOf(old, entries);
        const [before, after] = [treeOf(entries.slice(0, old)), treeOf(entries)];
        expect(isConsistent(before, after, proof)).toBe(true);
        const forged = treeOf([...entries.slice(0, Math.max(0, old - 1)), toUtf8('other')]);
        if (old > 0) expect(isConsistent({ ...forged, size: old }, after, proof)).toBe(false);
        expect(isConsistent(before, after, [...proof, after.root])).toBe(false);
        if (proof.length > 0) expect(isConsistent(before, after, proof.slice(1))).toBe(false);
        if (old > 0 && old < size) expect(isConsistent(before, { ...after, root: before.root }, proof)).toBe(false);
      }
    }
  });

  it('is not accepted when the tree shrinks', () => {
    const [long, short] = [treeOf(entriesOf(5)), treeOf(entriesOf(3))];
    expect(isConsistent(long, short, proofOf(3, entriesOf(5)))).toBe(false);
  });

  it('combines nodes in their order', () => {
    expect(hex(hashNode(EMPTY_ROOT, hashLeaf(EMPTY_ROOT)))).not.toBe(hex(hashNode(hashLeaf(EMPTY_ROOT), EMPTY_ROOT)));
  });
});
