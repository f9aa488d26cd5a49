import { join } from 'node:path';
import pino from 'pino';
import { openDatabase } from '#db/client.ts';
import { parseConfig } from '#src/server/config.ts';
import { type Engine, startEngine } from '#src/server/search/engine.ts';
import { rebuildIndex } from '#src/server/search/indexer.ts';
import { readMasterKey } from '#src/server/search/process.ts';
import { INDEX_UID } from '#src/server/search/settings.ts';
import { type CorpusSite, makeCorpusSite } from '../corpus-site.ts';
import { type Figure, formatNumber, formatRange, median, type Part, percentile } from '../figures.ts';
import { startWeb } from '../web.ts';
import { progress, type Workspace } from '../workspace.ts';
import { type Ask, expectAnswer, runClients } from './clients.ts';
import { fillPlainIndex, PLAIN_INDEX } from './plain-index.ts';
import { type BenchQuery, makeQueries } from './queries.ts';

const CLIENTS = [1, 16] as const;
/** Questions between the first ones of two measurements: each measurement begins with questions that are not kept any more. */
const STRIDE = 1_500;

/** What the API is held against: the engine without Tongming, asked for the same content. */
const BASELINE = 'engine asked directly';

interface Target {
  name: typeof BASELINE | 'engine, ids only' | 'API on the engine' | 'API on FTS5';
  ask: Ask;
}

interface Measured extends Target {
  clients: (typeof CLIENTS)[number];
  /** Milliseconds of the answers of each round. */
  rounds: number[][];
}

/** Says after each fifth of the work how far it is. */
function everyFifth(count: number): (done: number) => void {
  let said = 0;
  return (done) => {
    const fifth = Math.floor((done * 5) / count);
    if (fifth !== said) progress(`${done} of ${count}`);
    said = fifth;
  };
}

/** Indexes the site's notices by the ordinary rebuild, in the built-in index and in the engine where there is one. */
async function indexSite(workspace: Workspace, { directory, corpus }: CorpusSite): Promise<Engine | null> {
  const count = corpus.length;
  const config = parseConfig({ ...process.env, DATA_DIR: directory, MEILI_PORT: '0' });
  const engine = await startEngine(config, pino({ level: 'warn' }));
  if (engine) workspace.onClose(() => engine.stop());
  const db = openDatabase(join(directory, 'tongming.db'));
  progress(`indexing ${count} notices, in the built-in index${engine ? ' and in the engine' : ''} …`);
  await rebuildIndex(db, engine, everyFifth(count));
  db.$client.close();
  if (engine) {
    progress('indexing their plain texts in the engine, for the baseline …');
    await fillPlainIndex(engine.client, corpus, everyFifth(count));
  }
  return engine;
}

/** Asks an index of the engine, with the bodies given. */
function askEngine(engine: Engine, directory: string, index: string, bodies: readonly string[]): Ask {
  const url = `${engine.url}/indexes/${index}/search`;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${readMasterKey(directory)}` };
  return (agent, number) =>
    expectAnswer(agent, url, '"totalHits"', { body: bodies[number % bodies.length] ?? '', headers });
}

function askApi(url: string, name: string, queries: readonly BenchQuery[]): Ask {
  return (agent, number) => expectAnswer(agent, url + queries[number % queries.length]?.address, `"engine":"${name}"`);
}

/** Every target in turn with one client and with sixteen, several times; the same questions for all, none twice in a row. */
async function measure(targets: readonly Target[], rounds: number, seconds: number): Promise<Measured[]> {
  const measured = CLIENTS.flatMap((clients) =>
    targets.map((target): Measured => ({ ...target, clients, rounds: [] })),
  );
  for (let round = 0; round <= rounds; round++) {
    progress(round === 0 ? 'warming up …' : `round ${round} of ${rounds} …`);
    // Which target comes first changes: the pages of the index that one has read are warm for the next.
    const order = round % 2 === 0 ? measured : measured.toReversed();
    for (const entry of order) {
      const start = (round * CLIENTS.length + CLIENTS.indexOf(entry.clients)) * STRIDE;
      const times = await runClients(entry.clients, seconds, start, entry.ask);
      if (round > 0) entry.rounds.push(times);
    }
  }
  return measured;
}

const shares = (entry: Measured, share: number) => entry.rounds.map((times) => percentile(times, share));

function ratios(over: Measured, under: Measured, share: number): number[] {
  const base = shares(under, share);
  return shares(over, share).map((value, round) => value / (base[round] ?? Number.NaN));
}

function printTable(measured: readonly Measured[], baselineOf: (entry: Measured) => Measured): void {
  console.table(
    measured.map((entry) => {
      const baseline = baselineOf(entry);
      const all = entry.rounds.flat();
      const p99 = ratios(entry, baseline, 0.99);
      return {
        answered: entry.name,
        clients: entry.clients,
        searches: all.length,
        'p50 ms': formatNumber(percentile(all, 0.5)),
        'p99 ms': formatNumber(percentile(all, 0.99)),
        'p50 ÷ first': formatNumber(median(ratios(entry, baseline, 0.5))),
        'p99 ÷ first': formatNumber(median(p99)),
        range: formatRange(p99),
      };
    }),
  );
}

/** A data directory of its own with the same database: a second web role on one directory is refused, and both are measured side by side. */
function copyDatabase(workspace: Workspace, directory: string): string {
  const copy = workspace.makeDirectory('search-built-in');
  const { $client: client } = openDatabase(join(directory, 'tongming.db'));
  client.prepare('VACUUM INTO ?').run(join(copy, 'tongming.db'));
  client.close();
  return copy;
}

/** How fast the search API answers through the HTTP server, against the engine asked directly. */
export const searchSpeed: Part = {
  key: 'b',
  title: 'Search API through the HTTP server against the engine asked directly',
  async run({ quick, workspace }) {
    const count = quick ? 10_000 : 100_000;
    const site = makeCorpusSite(workspace, count);
    const { directory, corpus } = site;
    const engine = await indexSite(workspace, site);
    const queries = makeQueries(corpus, 20_000);
    const targets: Target[] = [];
    if (engine) {
      const web = await startWeb(workspace, directory);
      const plain = queries.map((query) => query.plain);
      const idsOnly = queries.map((query) => query.idsOnly);
      targets.push({ name: BASELINE, ask: askEngine(engine, directory, PLAIN_INDEX, plain) });
      targets.push({ name: 'engine, ids only', ask: askEngine(engine, directory, INDEX_UID, idsOnly) });
      targets.push({ name: 'API on the engine', ask: askApi(web.url, 'meilisearch', queries) });
    } else console.log('No Meilisearch server on this machine: only the built-in index is measured.');
    const builtIn = await startWeb(workspace, copyDatabase(workspace, directory), { SEARCH_ENGINE: 'off' });
    targets.push({ name: 'API on FTS5', ask: askApi(builtIn.url, 'fts5', queries) });
    const measured = await measure(targets, quick ? 2 : 5, quick ? 2 : 4);
    const find = (name: Target['name'], clients: number) =>
      measured.find((entry) => entry.name === name && entry.clients === clients) as Measured;
    const first = targets[0]?.name ?? 'API on FTS5';
    printTable(measured, ({ clients }) => find(first, clients));
    console.log(
      `  ${queries.length} different searches over ${count} notices, so that no kept answer is asked for again. Directly: the plain texts in an index
  of the same engine, asked for what the API answers with (20 notices, marks, snippets, exact total, facets). Ids only: the strictest
  reading of the words asked of our own index, 20 ids, exact total and facets; the API besides reads the query in several ways,
  looks up names and codes, and adds the notices, marks and snippets.`,
    );
    await engine?.stop();
    if (!engine) return [];
    return CLIENTS.map((clients): Figure => {
      const values = ratios(find('API on the engine', clients), find(BASELINE, clients), 0.99);
      const name = `search API p99 ÷ engine p99, ${clients} client${clients > 1 ? 's' : ''}`;
      return { name, values, ...(clients === 16 ? { aim: { atMost: 1.5 } } : {}) };
    });
  },
};
