import { dirname } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { selectAll } from '#db/query.ts';
import { subscriptionDeliveries, subscriptionMessages } from '#db/schema/index.ts';
import type { Channel, Frequency } from '#src/domain/subscriptions/channels.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { PrivateHosts } from '#src/outbound/ssrf-guard.ts';
import { NOTICE_READER } from '#src/publish/facts/reading.ts';
import { batchDeliveries } from '#src/server/subscriptions/batch.ts';
import { ChangeFollower } from '#src/server/subscriptions/follow.ts';
import type { Mailer } from '#src/server/subscriptions/mailer.ts';
import { requestSubscription } from '#src/server/subscriptions/request.ts';
import { type SendParts, startDue } from '#src/server/subscriptions/send.ts';
import type { SendError } from '#src/server/subscriptions/send-error.ts';
import { confirmSubscription, readFilter } from '#src/server/subscriptions/subscription.ts';
import { loadTokenKey, makeToken } from '#src/server/subscriptions/tokens.ts';
import { createWebhookPoster } from '#src/server/subscriptions/webhooks/post.ts';
import { type IngestRig, startRig } from './ingest-rig.ts';
import { type FeedItem, makeItem } from './test-site.ts';

export const SITE = 'http://portal.example';
const HOUR_MS = 3600_000;

/** What a subscription of a test is; the rest is ordinary. */
export interface Wish {
  filter?: string;
  channel?: Channel;
  address?: string;
  secret?: string;
  frequency?: Frequency;
}

/** Real ingest into a database, and the parts of the notifier on it, driven by hand and by a clock that is moved. */
export class SubscriptionRig {
  readonly ingest: IngestRig;
  readonly key: Buffer;
  readonly failures: SendError[] = [];
  readonly parts: SendParts;
  #follower: ChangeFollower;
  #now = Date.now();

  constructor(ingest: IngestRig, options: { mailer?: Mailer; allowed?: string[]; timeoutMs?: number }) {
    this.ingest = ingest;
    this.key = loadTokenKey(dirname(ingest.path));
    const allowed = new PrivateHosts(options.allowed ?? []);
    this.#follower = new ChangeFollower(ingest.db, NOTICE_READER.read);
    this.parts = {
      db: ingest.db,
      read: NOTICE_READER.read,
      sender: { siteUrl: SITE, siteName: '通明', tokenKey: this.key },
      mailer: options.mailer,
      poster: createWebhookPoster(allowed, options.timeoutMs ?? 2_000),
      allowed,
      now: () => this.now,
      onFailure: (_message, error) => this.failures.push(error),
    };
    this.#follower.step(this.now);
  }

  get db(): Db {
    return this.ingest.db;
  }

  get now(): string {
    return new Date(this.#now).toISOString();
  }

  /** Lets time pass. */
  pass(ms: number): void {
    this.#now += ms;
  }

  /** An item of the feed with today's date. */
  item(number: number, more: Partial<FeedItem> = {}): FeedItem {
    return makeItem(number, { date: formatDate(new Date().toISOString()), ...more });
  }

  /** Has the feed hold these items, and reads it. */
  async publish(...items: FeedItem[]): Promise<void> {
    const ids = new Set(items.map(({ id }) => id));
    this.ingest.items = [...items, ...this.ingest.items.filter(({ id }) => !ids.has(id))];
    await this.ingest.run();
  }

  /** Saves a subscription as the page does. Returns its id. */
  request({
    filter = '',
    channel = 'email',
    address = 'reader@mail.example',
    secret,
    frequency = 'instant',
  }: Wish): string {
    const asked = { filter: readFilter(filter), channel, address, frequency, secret: secret ?? null };
    return requestSubscription(this.db, asked, this.key, new Date(this.#now - HOUR_MS).toISOString());
  }

  /** A subscription that was confirmed an hour ago, without the message that asked for it. */
  subscribe(wish: Wish): string {
    const id = this.request(wish);
    const before = new Date(this.#now - HOUR_MS).toISOString();
    confirmSubscription(this.db, makeToken(this.key, 'confirm', id), before);
    this.db.delete(subscriptionMessages).where(eq(subscriptionMessages.subscriptionId, id)).run();
    return id;
  }

  /** Takes in what was published. */
  follow(): void {
    while (this.#follower.step(this.now));
  }

  /** As after a restart: nothing is remembered but the database. */
  restart(): void {
    this.#follower = new ChangeFollower(this.db, NOTICE_READER.read);
  }

  /** Puts what is to be told into messages, and makes one attempt at each that is due. */
  async send(digestHour = 8): Promise<void> {
    batchDeliveries(this.db, this.now, digestHour);
    await Promise.all(startDue(this.parts, 50));
  }

  /** Rows of a query. */
  rows<Row = Record<string, unknown>>(sql: string): Row[] {
    return this.db.$client.prepare(sql).all() as Row[];
  }

  /** What each subscription is to be told: `id kind`, sorted. */
  deliveries(): string[] {
    const { subscriptionId, kind } = subscriptionDeliveries;
    return selectAll(this.db, { subscriptionId, kind }, sql`FROM ${subscriptionDeliveries}`)
      .map((row) => `${row.subscriptionId} ${row.kind}`)
      .sort();
  }

  async close(): Promise<void> {
    this.parts.mailer?.close();
    await this.parts.poster.close();
    await this.ingest.close();
  }
}

/** Starts a rig. `allowed` are the webhook hosts on private addresses that are let through. */
export async function startSubscriptionRig(
  options: { mailer?: Mailer; allowed?: string[]; timeoutMs?: number } = {},
): Promise<SubscriptionRig> {
  return new SubscriptionRig(await startRig(), options);
}
