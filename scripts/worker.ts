import pino from 'pino';
import { openDatabase } from '#db/client.ts';
import { CompletionPool } from '#src/ingest/completion/pool.ts';
import { NOTICE_READER } from '#src/ingest/reading.ts';
import { loadSources, seedSources } from '#src/ingest/sources.ts';
import { startWorker } from '#src/ingest/worker.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { hasUnresolvedParties, rebuildLinks } from '#src/server/organizations/rebuild.ts';
import { startNotifier } from '#src/server/subscriptions/notifier.ts';
import { onStop, reportReady } from './launch/child.ts';

const config = getConfig();
const log = pino({ level: config.LOG_LEVEL, name: 'worker' });
const db = openDatabase(databasePath());
// The demonstration seeds its own sources.
if (!config.DEMO) seedSources(db, loadSources(config.SOURCES_FILE));
const pool = new CompletionPool();
// A database from before organizations: its notices are looked at once.
if (hasUnresolvedParties(db)) rebuildLinks(db);
const worker = startWorker({ db, config, log, pool });
const notifier = startNotifier({ db, config, log, read: NOTICE_READER.read });
onStop(async () => {
  await Promise.all([worker.stop(), notifier.stop()]);
  await pool.close();
  db.$client.close();
});
reportReady('worker');
