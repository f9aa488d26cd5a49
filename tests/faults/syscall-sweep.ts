import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import { Random } from '#scripts/demo/generate/random.ts';
import { createFetcher } from '#src/ingest/fetch.ts';
import { runSource } from '#src/ingest/pipeline.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import { type FeedServer, startFeedServer } from '#tests/support/feed-server.ts';
import { addTestSource } from '#tests/support/test-feed.ts';
import { testSite } from '#tests/support/test-site.ts';
import { ChangingFeed } from './changing-feed.ts';
import { Child, ChildEndedError } from './child.ts';
import type { Poll, PollAnswer } from './children/poller.ts';
import { compareContent, publicContent, undisturbedContent, verify } from './content.ts';
import { type Harness, inPairs, isCaught, type Outcome, type Trial } from './harness.ts';
import { Ledger } from './ledger.ts';
import { choosePoints } from './strace/points.ts';
import { injectCommand, readTrace, recordCommand, type TracedCall } from './strace/trace.ts';

const KEY = 'test-zoucheng';
const ITEMS = 60;
/** A kill, one failing call, and a disk that is full from then on. */
const FAULTS = [
  { name: 'KILL', inject: 'signal=KILL', lasting: '' },
  { name: 'EIO', inject: 'error=EIO', lasting: '' },
  { name: 'ENOSPC', inject: 'error=ENOSPC', lasting: '+' },
] as const;
type Fault = (typeof FAULTS)[number];

/** What became of the faulted processes. */
type End = 'killed' | 'erred' | 'tolerated' | 'missed';

class Sweep {
  readonly ends: Record<End, number> = { killed: 0, erred: 0, tolerated: 0, missed: 0 };
  readonly breaches: string[] = [];
  readonly #trial: Trial;
  readonly #server: FeedServer;
  readonly #wanted: ReadonlySet<string>;

  constructor(trial: Trial, server: FeedServer, wanted: ReadonlySet<string>) {
    this.#trial = trial;
    this.#server = server;
    this.#wanted = wanted;
  }

  /** The changing calls of one undisturbed process, from an empty folder to the stored and indexed feed. */
  async record(): Promise<TracedCall[]> {
    const recording = join(this.#trial.folder, 'recording');
    const folder = join(this.#trial.folder, 'recorded');
    const child = this.#start(folder, recordCommand(recording));
    await child.ask<PollAnswer>({ keys: [KEY], full: true } satisfies Poll);
    await child.dismiss();
    const calls = await readTrace(recording);
    return calls.filter(({ call, target, isMain }) => isMain && call !== 'write' && isDatabaseFile(target, folder));
  }

  /** Lets one call of a process fail, then starts again undisturbed. */
  async disturb({ call, number, target }: TracedCall, fault: Fault): Promise<void> {
    const name = `${fault.name} at ${call} ${number}`;
    const folder = join(this.#trial.folder, name.replaceAll(' ', '-'));
    const log = `${folder}.log`;
    const child = this.#start(folder, injectCommand(log, call, fault.inject, `${number}${fault.lasting}`));
    const ledger = new Ledger();
    child.onLine((line) => ledger.read(line));
    const end = await this.#finish(child, log);
    this.ends[end]++;
    if (end === 'missed') this.breaches.push(`${name}: the fault was not hit`);
    const db = openDatabase(join(folder, 'tongming.db'));
    const found = [...ledger.findBreaches(db), ...(await verify(db))];
    found.push(...(await this.#restart(db)), ...ledger.findBreaches(db), ...(await verify(db)));
    found.push(...compareContent(publicContent(db), this.#wanted));
    db.$client.close();
    this.breaches.push(...found.map((breach) => `${name} (${target.split('/').at(-1)}): ${breach}`));
  }

  #start(folder: string, wrapper: string[]): Child {
    const parameters = [join(folder, 'tongming.db'), `${KEY}=${this.#server.url}`];
    return new Child('poller.ts', parameters, { plant: this.#trial.plant, wrapper });
  }

  async #finish(child: Child, log: string): Promise<End> {
    const state = await child.ask<PollAnswer>({ keys: [KEY], full: true } satisfies Poll).then(
      ({ summaries }) => summaries[0]?.state,
      (error: unknown) => {
        if (error instanceof ChildEndedError) return 'ended';
        throw error;
      },
    );
    const { code, signal } = await child.dismiss();
    if (signal === 'SIGKILL') return 'killed'; // strace ends as its program did; nobody else kills here
    if (!readFileSync(log, 'utf8').includes('(INJECTED)')) return 'missed';
    return state === 'succeeded' && code === 0 ? 'tolerated' : 'erred';
  }

  /** A good run on what the fault has left. */
  async #restart(db: Db): Promise<string[]> {
    const key = addTestSource(db, this.#server.url);
    const fetcher = createFetcher({ allowPrivate: [this.#server.host], backoffMs: 1 });
    const { state, error } = await runSource(db, key, { fetcher, full: true });
    while ((await drainChanges(db, null)) > 0);
    await fetcher.close();
    return state === 'succeeded' ? [] : [`the run after it: ${state} ${error}`];
  }
}

function isDatabaseFile(target: string, folder: string): boolean {
  return target.startsWith(folder) || target.startsWith('#') || target.includes('etilqs_');
}

async function run(trial: Trial): Promise<Outcome> {
  const feed = new ChangingFeed(new Random('sweep feed', trial.seed));
  feed.add(ITEMS);
  const server = await startFeedServer(testSite(() => feed.items));
  const sweep = new Sweep(trial, server, await undisturbedContent(feed.items));
  try {
    const calls = await sweep.record();
    const points = choosePoints(calls, Math.ceil(trial.runs / FAULTS.length));
    let done = 0;
    const disturbances = points.flatMap((point) => FAULTS.map((fault) => ({ point, fault })));
    const shuffled = new Random('sweep order', trial.seed).sample(disturbances, disturbances.length);
    await inPairs(shuffled, async ({ point, fault }) => {
      if (isCaught(trial, sweep.breaches)) return;
      await sweep.disturb(point, fault);
      trial.advance(++done);
    });
    const { killed, erred, tolerated, missed } = sweep.ends;
    const figures = `${done} faults at ${points.length} of ${calls.length} calls: ${killed} killed, ${erred} failed, ${tolerated} done without, ${missed} not hit`;
    return { figures, breaches: sweep.breaches };
  } finally {
    await server.close();
  }
}

/** H3: every kind of changing system call of one ingest, killed at, failing, and on a full disk. */
export const SYSCALL_SWEEP: Harness = { key: 'h3', title: 'syscall sweep', runs: 72, needsStrace: true, run };
