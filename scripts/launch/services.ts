import { type Db, openDatabase } from '#db/client.ts';
import { defineQuery } from '#db/query.ts';
import { sources } from '#db/schema/index.ts';
import { FileStore } from '#src/attachments/store.ts';
import { GENERAL_ARTICLES } from '#src/content/general.ts';
import type { RunProgress } from '#src/ingest/pipeline.ts';
import { seedArticles } from '#src/publish/articles/seed.ts';
import { getWorkingCalendar } from '#src/server/calendar.ts';
import type { Config } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { isDemo } from '#src/server/demo.ts';
import { stopStaleEngines } from '#src/server/search/process.ts';
import { renewHashes } from '#src/server/subscriptions/notifier.ts';
import { loadTokenKey } from '#src/server/subscriptions/tokens.ts';
import { attachmentUrl } from '#src/staff/drafts/to-notice.ts';
import { loadDemoArticles } from '../demo/articles/load.ts';
import { loadDemoDrafts } from '../demo/drafts/load.ts';
import { loadDemoExposures } from '../demo/exposure-desk.ts';
import { computeFigures } from '../demo/figures.ts';
import { loadDemo } from '../demo/load.ts';
import { createPastRequests } from '../demo/past-requests.ts';
import { publishDemoReport } from '../demo/reports.ts';
import { createDemoStaff } from '../demo/staff.ts';
import { createDemoSubmissions } from '../demo/submissions.ts';
import { loadDemoWork } from '../demo/work.ts';

import { claimRole } from './claims.ts';
import { createProgress } from './progress.ts';
import { type Supervised, supervise } from './supervise.ts';

const FIND_SOURCE = defineQuery((db) => db.select({ key: sources.key }).from(sources).limit(1));

/** Why the product cannot start; the message says what to do about it. */
export class StartError extends Error {}

/** The processes that make up the product on one machine. */
export class Services {
  readonly #config: Config;
  readonly #onFatal: () => void;
  readonly #running: Supervised[] = [];
  readonly #stopping = new AbortController();
  /** A person watches: by default the services say only what is wrong. */
  readonly #environment: NodeJS.ProcessEnv = { LOG_LEVEL: 'warn', ...process.env };

  /** @param onFatal called when a service has given up for good. */
  constructor(config: Config, onFatal: () => void) {
    this.#config = config;
    this.#onFatal = onFatal;
  }

  /** Runs a script under supervision. Resolves to what it reports once it is ready. */
  start(script: string): Promise<string> {
    this.#stopping.signal.throwIfAborted();
    const service = supervise(script, this.#environment, this.#onFatal);
    this.#running.push(service);
    return service.ready;
  }

  /**
   * Brings the database up to date and starts the worker; with DEMO, the demonstration's sites before it, and its notices.
   * @throws StartError when the database is not for this setting.
   */
  async prepare(): Promise<void> {
    const db = openDatabase(databasePath());
    try {
      assertFits(db, this.#config.DEMO);
      if (this.#config.DEMO) {
        await this.#demonstrate(db);
        seedArticles(db, GENERAL_ARTICLES, new Date().toISOString());
        await loadDemoArticles(db, this.#config.DATA_DIR, new Date().toISOString());
        await createDemoStaff(db, new Date().toISOString());
        const { DATA_DIR, CLAMAV_SOCKET: scanner } = this.#config;
        const intake = { store: new FileStore(DATA_DIR), scanner };
        await loadDemoDrafts(db, new Date().toISOString(), { intake, urlOf: attachmentUrl(this.#config.SITE_URL) });
        loadDemoWork(db, new Date().toISOString());
        renewHashes(db, loadTokenKey(DATA_DIR));
        await loadDemoExposures(db, getWorkingCalendar(), new Date().toISOString());
        await createDemoSubmissions(db, this.#config.DATA_DIR, new Date().toISOString());
        await createPastRequests(db, this.#config.DATA_DIR);
        await publishDemoReport(db, new Date().toISOString());
        const computing = createProgress('Computing statistics', 'projects');
        await computeFigures(db, { signal: this.#stopping.signal, onProgress: computing.show });
        computing.stop();
      }
    } finally {
      db.$client.close();
    }
    await this.start('scripts/worker.ts');
  }

  async #demonstrate(db: Db): Promise<void> {
    const url = await this.start('scripts/demo-feeds.ts');
    this.#environment.FEED_ALLOW_PRIVATE = [...this.#config.FEED_ALLOW_PRIVATE, new URL(url).host].join(',');
    const reading = createProgress('Reading the demonstration sites', 'notices');
    const indexing = createProgress('Indexing', 'notices');
    const sites = new Map<string, RunProgress>();
    await loadDemo(db, {
      url,
      minutes: this.#config.DEMO_MINUTES,
      signal: this.#stopping.signal,
      onProgress(progress) {
        sites.set(progress.sourceKey, progress);
        const all = [...sites.values()];
        const fetched = sum(all.map((site) => site.fetched));
        reading.show(fetched, sum(all.map((site) => Math.max(site.total ?? 0, site.fetched))));
      },
      onIndex(done, total) {
        reading.stop();
        indexing.show(done, total);
      },
    });
    reading.stop();
    indexing.stop();
  }

  /** Stops everything at once: a terminal's Ctrl-C reaches every process, and none may be started again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running.map((service) => service.stop()));
    // A worker that had to be killed has left its engine behind. While another one works, the engine is that one's.
    const release = claimRole('worker', this.#config.DATA_DIR);
    if (release) await stopStaleEngines(this.#config.DATA_DIR).finally(release);
  }
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

function assertFits(db: Db, demo: boolean): void {
  const demonstrates = isDemo(db);
  const isUsed = FIND_SOURCE.first(db) !== undefined;
  if (!demo && demonstrates)
    throw new StartError('The database holds the demonstration: run npm run demo:clear first.');
  if (demo && !demonstrates && isUsed) {
    throw new StartError('The database holds real sources: start with DEMO=false, or with another DATA_DIR.');
  }
}
