import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { subscriptions } from '#db/schema/subscriptions.ts';
import { PrivateHosts } from '#src/outbound/ssrf-guard.ts';
import type { Config } from '../config.ts';
import { batchDeliveries } from './batch.ts';
import { ChangeFollower } from './follow.ts';
import { createMailer, type Mailer } from './mailer.ts';
import { type SendParts, startDue } from './send.ts';
import { forgetExpired } from './subscription.ts';
import { hashToken, loadTokenKey, makeToken } from './tokens.ts';
import type { ReadContent } from './versions.ts';
import { createWebhookPoster } from './webhooks/post.ts';

const HASHES = defineQuery((db) =>
  db.select({ id: subscriptions.id, hash: subscriptions.manageHash }).from(subscriptions),
);
const UPDATE = defineQuery((db, p: Params<{ id: string; confirm: string; manage: string }>) =>
  db.update(subscriptions).set({ confirmHash: p.confirm, manageHash: p.manage }).where(eq(subscriptions.id, p.id)),
);

/**
 * Makes the kept hashes follow the key, as after a restore without its file: links in what is sent from now on must work, those sent
 * before no longer do. Returns the number of subscriptions whose hashes were of another key.
 */
export function renewHashes(db: Db, key: Buffer): number {
  const rows = HASHES.all(db);
  const hash = (purpose: 'confirm' | 'manage', id: string) => hashToken(makeToken(key, purpose, id));
  const others = rows.filter((row) => row.hash !== hash('manage', row.id));
  if (others.length === 0) return 0;
  const renew = ({ id }: { id: string }) =>
    UPDATE.run(db, { id, confirm: hash('confirm', id), manage: hash('manage', id) });
  db.$client.transaction(() => others.forEach(renew)).immediate();
  return others.length;
}

const PAUSE_MS = 1_000;
/** After an error of our own (the database is busy or full). */
const ERROR_PAUSE_MS = 3_000;
const SWEEP_MS = 3600_000;
/** Messages on their way at a time: receivers that do not answer hold up nobody but themselves. */
const MOST_UNDER_WAY = 50;

export interface NotifierParts {
  db: Db;
  config: Config;
  log: Logger;
  /** The present rules by which versions are read, for what a change is of. */
  read: ReadContent;
}

/** Tells subscribers what is new. */
export interface Notifier {
  /** Ends after the attempts under way. */
  stop(): Promise<void>;
}

/** Follows the changes of notices, puts what matches into messages, sends them, and forgets what nobody confirmed, until it is stopped. */
export function startNotifier(parts: NotifierParts): Notifier {
  const stopping = new AbortController();
  const send = toSendParts(parts);
  const renewed = renewHashes(parts.db, send.sender.tokenKey);
  if (renewed > 0)
    parts.log.warn(
      { subscriptions: renewed },
      'the key of subscriptions is another one: links sent before no longer work',
    );
  const ended = run(parts, send, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await ended;
      send.mailer?.close();
      await send.poster.close();
    },
  };
}

async function run({ db, config, log, read }: NotifierParts, send: SendParts, signal: AbortSignal): Promise<void> {
  const follower = new ChangeFollower(db, read);
  const underWay = new Set<Promise<void>>();
  const fail = (error: unknown) => log.error({ error }, 'notifying failed; trying again');
  let sweepAt = 0;
  while (!signal.aborted) {
    let pause = PAUSE_MS;
    try {
      if (follower.step(send.now())) pause = 0;
      batchDeliveries(db, send.now(), config.DIGEST_HOUR);
      for (const message of startDue(send, MOST_UNDER_WAY - underWay.size)) {
        const ended: Promise<void> = message.catch(fail).finally(() => underWay.delete(ended));
        underWay.add(ended);
      }
      if (performance.now() >= sweepAt) {
        forgetExpired(db, send.now());
        sweepAt = performance.now() + SWEEP_MS;
      }
    } catch (error) {
      fail(error);
      pause = ERROR_PAUSE_MS;
    }
    await delay(pause, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(underWay);
}

function toSendParts({ db, config, log, read }: NotifierParts): SendParts {
  const allowed = new PrivateHosts(config.WEBHOOK_ALLOW_PRIVATE);
  const { SITE_URL: siteUrl, SITE_NAME: siteName, DATA_DIR } = config;
  return {
    db,
    read,
    allowed,
    sender: { siteUrl, siteName, tokenKey: loadTokenKey(DATA_DIR) },
    mailer: makeMailer(config),
    poster: createWebhookPoster(allowed),
    now: () => new Date().toISOString(),
    onFailure: ({ id, channel, attempts }, error) =>
      log.warn(
        { message: id, channel, attempts, reason: error.message, permanent: error.isPermanent },
        'not delivered',
      ),
  };
}

function makeMailer({ SMTP_URL, MAIL_FROM, SITE_URL }: Config): Mailer | undefined {
  if (!SMTP_URL || !MAIL_FROM) return undefined;
  return createMailer({ url: SMTP_URL, from: MAIL_FROM, host: new URL(SITE_URL).hostname });
}
