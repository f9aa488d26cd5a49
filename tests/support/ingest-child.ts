/**
 * A process of its own that ingests one test source: `node ingest-child.ts DATABASE FEED_HOST`. Says `stored N` after
 * each commit, so that the parent knows what was acknowledged, and ends with the run's state.
 */
import { openDatabase } from '#db/client.ts';
import { createFetcher } from '#src/ingest/fetch.ts';
import { runSource } from '#src/ingest/pipeline.ts';
import { addTestSource } from './test-feed.ts';

const [path = '', host = ''] = process.argv.slice(2);
const db = openDatabase(path);
const key = addTestSource(db, `http://${host}`);
const fetcher = createFetcher({ allowPrivate: [host], backoffMs: 1 });
const summary = await runSource(db, key, {
  fetcher,
  full: true,
  onProgress: ({ created }) => process.stdout.write(`stored ${created}\n`),
});
process.stdout.write(`ended ${summary.state}\n`);
await fetcher.close();
