import { Cron } from 'croner';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import type { RunOptions } from '#src/ingest/pipeline.ts';
import { listScheduledSources } from '#src/ingest/sources.ts';

const ZONE = 'Asia/Shanghai';
/** Weekly look at two months, for what was published late under an old date; monthly look at everything, for what is gone. */
const SWEEP = '20 3 * * 0';
const SWEEP_DAYS = 60;
const FULL = '20 2 1 * *';

interface Parts {
  db: Db;
  log: Logger;
  /** Begins a run. */
  start(key: string, extra?: Pick<RunOptions, 'since' | 'full'>): void;
  /** Called for a source that has no turn yet: one that was never read need not wait for it. */
  onNew(key: string): void;
}

/** The turns of the sources that are read. Staff enter, pause and resume sources while the worker runs: it follows. */
export class Schedules {
  readonly #parts: Parts;
  readonly #jobs = new Map<string, { schedule: string; jobs: Cron[] }>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.follow();
  }

  /** Gives sources that have come their turns, and takes them from those that are read no more. */
  follow(): void {
    const wanted = new Map(listScheduledSources(this.#parts.db).map(({ key, schedule }) => [key, schedule]));
    for (const [key, { schedule }] of this.#jobs) if (wanted.get(key) !== schedule) this.#drop(key);
    for (const [key, schedule] of wanted) {
      if (this.#jobs.has(key)) continue;
      this.#jobs.set(key, { schedule, jobs: this.#plan(key, schedule) });
      this.#parts.onNew(key);
    }
  }

  stop(): void {
    for (const key of [...this.#jobs.keys()]) this.#drop(key);
  }

  #plan(key: string, schedule: string): Cron[] {
    const { log, start } = this.#parts;
    const options = { timezone: ZONE, catch: (error: unknown) => log.error({ source: key, error }, 'schedule failed') };
    return [
      new Cron(schedule, options, () => start(key)),
      new Cron(SWEEP, options, () => start(key, { since: formatDate(addDays(new Date().toISOString(), -SWEEP_DAYS)) })),
      new Cron(FULL, options, () => start(key, { full: true })),
    ];
  }

  #drop(key: string): void {
    for (const job of this.#jobs.get(key)?.jobs ?? []) job.stop();
    this.#jobs.delete(key);
  }
}
