import { join } from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import { demoKey, demoSources } from '#scripts/demo/sources.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { DetailPool } from '#src/ingest/details/pool.ts';
import { createFetcher } from '#src/ingest/fetch.ts';
import { runSource } from '#src/ingest/pipeline.ts';
import { seedSources } from '#src/ingest/sources.ts';
import { type Figure, formatNumber, formatRange, median, type Part } from '../figures.ts';
import { progress, type Workspace } from '../workspace.ts';
import { insertRaw, readWritten, type WrittenNotices } from './raw-insert.ts';
import { measureIndexes, measurePipeline, printStages } from './stages.ts';

/** Demonstration sites of five platforms: newest.json, ABP, Epoint, JCMS, search.do. Each serves lists and detail pages. */
const SITES: readonly County[] = ['zoucheng', 'weishan', 'yanzhou', 'wenshang', 'sishui'];
/** Sources read at a time, as `npm run ingest` does. */
const CONCURRENCY = 4;
/** Notices a transaction: the pipeline's own number, and one, as if each were acknowledged by itself. */
const TRANSACTIONS = [100, 1] as const;

interface Round {
  /** Notices a second through the pipeline. */
  pipeline: number;
  /** Notices a second of the raw insert, in the order of `TRANSACTIONS`. */
  raw: number[];
  notices: number;
  rows: number;
}

/** Reads the sites into a new database. Returns items per second; an item is a notice, stored or refused. */
async function runPipeline(db: Db, pool: DetailPool, url: string, sites: readonly County[]): Promise<number> {
  seedSources(db, demoSources(url));
  const fetcher = createFetcher({ allowPrivate: [new URL(url).host], backoffMs: 20 });
  const waiting = sites.map(demoKey);
  let items = 0;
  const began = performance.now();
  const work = async () => {
    for (let key = waiting.shift(); key; key = waiting.shift()) {
      const { state, error, fetched } = await runSource(db, key, { fetcher, pool });
      if (state !== 'succeeded') throw new Error(`${key}: ${error ?? state}`);
      items += fetched;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  const seconds = (performance.now() - began) / 1000;
  await fetcher.close();
  return items / seconds;
}

function insertAll(directory: string, db: Db, written: WrittenNotices): number[] {
  return TRANSACTIONS.map((perTransaction) =>
    insertRaw(join(directory, `raw-${perTransaction}.db`), db, written, perTransaction),
  );
}

interface RoundContext {
  workspace: Workspace;
  /** The same in all rounds, as in a worker that runs for long. */
  pool: DetailPool;
  url: string;
  sites: readonly County[];
}

async function runRound(number: number, { workspace, pool, url, sites }: RoundContext, isLast = false): Promise<Round> {
  const directory = workspace.makeDirectory(`ingest-${number}`);
  const db = openDatabase(join(directory, 'tongming.db'));
  const { result: pipeline, costs } = await measurePipeline(() => runPipeline(db, pool, url, sites));
  const written = readWritten(db);
  const raw = insertAll(directory, db, written);
  if (isLast) printStages({ ...costs, ...(await measureIndexes(workspace, db, directory)) }, written.length);
  db.$client.close();
  return { pipeline, raw, notices: written.length, rows: written.flat().length };
}

function printTable(rounds: readonly Round[]): void {
  const row = (what: string, values: number[]) => {
    const ratios = rounds.map(({ pipeline }, index) => pipeline / (values[index] ?? Number.NaN));
    return {
      what,
      'notices/s': formatNumber(median(values)),
      range: formatRange(values),
      'pipeline ÷ this': formatNumber(median(ratios)),
    };
  };
  console.table([
    row(
      'whole pipeline',
      rounds.map(({ pipeline }) => pipeline),
    ),
    ...TRANSACTIONS.map((size, index) =>
      row(
        `raw insert, ${size} a transaction`,
        rounds.map(({ raw }) => raw[index] ?? Number.NaN),
      ),
    ),
  ]);
  const [first] = rounds;
  if (!first) return;
  console.log(
    `  Pipeline: list and detail pages over HTTP from another process, parse, sanitize, extract, screen, store; up to 100 notices a transaction.
  Raw insert: the ${first.rows} rows that the pipeline wrote for ${first.notices} notices (project, organizations, raw item, notice, version,
  alias, text, parties, code keys, attachments, change), read into memory before, with prepared statements into the same schema, indexes and triggers;
  WAL and synchronous=FULL in both.`,
  );
}

/** How fast notices come in, against the bare insert of what is stored of them. */
export const ingest: Part = {
  key: 'a',
  title: 'Ingest through the whole pipeline against a raw insert of the same rows',
  async run({ quick, workspace }) {
    const { report: url, stop } = await workspace.startScript('scripts/demo-feeds.ts', [], { DEMO_PORT: '0' });
    const pool = new DetailPool();
    const context = { workspace, pool, url, sites: quick ? SITES.slice(0, 1) : SITES };
    const count = quick ? 1 : 3;
    const rounds: Round[] = [];
    progress('warming up: reading the sites …');
    await runRound(0, context);
    for (let number = 1; number <= count; number++) {
      progress(`round ${number} of ${count}: reading the sites …`);
      rounds.push(await runRound(number, context, number === count));
    }
    await pool.close();
    await stop();
    printTable(rounds);
    return TRANSACTIONS.map(
      (size, index): Figure => ({
        name: `pipeline ÷ raw insert, ${size} notice${size > 1 ? 's' : ''} a transaction`,
        values: rounds.map(({ pipeline, raw }) => pipeline / (raw[index] ?? Number.NaN)),
        ...(index === 0 ? { aim: { atLeast: 0.3 } } : {}),
      }),
    );
  },
};
