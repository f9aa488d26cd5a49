/**
 * A process of its own that reads one source again and again until it is killed: `node mirror-child.ts DATABASE SOURCE HOST`.
 * Says `run STATE` after each run.
 */
import { openDatabase } from '#db/client.ts';
import { createFetcher } from '#src/ingest/fetch.ts';
import { runSource } from '#src/ingest/pipeline.ts';

const [path = '', key = '', host = ''] = process.argv.slice(2);
const db = openDatabase(path);
const fetcher = createFetcher({ allowPrivate: [host], timeoutMs: 2_000, backoffMs: 1 });
for (;;) {
  const { state, error } = await runSource(db, key, { fetcher });
  process.stdout.write(`run ${state} ${error ?? ''}\n`);
  await new Promise((resolve) => setTimeout(resolve, 60));
}
