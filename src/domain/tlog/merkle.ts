import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes } from './bytes.ts';

/** SHA-256, 32 bytes. */
export type Hash = Uint8Array;
export const HASH_BYTES = 32;

/** Leaves from `from` (inclusive) to `to` (exclusive). */
export interface Range {
  from: number;
  to: number;
}

/** The root of a complete subtree: of the leaves from `index * 2 ** level` on, `2 ** level` of them. */
export interface Node {
  level: number;
  index: number;
}

/** The hash of a complete subtree that the tree has. */
export type ReadNode = (node: Node) => Hash;

const LEAF = 0;
const NODE = 1;

/** RFC 6962 §2.1. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array());

/** Hash of a leaf (RFC 6962 §2.1). */
export function hashLeaf(entry: Uint8Array): Hash {
  return sha256.create().update(Uint8Array.of(LEAF)).update(entry).digest();
}

/** Hash of an inner node (RFC 6962 §2.1). */
export function hashNode(left: Hash, right: Hash): Hash {
  return sha256.create().update(Uint8Array.of(NODE)).update(left).update(right).digest();
}

/** Root of a power of two of hashes of one level. @throws RangeError for another number of them */
export function hashPairs(hashes: readonly Hash[]): Hash {
  const [first, second] = hashes;
  if (!first || (second && hashes.length % 2 === 1)) throw new RangeError('not a power of two of hashes');
  if (!second) return first;
  return hashPairs(hashes.flatMap((left, at) => (at % 2 === 0 ? [hashNode(left, hashes[at + 1] as Hash)] : [])));
}

/** The largest power of two smaller than a number above 1: where RFC 6962 splits so many leaves. */
function splitAt(count: number): number {
  let half = 1;
  while (half * 2 < count) half *= 2;
  return half;
}

/** The complete subtrees that leaves consist of, from the largest to the smallest. `from` is a multiple of the largest. */
export function completeNodes({ from, to }: Range): Node[] {
  const nodes: Node[] = [];
  let at = from;
  while (at < to) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level++;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** Merkle tree hash of leaves (RFC 6962 §2.1, MTH); that of all of them is the root. */
export function hashRange(range: Range, read: ReadNode): Hash {
  const hashes = completeNodes(range).map(read);
  return hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => hashNode(left, right));
}

/** Whose hashes prove that a leaf is in a tree of so many, from its sibling up (RFC 6962 §2.1.1, PATH). */
export function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitAt(to - from);
    if (index < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

/** Whose hashes prove that the first `old` of `size` leaves are those of the smaller tree (RFC 6962 §2.1.2, PROOF). */
export function consistencyRanges(old: number, size: number): Range[] {
  if (old === 0 || old === size) return [];
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  let whole = true;
  while (old !== to) {
    const middle = from + splitAt(to - from);
    if (old <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
      whole = false;
    }
  }
  if (!whole) ranges.push({ from, to });
  return ranges.reverse();
}

/** Whether a leaf is in the tree with this root (RFC 9162 §2.1.3.2). */
export function isIncluded(leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): boolean {
  if (!isIndex(index) || !isIndex(size) || index >= size) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = hashNode(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      hash = hashNode(hash, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && equalBytes(hash, root);
}

/** Whether the smaller tree is the beginning of the larger (RFC 9162 §2.1.4.2). Every tree begins with the empty one. */
export function isConsistent(
  old: { size: number; root: Hash },
  current: { size: number; root: Hash },
  proof: readonly Hash[],
): boolean {
  if (!isIndex(old.size) || !isIndex(current.size) || old.size > current.size) return false;
  if (old.size === 0) return proof.length === 0 && equalBytes(old.root, EMPTY_ROOT);
  if (old.size === current.size) return proof.length === 0 && equalBytes(old.root, current.root);
  const isPowerOfTwo = splitAt(old.size * 2) === old.size;
  const path = isPowerOfTwo ? [old.root, ...proof] : [...proof];
  const start = path.shift();
  if (!start) return false;
  let [node, last] = [old.size - 1, current.size - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let [before, after] = [start, start];
  for (const hash of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      before = hashNode(hash, before);
      after = hashNode(hash, after);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      after = hashNode(after, hash);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && equalBytes(before, old.root) && equalBytes(after, current.root);
}

const isIndex = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;
