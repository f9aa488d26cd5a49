import canonicalize from 'canonicalize';
import { z } from 'zod';
import type { Instant } from '../time/time.ts';
import { LEAF_TYPES, type LeafType } from './subjects.ts';

/**
 * What happened. `publish`: a version was published, `restore`: after a withdrawal. `withdraw`: it is public no longer. `mask`: what
 * may not be public was masked in a version. `remove`: a version was destroyed by law. `add`: a key that checkpoints are signed with.
 */
export const LEAF_KINDS = ['publish', 'restore', 'withdraw', 'mask', 'remove', 'add'] as const;
export type LeafKind = (typeof LEAF_KINDS)[number];

/** A record of the log: canonical JSON (RFC 8785), 150 to 400 bytes. It says nothing of what was published but how it hashes. */
export interface Leaf {
  v: 1;
  kind: LeafKind;
  type: LeafType;
  /** Key of the source that told it; '' of what comes from no source. */
  source: string;
  id: string;
  /** Version, from 1; 0 of what has none. */
  version: number;
  /** SHA-256 (hex) of the salt's hex digits and the version's content, in UTF-8; null where nothing is published. */
  sha256: string | null;
  /** Index of the leaf before about the same thing; null of the first. */
  prev: number | null;
  at: Instant;
}

/** What is public of leaves, as programs read it. */
export const LEAF = z.strictObject({
  v: z.literal(1),
  kind: z.enum(LEAF_KINDS),
  type: z.enum(LEAF_TYPES),
  source: z.string(),
  id: z.string(),
  version: z.int().min(0),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  prev: z.int().min(0).nullable(),
  at: z.iso.datetime({ precision: 3 }),
}) satisfies z.ZodType<Leaf>;

/** The bytes of a leaf are the UTF-8 of this. */
export function formatLeaf(leaf: Leaf): string {
  return canonicalize(leaf) as string;
}

/** @throws SyntaxError for what is no leaf, or not written canonically */
export function parseLeaf(entry: string): Leaf {
  const result = LEAF.safeParse(JSON.parse(entry));
  if (!result.success || formatLeaf(result.data as Leaf) !== entry) throw new SyntaxError('no leaf');
  return result.data as Leaf;
}
