import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Actor } from '#src/domain/actors.ts';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import { writeDurably } from '../durable-files.ts';

const orderSchema = z.object({
  subject: z.enum(['notice', 'exposure', 'article']),
  id: z.string().regex(ID_PATTERN),
  reason: z.string().min(1).max(500),
  actor: z.string().transform((text) => text as Actor),
  at: z.iso.datetime({ precision: 3 }),
  /** Ids under which nothing comes in again, those that repeat it among them, and by what its words are recognised. */
  closed: z.array(z.object({ id: z.string(), salt: z.string().nullable(), mark: z.string().nullable() })).default([]),
  /** What one version said, where it alone is removed: by what it is known again, whatever its number. */
  content: z.object({ salt: z.string(), mark: z.string() }).optional(),
});
/** A removal as it is kept outside the database: what has to be done again to a database of before. It says nothing of the content. */
export type ListedRemoval = z.output<typeof orderSchema>;

/** The list of a data directory. It belongs to every backup that was made before its last entry. */
export const removalListPath = (directory: string): string => join(directory, 'removals.jsonl');

/** What a list has, in order; nothing when there is no list. @throws Error when it cannot be read: then nothing may be served from a backup */
export function readRemovalList(path: string): ListedRemoval[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => orderSchema.parse(JSON.parse(line)));
}

const keyOf = ({ subject, id, content }: ListedRemoval) => `${subject} ${id} ${content?.mark ?? ''}`;

/** Lists together, each removal once, as its last list has it. */
export function mergeLists(...lists: readonly (readonly ListedRemoval[])[]): ListedRemoval[] {
  return [...new Map(lists.flat().map((removal) => [keyOf(removal), removal])).values()];
}

/** Adds to a list, so that it is on the disk when this returns. What it has is replaced. */
export function addToList(directory: string, removals: readonly ListedRemoval[]): void {
  if (removals.length === 0) return;
  mkdirSync(directory, { recursive: true });
  const path = removalListPath(directory);
  const lines = mergeLists(readRemovalList(path), removals).map((removal) => JSON.stringify(removal));
  writeDurably(path, `${lines.join('\n')}\n`);
}
