import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BULK_FORMAT_KEYS } from '#src/domain/bulk/files.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { writeDurably } from '../durable-files.ts';

const sealedSchema = z.object({
  name: z.string(),
  bytes: z.int(),
  /** SHA-256, hex. */
  sha256: z.string(),
  /** When the file was written, ms; absent from sets that were made without it. */
  modifiedMs: z.number().optional(),
});
const fileSchema = sealedSchema.extend({ format: z.enum(BULK_FORMAT_KEYS) });
const groupSchema = z.object({
  category: z.enum(CATEGORY_SLUGS),
  year: z.int(),
  notices: z.int(),
  /** Of everything that the files are made from: the same as long as they would come out the same. */
  fingerprint: z.string(),
  files: z.array(fileSchema),
});
const manifestSchema = z.object({
  /** When the sources had last confirmed the data. */
  asOf: z.iso.datetime(),
  /** When the files were made. */
  builtAt: z.iso.datetime(),
  /** Position in the changes feed up to which the files know everything, and the epoch that it is of. */
  change: z.int(),
  epoch: z.string().default(''),
  groups: z.array(groupSchema),
  /** The files that stand beside those of the groups. */
  extras: z.array(sealedSchema).default([]),
});
const currentSchema = z.object({
  set: z.string().regex(/^[\dTZ-]+$/),
  /** SHA-256 (hex) of the set's manifest. */
  sha256: z.string().optional(),
});

export type SealedFile = z.output<typeof sealedSchema>;
export type BulkFile = z.output<typeof fileSchema>;
export type BulkGroupEntry = z.output<typeof groupSchema>;
export type BulkManifest = z.output<typeof manifestSchema>;

/** A whole set of bulk files on the disk. */
export interface BulkSet {
  directory: string;
  manifest: BulkManifest;
}

export const bulkDirectory = (dataDirectory: string): string => join(dataDirectory, 'bulk');
export const setDirectory = (directory: string, set: string): string => join(directory, 'sets', set);

/** The set that is served; undefined before the first one is whole. @throws Error when what is stored is damaged. */
export function readCurrentSet(directory: string): BulkSet | undefined {
  const pointer = join(directory, 'current.json');
  if (!existsSync(pointer)) return undefined;
  const { set, sha256 } = currentSchema.parse(JSON.parse(readFileSync(pointer, 'utf8')));
  const found = setDirectory(directory, set);
  const manifest = readFileSync(join(found, 'manifest.json'), 'utf8');
  if (sha256 !== undefined && sha256 !== hash('sha256', manifest)) throw new Error(`${set}/manifest.json was altered`);
  return { directory: found, manifest: manifestSchema.parse(JSON.parse(manifest)) };
}

/** From here on the set is served. Whoever reads the pointer sees the old set or the new one, whole. */
export function pointTo(directory: string, set: string): void {
  const sha256 = hash('sha256', readFileSync(join(setDirectory(directory, set), 'manifest.json'), 'utf8'));
  writeDurably(join(directory, 'current.json'), JSON.stringify({ set, sha256 }));
}

/** A finished group of a build that was cut off; undefined when it was not finished. */
export function readGroup(path: string): BulkGroupEntry | undefined {
  return existsSync(path) ? groupSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}
