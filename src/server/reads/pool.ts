import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { OverdueError } from '#db/limit.ts';
import { UnavailableError } from '#src/domain/errors.ts';
import { type Fault, toFault } from './faults.ts';
import type { JobArguments, JobName, JobResult } from './jobs.ts';
import type { Outcome, Reader } from './reader.ts';
import type { Question, Reply, ThreadSetup } from './thread.ts';

const ENTRY = new URL('./thread.ts', import.meta.url);

/** Threads that do jobs of one kind. */
interface LaneOptions {
  threads: number;
  /** Jobs that one thread has under way: more than one only where they mostly wait. */
  atOnce: number;
  /** Jobs that may wait for a turn; more are refused. */
  waiting: number;
  throughout: boolean;
  niceness: number;
  /** So many times the usual limits. */
  patience: number;
}

/** `quick`: what the engine answers, which mostly waits for it. `long`: SQLite's own work. `files`: whole lists. */
const LANES = {
  quick: { threads: 1, atOnce: 32, waiting: 256, throughout: false, niceness: 0, patience: 1 },
  long: {
    threads: Math.min(Math.max(availableParallelism() - 1, 1), 4),
    atOnce: 1,
    waiting: 32,
    throughout: false,
    niceness: 5,
    patience: 1,
  },
  files: { threads: 1, atOnce: 32, waiting: 32, throughout: true, niceness: 5, patience: 5 },
} as const satisfies Record<string, LaneOptions>;
type LaneName = keyof typeof LANES;

const LANE_OF: Partial<Record<JobName, LaneName>> = {
  searchOnEngine: 'quick',
  openFile: 'files',
  readFile: 'files',
  closeFile: 'files',
  // One thread holds the fonts.
  renderPdf: 'files',
};

export interface PoolOptions {
  /** Path of the database file. */
  database: string;
  /** Milliseconds after which a job is stopped, at its next statement. */
  limitMs?: number;
  /** Milliseconds after which the thread of a job that does not stop is ended. */
  endMs?: number;
  /** Milliseconds that a job may wait for its turn. */
  waitMs?: number;
}

interface Job {
  question: Question;
  resolve: (outcome: Outcome<never>) => void;
  /** Refuses it when its turn does not come, ends its thread when it does not stop. */
  timer: NodeJS.Timeout | undefined;
}

interface Thread {
  worker: Worker;
  isReady: boolean;
  /** Settled once its code is loaded, or never will be. */
  loaded: Promise<void>;
  jobs: Map<number, Job>;
}

const BUSY = toFault(new UnavailableError('此刻查询的人太多，请在 5 秒后再试', { retryAfter: 5 }));
const OVERDUE = toFault(new OverdueError());

/**
 * Reads for the web process, so that its one thread never waits for a statement: it takes requests in and hands answers
 * out. What takes too long is stopped; what would wait too long is refused with a word about when to try again.
 */
export class ReadPool implements Reader {
  readonly #lanes: Record<LaneName, Lane>;
  #count = 0;

  constructor({ database, limitMs = 4_000, endMs = 8_000, waitMs = 5_000 }: PoolOptions) {
    const times = { database, limitMs, endMs, waitMs };
    this.#lanes = {
      quick: new Lane(LANES.quick, times),
      long: new Lane(LANES.long, times),
      files: new Lane(LANES.files, times),
    };
  }

  /** Has a job done by a thread. Never rejects: what takes or waits too long has a fault that says so. */
  ask<Name extends JobName>(name: Name, ...parameters: JobArguments<Name>): Promise<Outcome<JobResult<Name>>> {
    const question: Question = { number: ++this.#count, name, parameters: parameters as never };
    return this.#lanes[LANE_OF[name] ?? 'long'].take(question);
  }

  /** Loads the threads' code before the first question comes; that of the engine's thread only where there is an engine to ask. */
  start({ withEngine }: { withEngine: boolean }): void {
    if (withEngine) this.#lanes.quick.start();
    this.#lanes.long.start();
  }

  /** Ends the threads; jobs under way fail. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.#lanes).map((lane) => lane.close()));
  }
}

/** One kind of jobs: its threads and those who wait for them. */
class Lane {
  readonly #options: LaneOptions;
  readonly #times: Required<PoolOptions>;
  readonly #threads = new Set<Thread>();
  readonly #waiting: Job[] = [];
  /** Threads that were ended and still run a statement: each takes up a processor. */
  #ending = 0;
  #isClosed = false;

  constructor(options: LaneOptions, times: Required<PoolOptions>) {
    this.#options = options;
    this.#times = times;
  }

  take(question: Question): Promise<Outcome<never>> {
    if (this.#isClosed || this.#waiting.length >= this.#options.waiting) return Promise.resolve({ fault: BUSY });
    return new Promise((resolve) => {
      const job: Job = { question, resolve, timer: undefined };
      job.timer = setTimeout(() => this.#giveUp(job), this.#times.waitMs);
      this.#waiting.push(job);
      this.#handOut();
    });
  }

  start(): void {
    if (this.#threads.size + this.#ending >= this.#options.threads) return;
    const { database, limitMs } = this.#times;
    const { throughout, niceness, patience } = this.#options;
    const workerData: ThreadSetup = { database, limitMs: limitMs * patience, throughout, niceness };
    const worker = new Worker(ENTRY, { workerData });
    const loaded = new Promise<void>((resolve) => {
      worker.once('message', () => resolve());
      worker.once('exit', () => resolve());
    });
    const thread: Thread = { worker, isReady: false, loaded, jobs: new Map() };
    this.#threads.add(thread);
    worker.on('message', (reply: Reply) => this.#receive(thread, reply));
    worker.on('error', (error) => this.#end(thread, toFault(error)));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const threads = [...this.#threads];
    const jobs = [...threads.flatMap((thread) => [...thread.jobs.values()]), ...this.#waiting.splice(0)];
    for (const job of jobs) settle(job, { fault: BUSY });
    // A thread that is ended while it loads a native module takes the process with it.
    await Promise.all(threads.map(({ worker, loaded }) => loaded.then(() => worker.terminate())));
  }

  /** Gives waiting jobs to the thread that has least to do. A thread that still loads its code takes jobs: they wait in it. */
  #handOut(): void {
    while (this.#waiting.length > 0) {
      if ([...this.#threads].every(({ jobs }) => jobs.size > 0)) this.start();
      const [thread] = [...this.#threads]
        .filter((each) => this.#hasRoom(each))
        .sort((a, b) => a.jobs.size - b.jobs.size);
      const job = thread && this.#waiting.shift();
      if (!job) return;
      thread.jobs.set(job.question.number, job);
      thread.worker.postMessage(job.question);
      this.#watch(thread, job);
    }
  }

  #hasRoom({ jobs }: Thread): boolean {
    return jobs.size < this.#options.atOnce;
  }

  /** From now on the job's clock is that of its work. Loading the thread's code does not count. */
  #watch(thread: Thread, job: Job): void {
    clearTimeout(job.timer);
    if (!thread.isReady) return;
    job.timer = setTimeout(() => {
      // When this thread itself was held up, the answer may be here already: messages come first.
      setImmediate(() => {
        if (!thread.jobs.delete(job.question.number)) return;
        settle(job, { fault: OVERDUE });
        this.#end(thread);
      });
    }, this.#times.endMs * this.#options.patience);
  }

  #receive(thread: Thread, reply: Reply): void {
    if ('ready' in reply) {
      thread.isReady = true;
      for (const job of thread.jobs.values()) this.#watch(thread, job);
      return;
    }
    const job = thread.jobs.get(reply.number);
    thread.jobs.delete(reply.number);
    if (job) settle(job, 'fault' in reply ? { fault: reply.fault } : { value: reply.value as never });
    this.#handOut();
  }

  #giveUp(job: Job): void {
    const place = this.#waiting.indexOf(job);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    settle(job, { fault: BUSY });
  }

  /** Ends a thread. Its other jobs begin anew elsewhere; code that does not even load would fail for ever. */
  #end(thread: Thread, fault?: Fault): void {
    if (!this.#threads.delete(thread)) return;
    const jobs = [...thread.jobs.values()];
    thread.jobs.clear();
    for (const job of jobs) clearTimeout(job.timer);
    if (fault) for (const job of jobs) settle(job, { fault });
    else this.#waiting.unshift(...jobs);
    this.#ending++;
    void thread.worker.terminate().finally(() => {
      this.#ending--;
      if (!this.#isClosed) this.#handOut();
    });
  }
}

function settle({ timer, resolve }: Job, outcome: Outcome<never>): void {
  clearTimeout(timer);
  resolve(outcome);
}
