import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, openReadOnly } from '#db/client.ts';
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
  const count = (sql: string) => Number(db.$client.prepare(sql).pluck().get());
  progress('reading the site for the first time …');
  await waitFor(
    'the first run',
    () => count("SELECT count(*) FROM ingest_runs WHERE state = 'succeeded'") || undefined,
  );
  const waiting = `SELECT (SELECT max(seq) FROM changes WHERE subject = 'notice') > min(CAST(value AS INTEGER)) FROM states`;
  await waitFor('the index', () => count(`${waiting} WHERE key LIKE '%.cursor'`) === 0 || undefined);
  const web = await startWeb(workspace, directory);
  return { feed, db, url: web.url };
}

/** Has a notice published and follows it to its page and into search. */
async function follow({ feed, db, url }: Rig): Promise<Trial> {
  const newest = Number(db.$client.prepare(`SELECT max(seq) FROM changes WHERE subject = 'notice'`).pluck().get());
  const answer = once(feed, 'message');
  feed.send('publish');
  await answer;
  const shown = Date.now();
  const passed = () => (Date.now() - shown) / 1000;
  const find = db.$client.prepare<[number], { id: string; title: string }>(
    `SELECT n.id, n.title FROM changes c JOIN published_notices n ON n.id = c.subject_id
     WHERE c.subject = 'notice' AND c.seq > ? LIMIT 1`,
  );
  const { id, title } = await waitFor('the notice in the database', () => find.get(newest));
  const stored = passed();
  const isPage = async () => (await fetch(url + noticeUrl(id))).status === 200 || undefined;
  const search = `${url}/api/v1${searchUrl({ q: title })}`;
  const isFound = async () => (await (await fetch(search)).text()).includes(id) || undefined;
  const [onPage, searchable] = await Promise.all([
    waitFor(`the page of ${title}`, isPage).then(passed),
    waitFor(`${title} in search`, isFound).then(passed),
  ]);
  const finish = db.$client
    .prepare<[string], string | null>(
      'SELECT r.finished_at FROM ingest_runs r JOIN raw_items i ON i.run_id = r.id WHERE i.notice_id = ?',
    )
    .pluck();
  const finished = await waitFor('the end of the run', () => finish.get(id) ?? undefined);
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
