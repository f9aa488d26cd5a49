import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import pino from 'pino';
import { openDatabase } from '#db/client.ts';
import { GENERAL_ARTICLES } from '#src/content/general.ts';
import { jobActor } from '#src/domain/actors.ts';
import { formatVerifierKey } from '#src/domain/tlog/note.ts';
import { DetailPool } from '#src/ingest/details/pool.ts';
import { loadSources, seedSources } from '#src/ingest/sources.ts';
import { seedArticles } from '#src/publish/articles/seed.ts';
import { NOTICE_READER } from '#src/publish/facts/reading.ts';
import { logKey } from '#src/publish/log/append.ts';
import { logExisting } from '#src/publish/log/versions.ts';
import { hasUnresolvedParties, rebuildLinks } from '#src/publish/organizations/rebuild.ts';
import { scheduleBulk } from '#src/server/bulk/schedule.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { startNotifier } from '#src/server/subscriptions/notifier.ts';
import { openLog } from '#src/tlog/publication-log.ts';
import { followLogInThread } from '#src/tlog/start-thread.ts';
import { startWorker } from '#src/worker/worker.ts';
import { FATAL_EXIT, onStop, reportReady } from './launch/child.ts';
import { claimOrExit } from './launch/claims.ts';
import { startScript, stopChild } from './launch/supervise.ts';

const config = getConfig();
const log = pino({ level: config.LOG_LEVEL, name: 'worker' });
await claimOrExit('worker', FATAL_EXIT);
const db = openDatabase(databasePath());
// The demonstration seeds its own sources.
if (!config.DEMO) seedSources(db, loadSources(config.SOURCES_FILE));
const pool = new DetailPool();
const { DATA_DIR: dataDirectory, SITE_URL: siteUrl, LOG_WITNESSES: witnesses, LOG_SM2: withSm2 } = config;
const logPlace = { dataDirectory, siteUrl, witnesses, withSm2 };
const { signer, guard } = await openLog(db, logPlace);
guard.close();
logKey(db, formatVerifierKey(signer.key), new Date().toISOString());
const publicationLog = followLogInThread({ database: databasePath(), ...logPlace }, (failure) =>
  log.error(failure, 'the publication log does not follow'),
);
// A database from before organizations: its notices are looked at once.
if (hasUnresolvedParties(db)) rebuildLinks(db, { actor: jobActor('rebuild-organizations') });
// Before anything new comes: versions stored before there was a log.
const logged = await logExisting(db);
if (logged > 0) log.info({ leaves: logged }, 'stored versions were taken into the publication log');
seedArticles(db, GENERAL_ARTICLES, new Date().toISOString());
const worker = startWorker({ db, config, log, pool });
const notifier = startNotifier({ db, config, log, read: NOTICE_READER.read });
let builder: ChildProcess | undefined;
/** In a process of its own: reading everything would hold up what is to be seen within seconds. */
async function buildBulk(): Promise<void> {
  builder = startScript('scripts/bulk.ts', [], process.env, 'pipe');
  const said: string[] = [];
  for (const stream of [builder.stdout, builder.stderr]) stream?.on('data', (chunk) => said.push(String(chunk)));
  const [code] = (await once(builder, 'exit')) as [number | null];
  if (code !== 0) log.warn({ code, said: said.join('') }, 'bulk files were not made');
}
const bulk = scheduleBulk({ db, dataDirectory: config.DATA_DIR, log }, buildBulk);
onStop(async () => {
  bulk.stop();
  await Promise.all([worker.stop(), notifier.stop(), publicationLog.stop(), builder && stopChild(builder)]);
  await pool.close();
  db.$client.close();
});
reportReady('worker');
