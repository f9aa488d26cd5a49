import { join } from 'node:path';
import pino from 'pino';
import { openDatabase } from '#db/client.ts';
import { parseConfig } from '#src/server/config.ts';
import { type Engine, startEngine } from '#src/server/search/engine.ts';
import { rebuildIndex } from '#src/server/search/indexer.ts';
import { readMasterKey } from '#src/server/search/process.ts';
import { INDEX_UID } from '#src/server/search/settings.ts';
import { makeCorpusSite } from '../corpus-site.ts';
import { type Figure, formatNumber, formatRange, median, type Part, percentile } from '../figures.ts';
import { startWeb } from '../web.ts';
import { progress, type Workspace } from '../workspace.ts';
import { type Ask, expectAnswer, runClients } from './clients.ts';
import { type BenchQuery, makeQueries } from './queries.ts';

const CLIENTS = [1, 16] as const;
/** Questions between the first ones of two measurements: each measurement begins with questions that are not kept any more. */
const STRIDE = 1_500;

interface Target {
  name: 'engine asked directly' | 'API on the engine' | 'API on FTS5';
  ask: Ask;
}

interface Measured extends Target {
  clients: (typeof CLIENTS)[number];
  /** Milliseconds of the answers of each round. */
  rounds: number[][];
}

/** Indexes the site's notices by the ordinary rebuild, in the built-in index and in the engine where there is one. */
async function indexSite(workspace: Workspace, directory: string, count: number): Promise<Engine | null> {
  const config = parseConfig({ ...process.env, DATA_DIR: directory, MEILI_PORT: '0' });
  const engine = await startEngine(config, pino({ level: 'warn' }));
  if (engine) workspace.onClose(() => engine.stop());
  const db = openDatabase(join(directory, 'tongming.db'));
  progress(`indexing ${count} notices, in the built-in index${engine ? ' and in the engine' : ''} …`);
  let said = 0;
  await rebuildIndex(db, engine, (done) => {
    const fifth = Math.floor((done * 5) / count);
    if (fifth !== said) progress(`${done} of ${count}`);
    said = fifth;
  });
  db.$client.close();
  return engine;
}

function askEngine(engine: Engine, directory: string, queries: readonly BenchQuery[]): Ask {
  const url = `${engine.url}/indexes/${INDEX_UID}/search`;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${readMasterKey(directory)}` };
  return (agent, number) =>
    expectAnswer(agent, url, '"totalHits"', { body: queries[number % queries.length]?.direct ?? '', headers });
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

/** How fast the search API answers through the front, against the engine asked directly. */
export const searchSpeed: Part = {
  key: 'b',
  title: 'Search API through the front against the engine asked directly',
  async run({ quick, workspace }) {
    const count = quick ? 10_000 : 100_000;
    const { directory, corpus } = makeCorpusSite(workspace, count);
    const engine = await indexSite(workspace, directory, count);
    const queries = makeQueries(corpus, 20_000);
    const targets: Target[] = [];
    if (engine) {
      const web = await startWeb(workspace, directory);
      targets.push({ name: 'engine asked directly', ask: askEngine(engine, directory, queries) });
      targets.push({ name: 'API on the engine', ask: askApi(web.url, 'meilisearch', queries) });
    } else console.log('No Meilisearch server on this machine: only the built-in index is measured.');
    const builtIn = await startWeb(workspace, directory, { SEARCH_ENGINE: 'off' });
    targets.push({ name: 'API on FTS5', ask: askApi(builtIn.url, 'fts5', queries) });
    const measured = await measure(targets, quick ? 2 : 5, quick ? 2 : 4);
    const find = (name: Target['name'], clients: number) =>
      measured.find((entry) => entry.name === name && entry.clients === clients) as Measured;
    const first = targets[0]?.name ?? 'API on FTS5';
    printTable(measured, ({ clients }) => find(first, clients));
    console.log(
      `  ${queries.length} different searches over ${count} notices, so that no kept answer is asked for again. Directly: one query for the same words in
  title, parties and place with 20 ids, exact total and facets. The API reads the query in several ways, looks up names and
  codes, and adds the notices, marks and snippets.`,
    );
    await engine?.stop();
    if (!engine) return [];
    return CLIENTS.map((clients): Figure => {
      const values = ratios(find('API on the engine', clients), find('engine asked directly', clients), 0.99);
      const name = `search API p99 ÷ engine p99, ${clients} client${clients > 1 ? 's' : ''}`;
      return { name, values, ...(clients === 16 ? { aim: { atMost: 1.5 } } : {}) };
    });
  },
};
