import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { fromFault } from './faults.ts';
import type { Report } from './pool-thread.ts';
import { ItemRejectedError } from './reasons.ts';

/** Time for one item. A large notice takes some tens of milliseconds; what takes this long was made to. */
const LIMIT_MS = 10_000;
const MOST_THREADS = 4;
/** Items given to a thread at a time: more than a transaction, so that it goes on working while this thread stores one. */
const DEPTH = 128;
/** Room for the trees of the largest page that is read; a thread that needs more ends, and its item is refused. */
const HEAP_MB = 512;

export interface PoolOptions {
  /** By default one fewer than the machine has processors: this thread fetches and stores. */
  threads?: number;
  /** Milliseconds after which an item is refused and its thread replaced. */
  limitMs?: number;
  /** Module that the threads run: it answers tasks, see `answerTasks`. */
  entry: URL;
  /** What every thread gets once, as its `workerData`. */
  data?: unknown;
}

/** There are no threads: an item that meets this has not been judged. */
export class PoolClosedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PoolClosedError';
  }
}

interface Job<Task, Done> {
  task: Task;
  resolve: (done: Done) => void;
  reject: (error: Error) => void;
}

interface Thread<Task, Done> {
  worker: Worker;
  isReady: boolean;
  /** The one being worked on comes first. */
  jobs: Job<Task, Done>[];
  timer: NodeJS.Timeout | undefined;
}

/**
 * Threads that read and judge items, each a task. An item that takes too long, or whose thread dies, is refused with the reason; its thread is
 * replaced and the other items go on (docs/feeds.md#bodies).
 */
export class ItemPool<Task, Done extends { error?: unknown }> {
  readonly #limitMs: number;
  readonly #entry: URL;
  readonly #data: unknown;
  readonly #waiting: Job<Task, Done>[] = [];
  readonly #most: number;
  readonly #threads = new Set<Thread<Task, Done>>();
  #closed: PoolClosedError | undefined;

  constructor({ threads, limitMs = LIMIT_MS, entry, data }: PoolOptions) {
    this.#limitMs = limitMs;
    this.#entry = entry;
    this.#data = data;
    this.#most = threads ?? Math.min(Math.max(availableParallelism() - 1, 1), MOST_THREADS);
  }

  /**
   * Does a task; what is refused by its own contents has an `error`.
   * @throws FeedFormatError when a detail page is not what it should be, ItemRejectedError when the item takes too long,
   * PoolClosedError when there are no threads.
   */
  run(task: Task): Promise<Done> {
    if (this.#closed) return Promise.reject(this.#closed);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject });
      this.#handOut();
    });
  }

  /** Ends the threads, and with them all items that are still open. */
  async close(): Promise<void> {
    await this.#end(new PoolClosedError('the pool was closed'));
  }

  async #end(reason: PoolClosedError): Promise<void> {
    this.#closed ??= reason;
    const threads = [...this.#threads];
    this.#threads.clear();
    const open = [...threads.flatMap(({ jobs }) => jobs.splice(0)), ...this.#waiting.splice(0)];
    for (const { timer } of threads) clearTimeout(timer);
    for (const { reject } of open) reject(this.#closed);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #start(): void {
    const worker = new Worker(this.#entry, {
      workerData: this.#data,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    const thread: Thread<Task, Done> = { worker, isReady: false, jobs: [], timer: undefined };
    worker.on('message', (report: Report<Done>) => this.#receive(thread, report));
    worker.on('error', (error) => {
      // Code that does not even load would fail for ever.
      if (!thread.isReady) void this.#end(new PoolClosedError(`the threads do not start: ${error.message}`));
      else this.#replace(thread, isOutOfMemory(error) ? refusal('内容过于复杂：处理它需要的内存超过限度') : error);
    });
    this.#threads.add(thread);
  }

  /** Gives waiting jobs to the least busy threads. Threads start with the first jobs: a worker without work has none. */
  #handOut(): void {
    for (;;) {
      const isBusy = [...this.#threads].every(({ jobs }) => jobs.length > 0);
      if (isBusy && this.#waiting.length > 0 && this.#threads.size < this.#most) this.#start();
      const [thread] = [...this.#threads].filter(({ jobs }) => jobs.length < DEPTH).sort(byLoad);
      const job = thread && this.#waiting.shift();
      if (!job) return;
      thread.jobs.push(job);
      thread.worker.postMessage(job.task);
      if (thread.jobs.length === 1) this.#watch(thread);
    }
  }

  #receive(thread: Thread<Task, Done>, report: Report<Done>): void {
    if (report.kind === 'ready') {
      thread.isReady = true;
      this.#watch(thread);
      return;
    }
    const job = thread.jobs.shift();
    if (report.kind === 'failed') job?.reject(fromFault(report.fault));
    else if (report.kind === 'refused') job?.resolve({ ...report.done, error: fromFault(report.fault) });
    else job?.resolve(report.done);
    this.#watch(thread);
    this.#handOut();
  }

  /** Starts the clock of the item that a thread is working on. Loading its code does not count. */
  #watch(thread: Thread<Task, Done>): void {
    clearTimeout(thread.timer);
    const [job] = thread.jobs;
    if (!job || !thread.isReady) return;
    thread.timer = setTimeout(() => {
      // When this thread itself was held up, the result may be here already: messages come first.
      setImmediate(() => {
        if (thread.jobs[0] !== job) return;
        this.#replace(thread, refusal(`处理时间超过 ${this.#limitMs / 1000} 秒`));
      });
    }, this.#limitMs);
  }

  /** Ends a thread, refuses the item it was working on, and gives the others to the rest or to a new one. */
  #replace(thread: Thread<Task, Done>, error: Error): void {
    if (!this.#threads.delete(thread)) return;
    clearTimeout(thread.timer);
    void thread.worker.terminate();
    const [bad, ...others] = thread.jobs.splice(0);
    bad?.reject(error);
    this.#waiting.unshift(...others);
    this.#handOut();
  }
}

/** Nothing else ends a thread but what one item needs. */
const isOutOfMemory = (error: Error) => 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

function byLoad(a: { jobs: unknown[] }, b: { jobs: unknown[] }): number {
  return a.jobs.length - b.jobs.length;
}

function refusal(message: string): ItemRejectedError {
  return new ItemRejectedError([{ code: 'unprocessable', message }]);
}
