import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import { formatVerifierKey } from '#src/domain/tlog/note.ts';
import { formatPolicy } from '#src/domain/tlog/policy.ts';
import { type LogParts, publishLeaves } from './checkpoints.ts';
import { followWitnesses, type WitnessAddress } from './cosign.ts';
import { writeDurably } from './files.ts';
import { SigningGuard } from './guard.ts';
import { loadKey, loadSecondKey } from './keys.ts';
import { logFolder } from './read/files.ts';
import { SECOND_KEY_FILE } from './read/second-key.ts';

/** Leaves are in a signed checkpoint this soon after their commit, or a little later. */
const INTERVAL_MS = 1_000;
const PAUSE_MS = 10_000;

/** Keys, and what was signed with them last: of this machine alone, in no backup. */
export const keyFolder = (dataDirectory: string): string => join(dataDirectory, 'keys');

/** The key that signs, and the one before it, which signs beside it until it is taken away. */
export const keyFile = (dataDirectory: string): string => join(keyFolder(dataDirectory), 'log.pem');
export const previousKeyFile = (dataDirectory: string): string => join(keyFolder(dataDirectory), 'log-previous.pem');

/** The name of a log: its address without the scheme (c2sp.org/tlog-tiles). */
export const originOf = (siteUrl: string): string => `${siteUrl.replace(/^https?:\/\//, '')}/log`;

/** What was signed on this machine. The caller closes it. */
export const openGuard = (dataDirectory: string): SigningGuard =>
  new SigningGuard(join(keyFolder(dataDirectory), 'log-guard.db'));

/** Where a log lives, what it is called, and who is asked to sign it. */
export interface LogPlace {
  dataDirectory: string;
  siteUrl: string;
  witnesses?: readonly WitnessAddress[];
  /** Whether checkpoints have a second line, of SM2 with SM3. */
  withSm2?: boolean;
}

/** Opens the log of a data directory for signing, with a key of its own from the first time on. The caller closes the guard. */
export async function openLog(
  db: Db,
  { dataDirectory, siteUrl, witnesses = [], withSm2 = false }: LogPlace,
): Promise<LogParts> {
  const folder = logFolder(dataDirectory);
  const guard = openGuard(dataDirectory);
  // Whatever the site is called today: a log keeps its name.
  const origin = guard.origin() ?? originOf(siteUrl);
  const signer = await loadKey(keyFile(dataDirectory), origin);
  const before = previousKeyFile(dataDirectory);
  const previous = existsSync(before) ? await loadKey(before, origin) : null;
  const vkey = formatVerifierKey(signer.key);
  await writeDurably(join(folder, 'vkey'), `${vkey}\n`);
  const policy = formatPolicy({ log: { key: signer.key, url: `${siteUrl}/log` }, witnesses });
  await writeDurably(join(folder, 'policy.txt'), policy);
  const second = withSm2 ? await loadSecondKey(join(keyFolder(dataDirectory), 'log-sm2.pem'), origin) : null;
  if (second) await writeDurably(join(folder, SECOND_KEY_FILE), `${formatVerifierKey(second.key)}\n`);
  return { db, folder, guard, signer, previous, second, witnesses: witnesses.map(({ key }) => key) };
}

export interface LogFollower {
  stop(): Promise<void>;
}

/** Keeps the checkpoint up to the leaves. What fails is told once and tried again, and never holds up what is published. */
export function followLog(
  parts: LogParts,
  onFailure: (error: unknown, where?: string) => void,
  witnesses: readonly WitnessAddress[] = [],
): LogFollower {
  const stopping = new AbortController();
  const { signal } = stopping;
  const done = Promise.all([
    keepUp(parts, onFailure, signal),
    followWitnesses(parts, witnesses, { onFailure, signal }),
  ]);
  return {
    async stop() {
      stopping.abort();
      await done;
      parts.guard.close();
    },
  };
}

async function keepUp(parts: LogParts, onFailure: (error: unknown) => void, signal: AbortSignal): Promise<void> {
  let told = '';
  while (!signal.aborted) {
    let pause = INTERVAL_MS;
    try {
      await publishLeaves(parts);
      told = '';
    } catch (error) {
      pause = PAUSE_MS;
      if (String(error) !== told) onFailure(error);
      told = String(error);
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
