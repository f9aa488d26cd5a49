import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, openReadOnly } from '#db/client.ts';
import { publishedNotices } from '#db/schema/index.ts';
import type { Random } from '#scripts/demo/generate/random.ts';
import { waitingSince } from '#src/publish/changes/follow.ts';
import { parseConfig } from '#src/server/config.ts';
import { findRunningEngine } from '#src/server/verify/engine-index.ts';
import type { FeedServer } from '#tests/support/feed-server.ts';
import { countRows } from '#tests/support/rows.ts';
import type { ChangingFeed } from './changing-feed.ts';
import { CHAOS } from './chaos-events.ts';
import { Child } from './child.ts';
import type { SearchProbe } from './children/searcher.ts';
import { verifyFile } from './content.ts';
import { findIndexBreaches, hasConverged, killEngine, secondsUntil } from './engine-state.ts';
import type { Trial } from './harness.ts';

const QUERY = '设备采购项目';
const PATIENCE_S = 120;
/** A flood has to be read from its source first. */
const FLOOD_PATIENCE_S = 300;
/** A control does not wait that long: repair is due after half a minute. */
const CONTROL_PATIENCE_S = 50;
const SLOWEST_SEARCH_MS = 2_000;
/** What is new is to be found in the built-in index within this. */
const LONGEST_BEHIND_MS = 2_000;
/**
 * So long may searches lack what is public: the engine's index is looked at every half minute, until then one that was emptied
 * under it answers. What is only behind is found in the built-in index within seconds.
 */
const LONGEST_GAP_S = 60;

/** A running worker with its engine, and a web role that searches. */
export class Site {
  readonly breaches: string[] = [];
  readonly seconds: number[] = [];
  probes = 0;
  degraded = 0;
  incomplete = 0;
  slowestMs = 0;
  healthLies = 0;
  longestGapS = 0;
  /** How long the built-in index lacked a change at most, and totals of it that were wrong although it lacked none. */
  longestBehindMs = 0;
  wrong = 0;
  #lackingSince: number | undefined;
  readonly #trial: Trial;
  readonly #dataDir: string;
  readonly #worker: Child;
  readonly #feed: ChangingFeed;
  #searcher: Child | undefined;
  #db: Db | undefined;

  constructor(trial: Trial, server: FeedServer, feed: ChangingFeed) {
    this.#trial = trial;
    this.#feed = feed;
    this.#dataDir = join(trial.folder, 'site');
    mkdirSync(this.#dataDir);
    this.#worker = new Child('worker.ts', [this.#dataDir, server.host], {
      plant: trial.plant,
    });
  }

  get #openDb(): Db {
    this.#db ??= openReadOnly(join(this.#dataDir, 'tongming.db'));
    return this.#db;
  }

  #limitOf(name = ''): number {
    if (this.#trial.plant) return CONTROL_PATIENCE_S;
    return name.startsWith('a thousand') ? FLOOD_PATIENCE_S : PATIENCE_S;
  }

  /** @throws Error when the index does not even get up to date undisturbed. */
  async start(): Promise<void> {
    await this.#worker.waitFor('indexed');
    const environment = { DATA_DIR: this.#dataDir };
    this.#searcher = new Child('searcher.ts', [], {
      plant: this.#trial.plant,
      environment,
    });
    if ((await this.#settle()) === undefined) throw new Error(`no index to begin with: ${this.#worker.errors}`);
  }

  /** One event, new notices meanwhile, and the time until index and searches are whole again. */
  async disturb(name: string, random: Random): Promise<void> {
    const client = await findRunningEngine(parseConfig({ DATA_DIR: this.#dataDir }));
    if (!client) throw new Error('no engine to disturb');
    const watch = async (seconds: number) => void (await secondsUntil(async () => this.#look(name), seconds));
    await CHAOS[name]?.({ dataDir: this.#dataDir, client, random, feed: this.#feed, watch });
    this.#feed.add(5);
    this.#feed.correct(3);
    this.#feed.withdraw(1);
    await watch(1.5);
    const isHealthy = await client.isHealthy();
    const index = await findIndexBreaches(this.#openDb, this.#dataDir).catch(() => ['the index cannot be read']);
    if (isHealthy && index.length > 0 && index !== 'none') this.healthLies++;
    const seconds = await this.#settle(name);
    if (seconds === undefined) this.breaches.push(`${name}: index not converged after ${this.#limitOf(name)} s`);
    else this.seconds.push(seconds);
    const broken = await verifyFile(join(this.#dataDir, 'tongming.db'));
    this.breaches.push(...broken.map((breach) => `${name}: ${breach}`));
  }

  async stop(): Promise<void> {
    await this.#searcher?.dismiss();
    this.#worker.kill('SIGTERM');
    await Promise.race([this.#worker.ended, sleep(15_000, undefined, { ref: false })]);
    this.#worker.kill('SIGKILL');
    killEngine(this.#dataDir, 'SIGCONT');
    killEngine(this.#dataDir, 'SIGKILL');
    this.#db?.$client.close();
  }

  /** Waits until index and database are equal, the whole feed is in, and searches come from the engine again. */
  #settle(name?: string): Promise<number | undefined> {
    return secondsUntil(async () => {
      const isWhole = await this.#look(name);
      return isWhole && (await hasConverged(this.#openDb, this.#dataDir));
    }, this.#limitOf(name));
  }

  /** One search and one list. True when the engine gave the complete answer. Judged only during an event. */
  async #look(name?: string): Promise<boolean> {
    const wanted = this.#feed.items.filter(({ withdrawn }) => !withdrawn).length;
    const before = this.#countPublic();
    const isCurrent = this.#judgeBuiltIn(name);
    const probe = await this.#searcher?.ask<SearchProbe>(QUERY);
    if (!probe) return false;
    const isSteady = before === this.#countPublic();
    if (name !== undefined) this.#judge(name, probe, isSteady ? before : undefined, isCurrent);
    return probe.engine === 'meilisearch' && probe.total === wanted && probe.listed === wanted;
  }

  /** Whether the built-in index has taken all changes; it may lack none for longer than its two seconds. */
  #judgeBuiltIn(name: string | undefined): boolean {
    const since = waitingSince(this.#openDb, 'builtInIndex');
    if (since === null || name === undefined) return since === null;
    const behindMs = Date.now() - Date.parse(since);
    this.longestBehindMs = Math.max(this.longestBehindMs, behindMs);
    if (behindMs > LONGEST_BEHIND_MS) this.breaches.push(`${name}: the built-in index is ${behindMs} ms behind`);
    return false;
  }

  #judge(
    name: string,
    { engine, total, searchMs, listed, error }: SearchProbe,
    present: number | undefined,
    isCurrent: boolean,
  ): void {
    this.probes++;
    this.slowestMs = Math.max(this.slowestMs, searchMs);
    if (engine === 'fts5') this.degraded++;
    if (engine === 'fts5' && isCurrent && present !== undefined && total !== present) {
      this.wrong++;
      this.breaches.push(`${name}: the built-in index finds ${total} of ${present}`);
    }
    if (present !== undefined) this.#judgeGap(name, total < present);
    if (error) this.breaches.push(`${name}: search failed: ${error}`);
    if (searchMs > SLOWEST_SEARCH_MS) this.breaches.push(`${name}: a search took ${Math.round(searchMs)} ms`);
    if (present !== undefined && listed !== present) this.breaches.push(`${name}: ${listed} of ${present} listed`);
  }

  #judgeGap(name: string, isLacking: boolean): void {
    if (!isLacking) {
      this.#lackingSince = undefined;
      return;
    }
    this.incomplete++;
    this.#lackingSince ??= Date.now();
    const seconds = (Date.now() - this.#lackingSince) / 1000;
    this.longestGapS = Math.max(this.longestGapS, seconds);
    if (seconds > LONGEST_GAP_S) this.breaches.push(`${name}: searches lack notices for ${Math.round(seconds)} s`);
  }

  #countPublic(): number {
    return countRows(this.#openDb, publishedNotices);
  }
}
