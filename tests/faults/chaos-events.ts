import { spawnSync } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  globSync,
  openSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Meilisearch } from 'meilisearch';
import type { Random } from '#scripts/demo/generate/random.ts';
import { findEngines } from '#src/server/search/process.ts';
import { INDEX_UID } from '#src/server/search/settings.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import type { ChangingFeed } from './changing-feed.ts';
import { killEngine } from './engine-state.ts';

/** What an event may do its harm with. */
export interface Victim {
  dataDir: string;
  /** An administrator's client of the running engine. */
  client: Meilisearch;
  random: Random;
  /** What the counties publish meanwhile. */
  feed: ChangingFeed;
  /** Lets time pass while searches and reads are looked at. */
  watch(seconds: number): Promise<void>;
}

const dataOf = (dataDir: string) => join(dataDir, 'meili', 'data.ms');

/** The database files of every index. */
function indexFiles(dataDir: string): string[] {
  const paths = globSync(join(dataOf(dataDir), 'indexes', '*', 'data.mdb'));
  if (paths.length === 0) throw new Error('the engine has no index files');
  return paths;
}

/** Overwrites a stretch of every index file in place, as a bad disk would. */
function overwrite(dataDir: string, share: number, change: (bytes: Buffer) => void): void {
  for (const path of indexFiles(dataDir)) {
    const file = openSync(path, 'r+');
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.floor(size * share));
    const start = Math.floor((size - bytes.length) / 2);
    readSync(file, bytes, 0, bytes.length, start);
    change(bytes);
    writeSync(file, bytes, 0, bytes.length, start);
    closeSync(file);
  }
}

const kill = ({ dataDir }: Victim) => killEngine(dataDir, 'SIGKILL');

/** A flood: every run of the source reads all of them again, and the engine is filled beside that. */
const MANY = 1_000;

/** Sets how large a file the engines may write, as a disk does that takes no more. Those that were started since have no limit. */
function limitFiles(dataDir: string, size: string): void {
  for (const pid of findEngines(dataDir)) spawnSync('prlimit', ['--pid', String(pid), `--fsize=${size}:unlimited`]);
}

/** What can happen to a search engine. Whoever runs the portal does nothing about any of it. */
export const CHAOS: Record<string, (victim: Victim) => Promise<void>> = {
  killed: async (victim) => kill(victim),
  'hung for 4 s': async ({ dataDir, watch }) => {
    killEngine(dataDir, 'SIGSTOP');
    await watch(4);
    killEngine(dataDir, 'SIGCONT');
  },
  'down for 8 s': async (victim) => {
    for (let round = 0; round < 16; round++) {
      kill(victim);
      await victim.watch(0.5);
    }
  },
  'slow for 8 s': async ({ dataDir, watch }) => {
    // A quarter of the time it works: answers come, late.
    for (let round = 0; round < 40; round++) {
      killEngine(dataDir, 'SIGSTOP');
      await watch(0.15);
      killEngine(dataDir, 'SIGCONT');
      await sleep(50);
    }
  },
  'no byte can be written for 6 s': async ({ dataDir, watch }) => {
    limitFiles(dataDir, '0');
    await watch(6);
    limitFiles(dataDir, 'unlimited');
  },
  'a thousand notices while it is down': async (victim) => {
    victim.feed.add(MANY);
    for (let round = 0; round < 16; round++) {
      kill(victim);
      await victim.watch(0.5);
    }
  },
  'settings changed over HTTP': async ({ client }) => {
    await client.index(INDEX_UID).updateSearchableAttributes(['title']).waitTask();
    await client.index(INDEX_UID).updateRankingRules(['words', 'typo']).waitTask();
  },
  'index deleted over HTTP': async ({ client }) => void (await client.deleteIndex(INDEX_UID).waitTask()),
  'documents deleted over HTTP': async ({ client }) =>
    void (await client.index(INDEX_UID).deleteAllDocuments().waitTask()),
  'settings reset over HTTP': async ({ client }) => void (await client.index(INDEX_UID).resetSettings().waitTask()),
  'versions changed over HTTP': async ({ client, random }) => {
    const { results } = await client.index(INDEX_UID).getDocuments<{ id: string }>({ limit: 500, fields: ['id'] });
    const changed = random.sample(results, 7).map(({ id }) => ({ id, version: 99 }));
    await client.index(INDEX_UID).updateDocuments(changed).waitTask();
  },
  'data deleted while running': async ({ dataDir }) => removeFolder(dataOf(dataDir)),
  'data deleted and killed': async (victim) => {
    removeFolder(dataOf(victim.dataDir));
    kill(victim);
  },
  'keys deleted and killed': async (victim) => {
    rmSync(join(dataOf(victim.dataDir), 'auth'), { recursive: true });
    kill(victim);
  },
  'version file edited and killed': async (victim) => {
    writeFileSync(join(dataOf(victim.dataDir), 'VERSION'), '1.2.3');
    kill(victim);
  },
  'index truncated and killed': async (victim) => {
    for (const path of indexFiles(victim.dataDir)) truncateSync(path, 6_000);
    kill(victim);
  },
  'index truncated while running': async (victim) => {
    for (const path of indexFiles(victim.dataDir)) truncateSync(path, 6_000);
  },
  'index zeroed and killed': async (victim) => {
    overwrite(victim.dataDir, 0.9, (bytes) => bytes.fill(0));
    kill(victim);
  },
  'bits flipped and killed': async (victim) => {
    overwrite(victim.dataDir, 0.9, (bytes) => {
      for (let flip = 0; flip < 2_000; flip++) {
        const place = victim.random.integer(0, bytes.length - 1);
        bytes[place] = (bytes[place] ?? 0) ^ (1 << victim.random.integer(0, 7));
      }
    });
    kill(victim);
  },
};
