/**
 * Reads test feeds when it is told to: `node poller.ts DATABASE KEY=ADDRESS…`. A message is a `Poll`, its answer a
 * `PollAnswer`. Says what it has stored (acknowledge.ts). Ends with its parent.
 */
import { openDatabase } from '#db/client.ts';
import { createFetcher } from '#src/ingest/fetch.ts';
import { type RunSummary, runSource } from '#src/ingest/pipeline.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import { addTestSource } from '#tests/support/test-feed.ts';
import { acknowledgeChanges } from './acknowledge.ts';

export interface Poll {
  keys: string[];
  full: boolean;
}

export interface PollAnswer {
  summaries: RunSummary[];
  /** Greatest resident size so far, bytes. */
  peakBytes: number;
}

const [path = '', ...sources] = process.argv.slice(2);
const entries = sources.map((text) => text.split('=', 2) as [key: string, base: string]);
const db = openDatabase(path);
acknowledgeChanges(db);
for (const [key, base] of entries) addTestSource(db, base, { key });
const fetcher = createFetcher({
  allowPrivate: entries.map(([, base]) => new URL(base).host),
  timeoutMs: 400,
  maximumBytes: 4 * 1024 * 1024,
  backoffMs: 1,
});

process.on('message', async ({ keys, full }: Poll) => {
  const summaries = await Promise.all(keys.map((key) => runSource(db, key, { fetcher, full })));
  while ((await drainChanges(db, null)) > 0);
  const answer: PollAnswer = { summaries, peakBytes: process.resourceUsage().maxRSS * 1024 };
  process.send?.(answer);
});
process.on('disconnect', async () => {
  await fetcher.close();
  db.$client.close();
});
