import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { type Db, openDatabase, openReadOnly } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { readEpoch } from '#db/epoch.ts';
import { defineQuery } from '#db/query.ts';
import { noticeVersions, publishedNotices } from '#db/schema/index.ts';
import { readPosition } from '#src/publish/changes/follow.ts';
import { writeBackup } from '#src/server/backup/write.ts';
import { type IssuedKey, issueKey } from '#src/server/push/keys.ts';
import { findEngines } from '#src/server/search/process.ts';
import type { FeedServer } from '#tests/support/feed-server.ts';
import { makeNotice, signPush, toLines } from '#tests/support/push-client.ts';
import { endOfChanges } from '#tests/support/rows.ts';
import { testSource } from '#tests/support/test-feed.ts';
import type { ChangingFeed } from './changing-feed.ts';
import { Child, type ChildEnd } from './child.ts';
import { verifyFile } from './content.ts';
import { killEngine, secondsUntil } from './engine-state.ts';
import type { Trial } from './harness.ts';

const FIND_CONTENT = defineQuery((db, p: Params<{ itemId: string }>) =>
  db
    .select({ content: noticeVersions.content })
    .from(publishedNotices)
    .innerJoin(
      noticeVersions,
      and(eq(noticeVersions.noticeId, publishedNotices.id), eq(noticeVersions.version, publishedNotices.version)),
    )
    .where(eq(publishedNotices.sourceItemId, p.itemId)),
);

const SITE = 'http://duo.example';
const PATIENCE_S = 120;
/** A control need not wait that long. */
const CONTROL_PATIENCE_S = 40;
const ANSWER_LIMIT_MS = 60_000;

export type Role = 'web' | 'worker';
const ROLES: readonly Role[] = ['worker', 'web'];

/** Worker and web as two services on one data directory, a county that pushes and a site that is read. */
export class Duo {
  readonly breaches: string[] = [];
  /** How often each kind of answer to a push was seen. */
  readonly answers: Record<string, number> = {};
  slowest = 0;
  readonly dataDir: string;
  readonly path: string;
  readonly feed: ChangingFeed;
  /** Milliseconds that the services' clock is ahead. */
  clock = 0;
  readonly #trial: Trial;
  readonly #server: FeedServer;
  readonly #services = new Map<Role, Child>();
  #key: IssuedKey | undefined;
  #url = '';
  #pushed = 0;
  /** Round by number of a notice, as it was acknowledged last. */
  #acknowledged = new Map<number, number>();
  #inBackup = new Map<number, number>();

  constructor(trial: Trial, dataDir: string, server: FeedServer, feed: ChangingFeed) {
    this.#trial = trial;
    this.#server = server;
    this.feed = feed;
    this.dataDir = dataDir;
    this.path = join(dataDir, 'tongming.db');
  }

  get #environment(): Record<string, string> {
    return {
      DATA_DIR: this.dataDir,
      DEMO: 'false',
      SITE_URL: SITE,
      ALLOWED_HOSTS: '127.0.0.1',
      HOST: '0.0.0.0',
      PORT: '0',
      MEILI_PORT: '0',
      LOG_LEVEL: 'silent',
      SOURCES_FILE: join(this.dataDir, 'sources.json'),
      FEED_ALLOW_PRIVATE: this.#server.host,
      FAULT_CLOCK: join(this.dataDir, 'clock'),
    };
  }

  get backup(): string {
    return join(this.dataDir, 'backups', 'copy.db');
  }

  /** @throws Error when the services do not even start undisturbed */
  async start(): Promise<void> {
    mkdirSync(this.dataDir, { recursive: true });
    this.read((db) => {
      this.#key = issueKey(db, 'qufu', SITE, new Date().toISOString());
    }, openDatabase);
    const source = testSource(this.#server.url, { schedule: '* * * * * *' });
    writeFileSync(join(this.dataDir, 'sources.json'), JSON.stringify([source]));
    for (const role of ROLES) await this.startService(role);
    await this.push();
  }

  async stop(): Promise<void> {
    for (const role of ROLES) await this.stopService(role, 'SIGKILL');
    killEngine(this.dataDir, 'SIGKILL');
  }

  /** Runs one of the product's scripts to its end. */
  run(script: string, ...parameters: string[]): Child {
    return new Child(`../../../scripts/${script}.ts`, parameters, {
      plant: this.#trial.plant,
      environment: this.#environment,
      imports: ['service-preload.ts'],
    });
  }

  async startService(role: Role): Promise<void> {
    const child = this.run(role);
    this.#services.set(role, child);
    const port = await child.report();
    if (role === 'web') this.#url = `http://127.0.0.1:${port}`;
  }

  async stopService(role: Role, signal: NodeJS.Signals = 'SIGTERM'): Promise<ChildEnd | undefined> {
    const child = this.#services.get(role);
    this.#services.delete(role);
    child?.kill(signal);
    return child?.ended;
  }

  get url(): string {
    return this.#url;
  }

  /** What it reads of the database, on a connection of its own. */
  read<Value>(query: (db: Db) => Value, open: (path: string) => Db = openReadOnly): Value {
    const db = open(this.path);
    try {
      return query(db);
    } finally {
      db.$client.close();
    }
  }

  setClock(offset: number): void {
    this.clock = offset;
    writeFileSync(join(this.dataDir, 'clock'), String(offset));
  }

  /** Pushes a notice, new or changed. Returns the status; what is answered 200 may never be lost. */
  async push(): Promise<number> {
    const round = this.#pushed++;
    const number = round % 40;
    const item = makeNotice(number, { bodyHtml: `<p>第 ${round} 次推送，预算金额：${round + 1} 万元</p>` });
    if (!this.#key) throw new Error('not started');
    const { path, headers, body } = await signPush(this.#key, toLines([item]), { ageMs: -this.clock });
    const status = await fetch(this.#url + path, {
      method: 'POST',
      headers,
      body: body as string,
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    })
      .then(async (response) => {
        await response.text();
        if (response.status >= 500 && !response.headers.has('retry-after')) return -response.status;
        return response.status;
      })
      .catch(() => 0);
    this.answers[status] = (this.answers[status] ?? 0) + 1;
    if (status === 200) this.#acknowledged.set(number, round);
    return status;
  }

  async ask(path: string): Promise<number> {
    const response = await fetch(this.#url + path, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    await response.arrayBuffer();
    return response.status;
  }

  async makeBackup(): Promise<void> {
    await writeBackup(this.path, this.backup);
    this.#inBackup = new Map(this.#acknowledged);
  }

  /** From here on only what the backup holds counts as acknowledged. */
  forgetSinceBackup(): void {
    this.#acknowledged = new Map(this.#inBackup);
  }

  get epoch(): string {
    return this.read(readEpoch);
  }

  /** Left alone, both services must be at work again: pushes are taken, the site is read, the index follows. */
  async settle(name: string): Promise<void> {
    this.feed.add(2);
    this.feed.correct(1);
    const isWell = async () => (await this.push()) === 200 && this.#findBehind() === undefined;
    const seconds = await secondsUntil(isWell, this.#trial.plant ? CONTROL_PATIENCE_S : PATIENCE_S);
    this.slowest = Math.max(this.slowest, seconds ?? PATIENCE_S);
    if (seconds === undefined)
      this.breaches.push(`${name}: not well again: ${this.#findBehind() ?? 'no push is taken'}`);
    await this.inspect(name);
  }

  /** What must hold at any moment. */
  async inspect(name: string): Promise<void> {
    const lost = this.#findLost();
    if (lost.length > 0)
      this.breaches.push(`${name}: ${lost.length} acknowledged pushes lost, first: ${lost[0]?.join(' round ')}`);
    for (const breach of await verifyFile(this.path)) {
      // Whether a lease still holds is judged here by the real clock, not by that of the services.
      const isOfClock = this.clock !== 0 && breach.startsWith('verify runs:');
      if (!isOfClock) this.breaches.push(`${name}: ${breach}`);
    }
    const engines = findEngines(this.dataDir).length;
    if (engines > 1) this.breaches.push(`${name}: ${engines} engines on one index`);
  }

  #findLost(): [number, number][] {
    return this.read((db) => {
      const roundOf = (number: number) => {
        const content = FIND_CONTENT.first(db, { itemId: `QF-${number}` })?.content;
        return Number(/第 (\d+) 次推送/.exec(content ?? '')?.[1] ?? -1);
      };
      return [...this.#acknowledged].filter(([number, round]) => roundOf(number) < round);
    });
  }

  /** What has not arrived yet, in a few words. */
  #findBehind(): string | undefined {
    return this.read((db) => {
      const wanted = this.feed.items.filter(({ withdrawn }) => !withdrawn);
      const missing = wanted.filter(({ id }) => !FIND_CONTENT.first(db, { itemId: id }));
      if (missing.length > 0) return `${missing.length} items of the site are not here`;
      const end = endOfChanges(db);
      const cursor = readPosition(db, 'builtInIndex');
      return cursor < end ? `the index stands at ${cursor} of ${end}` : undefined;
    });
  }
}
