import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { type Db, openDatabase } from '#db/client.ts';
import { ingestRuns } from '#db/schema/index.ts';
import { Random } from '#scripts/demo/generate/random.ts';
import { readPosition } from '#src/publish/changes/follow.ts';
import type { FeedServer } from '#tests/support/feed-server.ts';
import { countRows, endOfChanges } from '#tests/support/rows.ts';
import type { ChangingFeed } from './changing-feed.ts';
import { Child } from './child.ts';
import { compareContent, publicContent, undisturbedContent, verify } from './content.ts';
import { findIndexBreaches, hasConverged, killEngine, secondsUntil } from './engine-state.ts';
import { isCaught, type Trial } from './harness.ts';
import { Ledger } from './ledger.ts';

/** Items on a page of the feed. */
export const PAGE_SIZE = 40;
const PATIENCE_S = 90;
const LONGEST_WAIT_MS = 8_000;
/** Until an engine that has just been started takes something, on a busy machine. */
const ENGINE_WAIT_MS = 180_000;

/** Some die while they open the database, some while they read a page, store or index, some while the engine hangs. */
const MOMENTS = { start: 2, page: 4, stored: 3, indexed: 3, frozen: 3 };

/** Counts over all campaigns of a trial. */
export class Tally {
  kills = 0;
  midRun = 0;
  midIndex = 0;
  engines = 0;
  frozen = 0;
  acknowledged = 0;
  slowestEnd = 0;
  readonly breaches: string[] = [];
}

/** One database, its feed and its workers, one after the other. */
export class Campaign {
  readonly #trial: Trial;
  readonly #tally: Tally;
  readonly #random: Random;
  readonly #feed: ChangingFeed;
  readonly #ledger = new Ledger();
  readonly #server: FeedServer;
  readonly #dataDir: string;

  constructor(trial: Trial, tally: Tally, number: number, server: FeedServer, feed: ChangingFeed) {
    this.#trial = trial;
    this.#tally = tally;
    this.#random = new Random('kill moments', trial.seed, number);
    this.#server = server;
    this.#feed = feed;
    this.#dataDir = join(trial.folder, `campaign-${number}`);
    mkdirSync(this.#dataDir);
  }

  get #isCaught(): boolean {
    return isCaught(this.#trial, this.#tally.breaches);
  }

  async run(kills: number): Promise<void> {
    for (let kill = 0; kill < kills && !this.#isCaught; kill++) {
      this.#feed.add(this.#random.integer(60, 140));
      this.#feed.correct(15);
      this.#feed.withdraw(2);
      await this.#killOnce();
      await this.#inspect(true);
      this.#trial.advance(++this.#tally.kills);
    }
    if (!this.#isCaught) await this.#finish();
    killEngine(this.#dataDir, 'SIGKILL');
    this.#tally.acknowledged += this.#ledger.size;
  }

  #start(): Child {
    const child = new Child('worker.ts', [this.#dataDir, this.#server.host], { plant: this.#trial.plant });
    child.onLine((line) => this.#ledger.read(line));
    return child;
  }

  async #killOnce(): Promise<void> {
    const child = this.#start();
    await child.waitFor('open');
    const kind = this.#random.weighted(MOMENTS);
    const moment = this.#awaitMoment(child, kind).catch(() => undefined);
    await Promise.race([
      moment,
      sleep(kind === 'frozen' ? ENGINE_WAIT_MS : LONGEST_WAIT_MS, undefined, { ref: false }),
    ]);
    child.kill('SIGKILL');
    killEngine(this.#dataDir, 'SIGCONT');
    if (this.#random.chance(0.25)) {
      killEngine(this.#dataDir, 'SIGKILL');
      this.#tally.engines++;
    }
    const { signal } = await child.ended;
    if (signal !== 'SIGKILL') throw new Error(`the worker ended by itself: ${child.errors}`);
  }

  async #awaitMoment(child: Child, moment: keyof typeof MOMENTS): Promise<void> {
    if (moment === 'frozen') return this.#freeze(child);
    const pages = Math.ceil(this.#feed.items.length / PAGE_SIZE);
    const page = `page=${this.#random.integer(1, pages)}`;
    if (moment === 'page') await new Promise<void>((resolve) => this.#onRequest(page, resolve));
    if (moment === 'stored') await child.waitFor('ack');
    if (moment === 'indexed') await child.waitFor('indexed');
    await sleep(this.#random.integer(0, moment === 'stored' ? 1_000 : 200));
  }

  /** Lets the engine hang while changes wait for it: whatever the worker believes to be indexed then is not, however slow the machine. */
  async #freeze(child: Child): Promise<void> {
    await child.waitFor('indexed');
    killEngine(this.#dataDir, 'SIGSTOP');
    this.#tally.frozen++;
    const stored = child.waitFor('ack');
    this.#feed.add(5);
    await stored;
    await sleep(this.#random.integer(1_500, 2_500));
  }

  #onRequest(text: string, then: () => void): void {
    this.#server.faultOf = (path) => {
      if (path.endsWith(text)) then();
      return undefined;
    };
  }

  /** What must hold at any moment; right after a kill also counts what the kill has hit. */
  async #inspect(killed: boolean): Promise<void> {
    const db = openDatabase(join(this.#dataDir, 'tongming.db'));
    if (killed) this.#countHit(db);
    const isIndexed = readPosition(db, 'engineIndex') > 0;
    const index = isIndexed ? await findIndexBreaches(db, this.#dataDir) : 'none';
    const found = [...(await verify(db)), ...this.#ledger.findBreaches(db), ...(index === 'none' ? [] : index)];
    this.#tally.breaches.push(...found);
    db.$client.close();
  }

  #countHit(db: Db): void {
    if (countRows(db, ingestRuns, eq(ingestRuns.state, 'running')) > 0) this.#tally.midRun++;
    if (readPosition(db, 'engineIndex') < endOfChanges(db)) this.#tally.midIndex++;
  }

  /** Left alone, the worker must bring the database to what one undisturbed run makes of the feed, and the index to that. */
  async #finish(): Promise<void> {
    const wanted = await undisturbedContent(this.#feed.items);
    const child = this.#start();
    await child.waitFor('open');
    const db = openDatabase(join(this.#dataDir, 'tongming.db'));
    const isDone = async () =>
      compareContent(publicContent(db), wanted).length === 0 && (await hasConverged(db, this.#dataDir));
    const seconds = await secondsUntil(isDone, PATIENCE_S);
    this.#tally.slowestEnd = Math.max(this.#tally.slowestEnd, seconds ?? PATIENCE_S);
    const breaches = seconds === undefined ? compareContent(publicContent(db), wanted) : [];
    if (seconds === undefined) breaches.push(`index not converged after ${PATIENCE_S} s`);
    db.$client.close();
    child.kill('SIGTERM');
    const { code } = await child.ended;
    if (code !== 0) breaches.push(`worker did not stop cleanly (${code}): ${child.errors}`);
    this.#tally.breaches.push(...breaches);
    await this.#inspect(false);
  }
}
