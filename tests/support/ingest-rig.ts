import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { selectAll } from '#db/query.ts';
import { noticeVersions, publishedNotices } from '#db/schema/index.ts';
import { createFetcher, type Fetcher } from '#src/ingest/fetch.ts';
import { type RunOptions, type RunSummary, runSource } from '#src/ingest/pipeline.ts';
import { NOTICE_READER } from '#src/publish/facts/reading.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import type { CheckResult } from '#src/server/verify/check.ts';
import { readingCheck } from '#src/server/verify/reading.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { type FeedServer, startFeedServer } from './feed-server.ts';
import { openTestDatabase } from './seed-notices.ts';
import { addTestSource } from './test-feed.ts';
import { type FeedItem, testSite } from './test-site.ts';

/** A database, a feed server with the test feed, and a source on it. */
export class IngestRig {
  items: FeedItem[] = [];
  readonly db: Db;
  readonly path: string;
  readonly feed: FeedServer;
  fetcher: Fetcher;
  readonly key: string;
  readonly #closeDatabase: () => void;

  constructor(feed: FeedServer, more: Parameters<typeof addTestSource>[2]) {
    const { db, path, close } = openTestDatabase();
    this.db = db;
    this.path = path;
    this.#closeDatabase = close;
    this.feed = feed;
    this.fetcher = createFetcher({ allowPrivate: [feed.host], timeoutMs: 4_000, backoffMs: 1 });
    this.key = addTestSource(db, feed.url, more);
  }

  /** Lets the fetcher reach one more private host. */
  allow(host: string): void {
    void this.fetcher.close();
    this.fetcher = createFetcher({ allowPrivate: [this.feed.host, host], timeoutMs: 4_000, backoffMs: 1 });
  }

  run(options: Partial<RunOptions> = {}, key = this.key): Promise<RunSummary> {
    return runSource(this.db, key, { fetcher: this.fetcher, ...options });
  }

  count(sql: string): number {
    return this.db.$client.prepare(sql).pluck().get() as number;
  }

  rows(sql: string): Record<string, unknown>[] {
    return this.db.$client.prepare(sql).all() as Record<string, unknown>[];
  }

  source(key = this.key): Record<string, unknown> | undefined {
    return this.rows('SELECT * FROM sources').find((row) => row.key === key);
  }

  /** What is public, without the times of this run. */
  publicContent(): Record<string, unknown>[] {
    const { id, projectId } = publishedNotices;
    const { noticeId, version, hash } = noticeVersions;
    const rest = sql`FROM ${publishedNotices} JOIN ${noticeVersions} ON ${noticeId} = ${id} ORDER BY 1, 2`;
    return selectAll(this.db, { id, version, hash, projectId }, rest);
  }

  /** Invariants that do not hold, after the built-in index has caught up: of the database alone, or also of how notices are read. */
  async breaches(of: 'all' | 'database' = 'all'): Promise<CheckResult[]> {
    while ((await drainChanges(this.db, null)) > 0);
    const checks = of === 'all' ? [...DATABASE_CHECKS, readingCheck(NOTICE_READER)] : DATABASE_CHECKS;
    return (await verifyInvariants(this.db, checks)).filter(({ breaches }) => breaches > 0);
  }

  async close(): Promise<void> {
    await this.fetcher.close();
    await this.feed.close();
    this.#closeDatabase();
  }
}

/** Starts a rig. `more` goes into its source entry; `served` takes the place of its own feed server. */
export async function startRig(
  more: Parameters<typeof addTestSource>[2] = {},
  served?: FeedServer,
): Promise<IngestRig> {
  const feed: FeedServer = served ?? (await startFeedServer(testSite(() => rig.items)));
  const rig: IngestRig = new IngestRig(feed, more);
  return rig;
}
