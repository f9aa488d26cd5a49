import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BulkSet, SealedFile } from './manifest.ts';

type Seal = Omit<SealedFile, 'name'>;

/** Sees that a file is on the disk, and says how large it is, what its sum is and when it was written. */
export async function sealFile(path: string): Promise<Seal> {
  const handle = await open(path, 'r+');
  await handle.sync();
  await handle.close();
  return measure(path);
}

async function measure(path: string): Promise<Seal> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex'), modifiedMs: (await stat(path)).mtimeMs };
}

/** Is a file what it was when it was sealed? Reads it to its end. */
export async function isWhole(path: string, { bytes, sha256 }: Seal): Promise<boolean> {
  try {
    const found = await measure(path);
    return found.bytes === bytes && found.sha256 === sha256;
  } catch {
    return false;
  }
}

/** Verdicts of files whose time is another than when they were sealed, by path, size and time. */
const verdicts = new Map<string, Promise<boolean>>();
const MOST_VERDICTS = 1_000;

/** The same at the cost of a look: a file of the same size and time was not written to; one of another time is read once. */
export async function looksWhole(path: string, seal: Seal): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found?.size !== seal.bytes) return false;
  if (found.mtimeMs === seal.modifiedMs) return true;
  const key = `${path} ${found.size} ${found.mtimeMs} ${seal.sha256}`;
  let verdict = verdicts.get(key);
  if (!verdict) {
    if (verdicts.size >= MOST_VERDICTS) verdicts.clear();
    verdict = isWhole(path, seal);
    verdicts.set(key, verdict);
  }
  return verdict;
}

/** Names of a set's files that are not as they were sealed, by `looksWhole` or `isWhole`. */
export async function listDamaged({ directory, manifest }: BulkSet, check: typeof isWhole): Promise<string[]> {
  const damaged: string[] = [];
  for (const file of [...manifest.groups.flatMap(({ files }) => files), ...manifest.extras]) {
    if (!(await check(join(directory, file.name), file))) damaged.push(file.name);
  }
  return damaged;
}
