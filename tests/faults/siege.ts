import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { type Db, openDatabase } from '#db/client.ts';
import { publishedNotices } from '#db/schema/index.ts';
import { Random } from '#scripts/demo/generate/random.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import type { FeedServer } from '#tests/support/feed-server.ts';
import type { Canary } from './canary.ts';
import type { ChangingFeed } from './changing-feed.ts';
import { Child } from './child.ts';
import type { Poll, PollAnswer } from './children/poller.ts';
import { compareContent, publicContent, undisturbedContent, verifyFile } from './content.ts';
import type { Trial } from './harness.ts';
import { Flood, listMisbehaviours, type Misbehaviour } from './hostile-answers.ts';

const HOSTILE = 'test-hostile';
const HEALTHY = 'test-healthy';
const VERIFY_EVERY = 50;
/** Bytes of one answer that may leave the server: the reader's limit (children/poller.ts) and the buffers on the way. */
const MOST_TAKEN = 16 * 1024 * 1024;

export interface SiegeParts {
  trial: Trial;
  /** Serves the hostile source, whose items really are `truth`. */
  server: FeedServer;
  truth: ChangingFeed;
  /** Serves the healthy source. */
  other: FeedServer;
  healthy: ChangingFeed;
  canary: Canary;
}

/** One hostile and one healthy source, read by one process. */
export class Siege {
  readonly breaches: string[] = [];
  readonly states: Record<string, number> = {};
  readonly flood = new Flood();
  peakBytes = 0;
  readonly #truth: ChangingFeed;
  readonly #healthy: ChangingFeed;
  readonly #random: Random;
  readonly #server: FeedServer;
  readonly #child: Child;
  readonly #path: string;
  readonly #db: Db;
  readonly #misbehaviours: readonly Misbehaviour[];
  /** The items that a good run has taken, by id, in the form it took them. */
  #taken = new Map<string, string>();

  constructor({ trial, server, truth, other, healthy, canary }: SiegeParts) {
    this.#random = new Random('hostile answers', trial.seed);
    this.#server = server;
    this.#truth = truth;
    this.#healthy = healthy;
    const isTaken = (item: { id: string }) => this.#taken.get(item.id) === JSON.stringify(item);
    const all = listMisbehaviours({
      random: this.#random,
      flood: this.flood,
      canaries: canary.addresses,
      isTaken,
    });
    const { events } = trial.plant ?? {};
    this.#misbehaviours = events ? all.filter(({ name }) => events.includes(name)) : all;
    this.#path = join(trial.folder, 'tongming.db');
    this.#db = openDatabase(this.#path);
    const sources = [`${HOSTILE}=${server.url}`, `${HEALTHY}=${other.url}`];
    this.#child = new Child('poller.ts', [this.#path, ...sources], { plant: trial.plant });
  }

  /** A poll in which every answer, or any of them, misbehaves. */
  async hostilePoll(number: number): Promise<void> {
    this.#truth.add(this.#random.integer(0, 1));
    this.#truth.correct(this.#random.integer(0, 1));
    this.#healthy.correct(1);
    const only = this.#random.chance(0.6) ? this.#random.pick(this.#misbehaviours) : undefined;
    this.#server.faultOf = () =>
      only ? only.write : this.#random.chance(0.5) ? this.#random.pick(this.#misbehaviours).write : undefined;
    const name = only?.name ?? 'a mixture';
    const state = await this.#poll(name, this.#random.chance(0.5));
    this.states[state] = (this.states[state] ?? 0) + 1;
    if (only && !only.states.includes(state)) this.breaches.push(`${name}: run ended as ${state}`);
    if (number % VERIFY_EVERY === 0) this.breaches.push(...(await verifyFile(this.#path)));
  }

  /** A poll of the feed as it is: everything must be taken, exactly. */
  async cleanPoll(full: boolean): Promise<void> {
    this.#truth.withdraw(this.#random.chance(0.2) ? 1 : 0);
    this.#server.faultOf = () => undefined;
    const state = await this.#poll('a clean poll', full);
    if (state !== 'succeeded') this.breaches.push(`a clean poll: run ended as ${state}`);
    this.#taken = new Map(this.#truth.items.map((item) => [item.id, JSON.stringify(item)]));
    const standing = this.#truth.items.filter(({ withdrawn }) => !withdrawn).length;
    const present = this.#listPublic().length;
    if (present !== standing) this.breaches.push(`a clean poll: ${present} public of ${standing}`);
  }

  /** In the end the database is what one run over both feeds makes of them. */
  async finish(): Promise<void> {
    await this.cleanPoll(true);
    this.breaches.push(...(await verifyFile(this.#path)));
    await this.#child.dismiss();
    const wanted = await undisturbedContent(this.#truth.items, HOSTILE);
    for (const line of await undisturbedContent(this.#healthy.items, HEALTHY)) wanted.add(line);
    this.breaches.push(...compareContent(publicContent(this.#db), wanted));
  }

  async close(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#child.ended;
    this.#db.$client.close();
  }

  /** Polls both sources and looks for what must never happen. Returns the state of the hostile one's run. */
  async #poll(name: string, full: boolean): Promise<string> {
    const before = this.#listPublic();
    const poll: Poll = { keys: [HOSTILE, HEALTHY], full };
    const { summaries, peakBytes } = await this.#child.ask<PollAnswer>(poll);
    this.peakBytes = Math.max(this.peakBytes, peakBytes);
    const [hostile, healthy] = summaries;
    if (healthy?.state !== 'succeeded') this.breaches.push(`${name}: the healthy source ended as ${healthy?.state}`);
    const { mostTaken } = this.flood;
    if (mostTaken > MOST_TAKEN) this.breaches.push(`${name}: ${toMegabytes(mostTaken)} MB of one answer taken`);
    const titles = new Map(this.#truth.items.map((item) => [noticeId(HOSTILE, item.id), item]));
    const after = this.#listPublic();
    const present = new Set(after.map(({ id }) => id));
    const deleted = before.filter(({ id }) => !present.has(id) && !titles.get(id)?.withdrawn);
    if (deleted.length > 0) this.breaches.push(`${name}: ${deleted.length} notices wrongly deleted`);
    const strangers = after.filter(({ id, title }) => titles.get(id)?.title !== title);
    if (strangers.length > 0)
      this.breaches.push(`${name}: ${strangers.length} strangers, first: ${strangers[0]?.title}`);
    return hostile?.state ?? 'none';
  }

  #listPublic(): { id: string; title: string }[] {
    const { id, title, sourceKey } = publishedNotices;
    return this.#db.select({ id, title }).from(publishedNotices).where(eq(sourceKey, HOSTILE)).all();
  }
}

export const toMegabytes = (bytes: number) => Math.round(bytes / 1_048_576);
