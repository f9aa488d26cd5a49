import { once } from 'node:events';
import type { Db } from '#db/client.ts';
import { DEMO_SEED, generateDemo } from '#scripts/demo/generate/generate.ts';
import type { DemoNotice } from '#scripts/demo/generate/model.ts';
import { loadDemo } from '#scripts/demo/load.ts';
import { FeedStore, shanghaiNow } from '#scripts/demo/platforms/store.ts';
import { startScript, stopChild } from '#scripts/launch/supervise.ts';
import { createFetcher } from '#src/ingest/fetch.ts';
import { type RunSummary, runSource } from '#src/ingest/pipeline.ts';
import { drainOutbox } from '#src/server/search/indexer.ts';
import { openTestDatabase } from './seed-notices.ts';
import { keepDemonstration } from './templates.ts';

/** Notices that are not yet published when the rig starts. */
const HELD_BACK = 5;

/** A database with the demonstration, loaded from its sites, which run as a process of their own. */
export interface DemoRig {
  db: Db;
  /** Everything that is generated up to the present. */
  notices: DemoNotice[];
  /** What the sites list. */
  store: FeedStore;
  /** Whatever the load did while it was interrupted and continued. */
  interrupted: unknown;
  /** `YYYY-MM-DD HH:mm:ss`: what is dated later is not published yet. */
  now: string;
  load(): ReturnType<typeof loadDemo>;
  read(key: string, full?: boolean): Promise<RunSummary>;
  /** Lets the sites publish the rest. */
  advance(): void;
  /** Hands the database on, once the sites have given their port back: tests that follow in this run need not load it again. */
  keep(): void;
  close(): Promise<void>;
}

/** Starts the sites at a moment shortly before the newest notices and loads them, stopping once in the middle. */
export async function startDemoRig(): Promise<DemoRig> {
  const present = shanghaiNow();
  const data = generateDemo(DEMO_SEED, present.slice(0, 10));
  const notices = data.projects
    .flatMap((project) => project.notices)
    .filter(({ publishedAt }) => publishedAt <= present)
    .sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1));
  const now = notices.at(-1 - HELD_BACK)?.publishedAt ?? present;
  const child = startScript('tests/support/demo-feeds-child.ts', [now, process.env.TEST_DEMO_PORT ?? '0'], process.env);
  const [url] = (await once(child, 'message')) as [string];
  const { db, path, close } = openTestDatabase();
  const fetcher = createFetcher({ allowPrivate: [new URL(url).host], backoffMs: 20 });
  const interrupted = await loadHalf(db, url);
  await loadDemo(db, { url });
  let isKept = false;
  return {
    db,
    notices,
    store: new FeedStore(data),
    interrupted,
    now,
    load: () => loadDemo(db, { url }),
    async read(key, full = false) {
      const summary = await runSource(db, key, { fetcher, full });
      while ((await drainOutbox(db, null)) > 0);
      return summary;
    },
    advance: () => void child.send(present),
    keep() {
      isKept = true;
    },
    async close() {
      await fetcher.close();
      await stopChild(child);
      db.$client.pragma('wal_checkpoint(TRUNCATE)');
      if (isKept) keepDemonstration(path);
      close();
    },
  };
}

/** Stops a load after some notices. Returns why it ended. */
async function loadHalf(db: Db, url: string): Promise<unknown> {
  const stopping = new AbortController();
  const onProgress = ({ created }: { created: number }) => {
    if (created > 150) stopping.abort();
  };
  return loadDemo(db, { url, onProgress, signal: stopping.signal }).catch((error: unknown) => error);
}
