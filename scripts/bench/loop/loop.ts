import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { Agent, request } from 'undici';
import { openDatabase } from '#db/client.ts';
import { rebuildFts } from '#src/server/search/fts-index.ts';
import { makeCorpusSite } from '../corpus-site.ts';
import { type Figure, formatNumber, type Part, percentile } from '../figures.ts';
import { startWeb } from '../web.ts';
import { progress } from '../workspace.ts';
import { readWatched, watchingEnvironment } from './watching.ts';
import { sampleWorstQueries } from './worst-queries.ts';

const QUERIES = 100;
const SEED = 20_260_401;
const CLIENTS = 8;
const CONTROL_MS = 5_000;
const PAUSE_MS = 20;

/** Where a query can be asked, in turn. */
const PLACES = ['/search?q=', '/search?sort=deadline&q=', '/feeds/notices.json?q=', '/api/v1/notices.csv?q='];

interface Answer {
  status: number;
  ms: number;
}

async function ask(agent: Agent, url: string): Promise<Answer> {
  const began = performance.now();
  const { statusCode, body } = await request(url, { dispatcher: agent });
  for await (const _chunk of body);
  return { status: statusCode, ms: performance.now() - began };
}

/** Asks for an ordinary page, one after the other, until the signal: what everybody else meets. Never one that is kept. */
async function visit(agent: Agent, url: string, signal: AbortSignal): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let number = 0; !signal.aborted; number++) {
    answers.push(await ask(agent, `${url}/notices?from=2020-01-01&limit=${1 + (number % 200)}`));
    await sleep(PAUSE_MS);
  }
  return answers;
}

/** Works while ordinary visitors come, and gives what they met. */
async function amongVisitors(url: string, work: (agent: Agent) => Promise<void>): Promise<Answer[]> {
  const agent = new Agent({ connections: CLIENTS + 2, pipelining: 1, bodyTimeout: 120_000, headersTimeout: 120_000 });
  const stopping = new AbortController();
  const visits = visit(agent, url, stopping.signal);
  try {
    await work(agent);
  } finally {
    stopping.abort();
  }
  const answers = await visits;
  await agent.close();
  return answers;
}

function describe(name: string, answers: readonly Answer[]) {
  const times = answers.map(({ ms }) => ms);
  const byStatus = Map.groupBy(answers, ({ status }) => status);
  return {
    requests: name,
    count: answers.length,
    statuses: [...byStatus].map(([status, list]) => `${status}: ${list.length}`).join(', '),
    'p50 ms': formatNumber(percentile(times, 0.5)),
    'p99 ms': formatNumber(percentile(times, 0.99)),
  };
}

/** Part k: what the worst queries do to everybody else. */
export const eventLoop: Part = {
  key: 'k',
  title: 'the event loop of the web process under the worst queries',
  async run({ quick, workspace }) {
    const count = quick ? 5_000 : 100_000;
    const { directory } = makeCorpusSite(workspace, count);
    const db = openDatabase(join(directory, 'tongming.db'));
    progress('indexing …');
    rebuildFts(db);
    db.$client.close();
    const file = join(directory, 'watched.json');
    const web = await startWeb(workspace, directory, {
      ...watchingEnvironment(file),
      SEARCH_ENGINE: 'off',
      RATE_LIMIT: '1000000',
    });
    const figures = await measure(web, file, count);
    await web.stop();
    return figures;
  },
};

async function measure({ url, pid }: { url: string; pid: number }, file: string, count: number): Promise<Figure[]> {
  progress('idle, with ordinary visitors …');
  await amongVisitors(url, async () => void (await sleep(CONTROL_MS)));
  await readWatched(pid, file);
  const idleVisits = await amongVisitors(url, async () => void (await sleep(CONTROL_MS)));
  const idle = await readWatched(pid, file);
  progress(`the worst ${QUERIES} queries, ${CLIENTS} at a time …`);
  const queries = sampleWorstQueries(QUERIES, SEED);
  const answers: Answer[] = [];
  const inTurn = pLimit(CLIENTS);
  const visits = await amongVisitors(url, async (agent) => {
    const asks = queries.flatMap((query) => PLACES.map((place) => url + place + encodeURIComponent(query)));
    await Promise.all(asks.map((address) => inTurn(async () => void answers.push(await ask(agent, address)))));
  });
  const loaded = await readWatched(pid, file);
  console.table([
    describe('ordinary pages, idle', idleVisits),
    describe('ordinary pages, meanwhile', visits),
    describe('worst queries', answers),
  ]);
  console.table({ idle: idle.delay, 'worst queries': loaded.delay });
  const [longest] = Object.entries(loaded.statements).sort(([, a], [, b]) => b - a);
  console.log(
    `${count} notices, seed ${SEED}. Delay of the event loop in ms, its timer's own millisecond included. Longest statement of the
  main thread: ${longest ? `${formatNumber(longest[1])} ms, ${longest[0].replace(/\s+/g, ' ').slice(0, 120)}` : 'none'}`,
  );
  return [
    { name: 'event loop p99 ms, idle', values: [idle.delay.p99] },
    { name: 'event loop p99 ms, worst queries', values: [loaded.delay.p99], aim: { atMost: 50 } },
  ];
}
