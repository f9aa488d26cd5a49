import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pino from 'pino';
import { followHolidayPlans, getWorkingCalendar } from '#src/server/calendar.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath, webDb, writeInbox } from '#src/server/db.ts';
import { createHttpServer } from '#src/server/http-server/server.ts';
import { DryRunWorker } from '#src/server/push/dry-run-worker.ts';
import { createPushEndpoint } from '#src/server/push/endpoint.ts';
import { PushWorker } from '#src/server/push/push-worker.ts';
import { ReadPool } from '#src/server/reads/pool.ts';
import { VisitCounter } from '#src/server/visits/counter.ts';
import { FATAL_EXIT, onStop, reportReady } from './launch/child.ts';
import { claimOrExit } from './launch/claims.ts';
import { ROOT } from './launch/root.ts';

const ENTRY = join(ROOT, 'dist/server/entry.mjs');

/** Says why the process cannot serve, and ends it for good. */
function giveUp(message: string): never {
  console.error(message);
  process.exit(FATAL_EXIT);
}

const config = getConfig();
const log = pino({ level: config.LOG_LEVEL, name: 'web' });
// Pages read it when they need it: a faulty file has to show at the start, not to the first reader of a project.
getWorkingCalendar();
if (!existsSync(ENTRY)) giveUp('The site is not built: run npm run build first.');
await claimOrExit('web', FATAL_EXIT);
if (!existsSync(databasePath()))
  giveUp(`There is no database at ${databasePath()}: run npm start or npm run ingest first.`);

followHolidayPlans(webDb());
const { grantPowers, render } = (await import(ENTRY)) as typeof import('#src/entry.ts');
const desk = new PushWorker(databasePath());
const trials = new DryRunWorker(databasePath());
const reader = new ReadPool({ database: databasePath() });
grantPowers({ reader, judge: (kind, text, county) => trials.judge(kind, text, county) });
const receive = createPushEndpoint({
  openDb: webDb,
  desk,
  siteUrl: config.SITE_URL,
  directory: join(config.DATA_DIR, 'inbox'),
});
const visits = new VisitCounter(writeInbox, (error) => log.warn({ err: error }, 'visits were not written down yet'));
const httpServer = createHttpServer({
  siteUrl: config.SITE_URL,
  allowedHosts: config.ALLOWED_HOSTS,
  ratePerMinute: config.RATE_LIMIT,
  trustedProxies: config.TRUSTED_PROXIES,
  clientDirectory: join(ROOT, 'dist/client'),
  render,
  receive,
  readDataVersion: () => webDb().$client.pragma('data_version', { simple: true }),
  onError: (error, path, requestId) => log.error({ err: error, path, requestId }, 'request failed'),
  onRequest: (entry) => {
    visits.count(entry);
    log.debug(entry, 'request');
  },
});
httpServer.server.on('error', (error: NodeJS.ErrnoException) =>
  giveUp(error.code === 'EADDRINUSE' ? `Port ${config.PORT} is in use: set PORT to another one.` : error.message),
);
onStop(async () => {
  await httpServer.close();
  await visits.stop();
  await desk.close();
  await trials.close();
  await reader.close();
  webDb().$client.close();
});
httpServer.server.listen(config.PORT, config.HOST);
await once(httpServer.server, 'listening');
const { port } = httpServer.server.address() as AddressInfo;
log.info({ port, site: config.SITE_URL }, 'serving');
reader.start({ withEngine: config.SEARCH_ENGINE !== 'off' });
reportReady(String(port));
