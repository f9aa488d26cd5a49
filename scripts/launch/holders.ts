import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isSameProcess, thisProcess } from '#db/process-identity.ts';

const holderSchema = z.object({
  command: z.string(),
  /** Who it is: see `process-identity.ts`. */
  process: z.string(),
  pid: z.int(),
  host: z.string(),
  /** ISO 8601. */
  since: z.iso.datetime(),
});
/** Who uses a data directory. The locks decide; this says who it is, and is all there is to see of other machines. */
export type Holder = z.output<typeof holderSchema> & { path: string };

const BEAT_MS = 2_000;
/** Without a sign of life for so long, a holder on another machine counts as gone. Measured by us: clocks of machines differ. */
const SILENCE_MS = 6_000;

const folderOf = (dataDirectory: string) => join(dataDirectory, 'locks', 'holders');

/** Notes that this process uses the directory, and gives signs of life until the returned function is called. */
export function noteHolder(dataDirectory: string, command: string): () => void {
  const path = join(folderOf(dataDirectory), `${randomUUID()}.json`);
  const holder = {
    command,
    process: thisProcess(),
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
  };
  try {
    mkdirSync(folderOf(dataDirectory), { recursive: true });
    writeFileSync(path, JSON.stringify(holder));
  } catch {
    // A full disk: the locks hold all the same.
  }
  const beat = setInterval(() => giveSign(path), BEAT_MS);
  beat.unref();
  return () => {
    clearInterval(beat);
    rmSync(path, { force: true });
  };
}

function giveSign(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Without its note the lock holds all the same.
  }
}

/** Everybody who uses the directory; notes of processes of this machine that are gone are removed. */
export function listHolders(dataDirectory: string): Holder[] {
  return listNotes(folderOf(dataDirectory)).filter((holder) => {
    if (holder.host !== hostname() || isSameProcess(holder.process)) return true;
    rmSync(holder.path, { force: true });
    return false;
  });
}

function listNotes(folder: string): Holder[] {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const path = join(folder, name);
    const holder = readNote(path);
    return holder ? [{ ...holder, path }] : [];
  });
}

function readNote(path: string): z.output<typeof holderSchema> | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined; // gone meanwhile, or never written whole
  }
}

/**
 * The holders on other machines that still give signs of life. A file system that several machines share does not always share
 * locks: watching is all that is left. The notes of silent ones are removed.
 */
export async function findLivingElsewhere(holders: readonly Holder[]): Promise<Holder[]> {
  const elsewhere = holders.filter(({ host }) => host !== hostname());
  if (elsewhere.length === 0) return [];
  const before = new Map(elsewhere.map(({ path }) => [path, lastSign(path)]));
  await sleep(SILENCE_MS);
  return elsewhere.filter(({ path }) => {
    const sign = lastSign(path);
    if (sign !== undefined && sign !== before.get(path)) return true;
    rmSync(path, { force: true });
    return false;
  });
}

function lastSign(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
