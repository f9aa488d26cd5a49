import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '#db/client.ts';
import { demoKey, demoSources } from '#scripts/demo/sources.ts';
import { commandActor } from '#src/domain/actors.ts';
import { DetailPool } from '#src/ingest/details/pool.ts';
import { createFetcher } from '#src/ingest/fetch.ts';
import { runSource } from '#src/ingest/pipeline.ts';
import { seedSources } from '#src/ingest/sources.ts';
import { importFile } from '#src/server/push/bulk/import.ts';
import { type IssuedKey, issueKey } from '#src/server/push/keys.ts';
import { formatNumber, formatRange, median, type Part } from '../figures.ts';
import { insertRaw, readWritten } from '../ingest/raw-insert.ts';
import { startWeb } from '../web.ts';
import { progress, type Workspace } from '../workspace.ts';
import { readItems } from './items.ts';
import { sendItems } from './sender.ts';

const SITE = 'http://portal.example';
const BATCH = 5_000;
/** Whose key signs: the city's, which speaks for all of its counties. */
const OWNER = 'jining';

/** What counties push in this part: the notices of one demonstration site. */
async function collectItems(workspace: Workspace, quick: boolean): Promise<object[]> {
  const { report: url, stop } = await workspace.startScript('scripts/demo-feeds.ts', [], { DEMO_PORT: '0' });
  const db = openDatabase(join(workspace.makeDirectory('push-items'), 'tongming.db'));
  seedSources(db, demoSources(url));
  const fetcher = createFetcher({ allowPrivate: [new URL(url).host], backoffMs: 20 });
  const pool = new DetailPool();
  for (const county of quick ? (['zoucheng'] as const) : (['zoucheng', 'weishan', 'yanzhou'] as const)) {
    await runSource(db, demoKey(county), { fetcher, pool });
  }
  const items = readItems(db);
  await Promise.all([pool.close(), fetcher.close(), stop()]);
  db.$client.close();
  return items;
}

async function sendAll(url: string, key: IssuedKey, items: readonly object[]): Promise<number> {
  const began = performance.now();
  for (let start = 0; start < items.length; start += BATCH)
    await sendItems(url, key, items.slice(start, start + BATCH));
  return items.length / ((performance.now() - began) / 1000);
}

/** The same items as a file, taken in by `npm run import`. Notices a second. */
async function importAll(directory: string, items: readonly object[]): Promise<number> {
  const path = join(directory, 'items.ndjson');
  writeFileSync(path, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
  const db = openDatabase(join(directory, 'imported.db'));
  const began = performance.now();
  const { tally } = await importFile(db, {
    kind: 'notices',
    county: OWNER,
    path,
    actor: commandActor('import', 'bench'),
  });
  const seconds = (performance.now() - began) / 1000;
  db.$client.close();
  if (tally.created !== items.length) throw new Error(`imported ${JSON.stringify(tally)} of ${items.length}`);
  return items.length / seconds;
}

/** One round on new databases: notices a second through push and import, and of the raw insert of the rows that the push wrote. */
async function runRound(workspace: Workspace, number: number, items: readonly object[]) {
  const directory = workspace.makeDirectory(`push-${number}`);
  const db = openDatabase(join(directory, 'tongming.db'));
  const key = issueKey(db, OWNER, SITE, new Date().toISOString());
  const web = await startWeb(workspace, directory, { SEARCH_ENGINE: 'off', SITE_URL: SITE });
  // The writing thread and its pool start with the first push.
  await sendItems(web.url, key, [{ ...items[0], id: 'warm-up', title: '预热用的一条公告' }]);
  const push = await sendAll(web.url, key, items.slice(1));
  await web.stop();
  const imported = await importAll(directory, items);
  const raw = insertRaw(join(directory, 'raw.db'), db, readWritten(db), 100);
  db.$client.close();
  return { push, imported, raw };
}

/** How fast signed pushes are taken in, against the bare insert of what is stored of them. */
export const push: Part = {
  key: 'h',
  title: 'Signed push through the HTTP server against a raw insert of the same rows',
  async run({ quick, workspace }) {
    progress('reading a site for notices to push …');
    const items = await collectItems(workspace, quick);
    const rounds = [];
    for (let number = 1; number <= (quick ? 1 : 3); number++) {
      progress(`round ${number}: pushing ${items.length} notices …`);
      rounds.push(await runRound(workspace, number, items));
    }
    const rows = [
      { what: 'signed push', values: rounds.map((round) => round.push) },
      { what: 'import of the same as a file', values: rounds.map((round) => round.imported) },
      { what: 'raw insert, 100 a transaction', values: rounds.map((round) => round.raw) },
    ];
    console.table(
      rows.map(({ what, values }) => ({
        what,
        'notices/s': formatNumber(median(values)),
        range: formatRange(values),
      })),
    );
    return [
      {
        name: 'signed push ÷ raw insert',
        values: rounds.map((round) => round.push / round.raw),
        aim: { atLeast: 0.25 },
      },
      {
        name: 'import ÷ signed push, notices a second',
        values: rounds.map((round) => round.imported / round.push),
        aim: { atLeast: 3 },
      },
    ];
  },
};
