import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { and, count, eq, gt, like, max, sql } from 'drizzle-orm';
import { type Db, openReadOnly } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { changes, ingestRuns, keyValues, publishedNotices, rawItems } from '#db/schema/index.ts';
import { demoKey, demoSources } from '#scripts/demo/sources.ts';
import { noticeUrl, searchUrl } from '#src/domain/site/urls.ts';
import { type Figure, formatNumber, formatRange, median, type Part } from '../figures.ts';
import { startWeb } from '../web.ts';
import { progress, type Workspace } from '../workspace.ts';
import { SITE } from './site.ts';

/** Milliseconds between two looks. */
const LOOK_MS = 25;
const PATIENCE_MS = 60_000;
const EVERY_SECOND = '* * * * * *';

const COUNT_RUNS = defineQuery((db) =>
  db.select({ total: count() }).from(ingestRuns).where(eq(ingestRuns.state, 'succeeded')),
);
const LAST_CHANGE = defineQuery((db) =>
  db
    .select({ seq: max(changes.seq) })
    .from(changes)
    .where(eq(changes.subject, 'notice')),
);
/** Where the index that is furthest behind stands. */
const CURSOR = defineQuery((db) =>
  db
    .select({ seq: sql<number | null>`min(CAST(${keyValues.value} AS INTEGER))` })
    .from(keyValues)
    .where(like(keyValues.key, '%.cursor')),
);
const NEXT = defineQuery((db, p: Params<{ seq: number }>) =>
  db
    .select({ id: publishedNotices.id, title: publishedNotices.title })
    .from(changes)
    .innerJoin(publishedNotices, eq(publishedNotices.id, changes.subjectId))
    .where(and(eq(changes.subject, 'notice'), gt(changes.seq, p.seq)))
    .limit(1),
);
const FIND_RUN = defineQuery((db, p: Params<{ noticeId: string }>) =>
  db
    .select({ finishedAt: ingestRuns.finishedAt })
    .from(ingestRuns)
    .innerJoin(rawItems, eq(rawItems.runId, ingestRuns.id))
    .where(eq(rawItems.noticeId, p.noticeId)),
);

/** The way of one notice, in seconds since the feed showed it. */
interface Trial {
  stored: number;
  runFinished: number;
  onPage: number;
  searchable: number;
}

interface Rig {
  feed: ChildProcess;
  db: Db;
  url: string;
}

/** Looks again and again. @throws Error when nothing is found for a minute. */
async function waitFor<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(LOOK_MS);
  }
  throw new Error(`waited a minute for ${what}`);
}

/** Feed, worker and web as processes of their own, with the feed's first notices read and indexed. */
async function startRig(workspace: Workspace): Promise<Rig> {
  const directory = workspace.makeDirectory('freshness');
  const { child: feed, report: url } = await workspace.startScript('scripts/bench/freshness/feed.ts', []);
  const sources = join(directory, 'sources.json');
  const source = demoSources(url).find(({ key }) => key === demoKey(SITE));
  writeFileSync(sources, JSON.stringify([{ ...source, schedule: EVERY_SECOND }]));
  await workspace.startScript('scripts/worker.ts', [], {
    DATA_DIR: directory,
    DEMO: 'false',
    SOURCES_FILE: sources,
    FEED_ALLOW_PRIVATE: new URL(url).host,
    MEILI_PORT: '0',
    LOG_LEVEL: 'error',
  });
  const db = openReadOnly(join(directory, 'tongming.db'));
  workspace.onClose(() => void db.$client.close());
  progress('reading the site for the first time …');
  await waitFor('the first run', () => COUNT_RUNS.first(db)?.total || undefined);
  const isBehind = () => (LAST_CHANGE.first(db)?.seq ?? 0) > (CURSOR.first(db)?.seq ?? 0);
  await waitFor('the index', () => !isBehind() || undefined);
  const web = await startWeb(workspace, directory);
  return { feed, db, url: web.url };
}

/** Has a notice published and follows it to its page and into search. */
async function follow({ feed, db, url }: Rig): Promise<Trial> {
  const seq = LAST_CHANGE.first(db)?.seq ?? 0;
  const answer = once(feed, 'message');
  feed.send('publish');
  await answer;
  const shown = Date.now();
  const passed = () => (Date.now() - shown) / 1000;
  const { id, title } = await waitFor('the notice in the database', () => NEXT.first(db, { seq }));
  const stored = passed();
  const isPage = async () => (await fetch(url + noticeUrl(id))).status === 200 || undefined;
  const search = `${url}/api/v1${searchUrl({ q: title })}`;
  const isFound = async () => (await (await fetch(search)).text()).includes(id) || undefined;
  const [onPage, searchable] = await Promise.all([
    waitFor(`the page of ${title}`, isPage).then(passed),
    waitFor(`${title} in search`, isFound).then(passed),
  ]);
  const finish = () => FIND_RUN.first(db, { noticeId: id })?.finishedAt ?? undefined;
  const finished = await waitFor('the end of the run', finish);
  return { stored, runFinished: (Date.parse(finished) - shown) / 1000, onPage, searchable };
}

function printTable(trials: readonly Trial[]): void {
  const row = (what: string, pick: (trial: Trial) => number) => {
    const values = trials.map(pick);
    return {
      what,
      'median s': formatNumber(median(values)),
      'max s': formatNumber(Math.max(...values)),
      range: formatRange(values),
    };
  };
  console.table([
    row('shown by the feed → stored', ({ stored }) => stored),
    row('shown by the feed → run finished', ({ runFinished }) => runFinished),
    row('shown by the feed → on its page', ({ onPage }) => onPage),
    row('shown by the feed → searchable', ({ searchable }) => searchable),
  ]);
  console.log('  The worker asks the feed every second; page and search are looked at over HTTP every 25 ms.');
}

/** How soon a notice that a feed shows can be read and found. */
export const freshness: Part = {
  key: 'd',
  title: 'Freshness: from the feed to the page and into search, through the real worker and web processes',
  async run({ quick, workspace }) {
    const rig = await startRig(workspace);
    const count = quick ? 3 : 10;
    const trials: Trial[] = [];
    for (let number = 1; number <= count; number++) {
      await sleep(Math.random() * 1000);
      trials.push(await follow(rig));
      progress(`notice ${number} of ${count} is found`);
    }
    printTable(trials);
    const behind = trials.map(({ onPage, searchable, runFinished }) =>
      Math.max(0, Math.max(onPage, searchable) - runFinished),
    );
    return [
      { name: 'seconds from a finished run to page and search', values: behind },
      { name: 'the longest of them', values: [Math.max(...behind)], aim: { atMost: 5 } },
    ] satisfies Figure[];
  },
};
