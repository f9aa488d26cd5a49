import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Cron } from 'croner';
import pino from 'pino';
import type { Db } from '#db/client.ts';
import { FileStore } from '#src/attachments/store.ts';
import { signOnCallbackUrl } from '#src/domain/staff/urls.ts';
import { followHolidayPlans, getWorkingCalendar } from '#src/server/calendar.ts';
import { type Config, getConfig } from '#src/server/config.ts';
import { databasePath, webDb, writeInbox } from '#src/server/db.ts';
import { isDemo } from '#src/server/demo.ts';
import { createHttpServer } from '#src/server/http-server/server.ts';
import { hashReceipt } from '#src/server/participation/keys.ts';
import { toNewsMail } from '#src/server/participation/news-mail.ts';
import { createUploadEndpoint } from '#src/server/staff/upload.ts';
import { createMailer } from '#src/server/subscriptions/mailer.ts';
import { loadTokenKey } from '#src/server/subscriptions/tokens.ts';
import { createConsole } from '#src/staff/console.ts';
import { readDepartments } from '#src/staff/exchange/departments.ts';
import { loadCaseKey } from '#src/staff/participation/identity.ts';
import { type SendNews, sendCaseMails } from '#src/staff/participation/mails.ts';
import { FATAL_EXIT, onStop, reportReady } from './launch/child.ts';
import { claimOrExit } from './launch/claims.ts';
import { ROOT } from './launch/root.ts';

/** Who signs letters where no sponsor is configured. */
const DEFAULT_OFFICE = '济宁市公共资源交易服务中心';
const MB = 1024 * 1024;
/** An upload of the largest size over a slow line takes this long; what comes before it is as quick as ever (milliseconds). */
const UPLOAD_TIMEOUTS = { headMs: 10_000, requestMs: 1_800_000 };
/** How often mails that are due are looked for. */
const MAILS = '*/20 * * * * *';
const ENTRY = join(ROOT, 'dist/server/entry.mjs');

/** Says why the process cannot serve, and ends it for good. */
function giveUp(message: string): never {
  console.error(message);
  process.exit(FATAL_EXIT);
}

/** What is set up of single sign-on; null for nothing. */
function readSignOn({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, ...rest }: Config) {
  if (issuer === undefined) return null;
  if (clientId === undefined) giveUp('OIDC_ISSUER is set without OIDC_CLIENT_ID.');
  const { OIDC_CLIENT_SECRET_FILE: file, OIDC_CLIENT_SECRET: secret, OIDC_SECOND_FACTOR: secondFactors } = rest;
  return {
    issuer,
    clientId,
    clientSecret: file === undefined ? secret : readFileSync(file, 'utf8').trim(),
    callbackUrl: rest.STAFF_URL + signOnCallbackUrl(),
    secondFactors,
    name: rest.OIDC_NAME,
  };
}

/** Sends the mails that tell people of news, one round after the other. Returns what ends it; without a mail server there is nothing to do. */
function sendMails(db: Db): () => Promise<void> {
  const { SMTP_URL: url, MAIL_FROM: from, SITE_URL: siteUrl, SITE_NAME: siteName } = config;
  if (url === undefined || from === undefined) return async () => undefined;
  const mailer = createMailer({ url, from, host: new URL(siteUrl).host });
  const send: SendNews = (id, to) => mailer.send(toNewsMail(id, { siteUrl, siteName }), to);
  const parts = { db, write: writeInbox, caseKey, send };
  const job = new Cron(
    MAILS,
    { protect: true, catch: (error: unknown) => log.error({ err: error }, 'mails failed') },
    async () => {
      await sendCaseMails(parts, new Date().toISOString());
    },
  );
  return async () => {
    job.stop();
    mailer.close();
  };
}

const config = getConfig();
const log = pino({ level: config.LOG_LEVEL, name: 'staff' });
if (!existsSync(ENTRY)) giveUp('The site is not built: run npm run build first.');
await claimOrExit('staff', FATAL_EXIT);
if (!existsSync(databasePath()))
  giveUp(`There is no database at ${databasePath()}: run npm start or npm run ingest first.`);

const { grantConsole, render } = (await import(ENTRY)) as typeof import('#src/entry.ts');
followHolidayPlans(webDb());
const caseKey = await loadCaseKey(join(config.DATA_DIR, 'keys'), config.PARTICIPATION_IDENTITY_FILE);
const staffConsole = createConsole({
  db: webDb(),
  write: writeInbox,
  key: loadTokenKey(config.DATA_DIR, 'staff.key'),
  // The accounts of the demonstration are for trying: nobody would find the app for them.
  requireSecondFactor: config.STAFF_SECOND_FACTOR && !isDemo(webDb()),
  issuer: config.SITE_NAME,
  publicUrl: config.SITE_URL,
  allowPrivate: config.FEED_ALLOW_PRIVATE,
  calendar: getWorkingCalendar(),
  caseKey,
  office: { name: config.SITE_SPONSOR ?? DEFAULT_OFFICE, prefix: config.LETTER_PREFIX },
  hashReceipt,
  intake: { store: new FileStore(config.DATA_DIR), scanner: config.CLAMAV_SOCKET },
  longestFile: config.UPLOAD_LIMIT_MB * MB,
  departments: readDepartments(config.EXCHANGE_PARTNERS_FILE),
  signOn: readSignOn(config),
  onRefused: (error) => log.warn({ err: error }, 'an answer of single sign-on was not believed'),
});
grantConsole(staffConsole);
const front = createHttpServer({
  side: 'staff',
  siteUrl: config.STAFF_URL,
  allowedHosts: config.ALLOWED_HOSTS,
  ratePerMinute: config.RATE_LIMIT,
  trustedProxies: config.TRUSTED_PROXIES,
  clientDirectory: join(ROOT, 'dist/client'),
  render,
  receive: createUploadEndpoint(staffConsole),
  timeouts: UPLOAD_TIMEOUTS,
  readDataVersion: () => webDb().$client.pragma('data_version', { simple: true }),
  onError: (error, path, requestId) => log.error({ err: error, path, requestId }, 'request failed'),
  onRequest: (entry) => log.debug(entry, 'request'),
});
front.server.on('error', (error: NodeJS.ErrnoException) =>
  giveUp(
    error.code === 'EADDRINUSE' ? `Port ${config.STAFF_PORT} is in use: set STAFF_PORT to another one.` : error.message,
  ),
);
const stopMails = sendMails(webDb());
onStop(async () => {
  await stopMails();
  await front.close();
  webDb().$client.close();
});
front.server.listen(config.STAFF_PORT, config.STAFF_HOST);
await once(front.server, 'listening');
const { port } = front.server.address() as AddressInfo;
log.info({ port, site: config.STAFF_URL }, 'serving');
reportReady(String(port));
