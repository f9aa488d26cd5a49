import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { openDatabase } from '#db/client.ts';
import { parseConfig } from '#src/server/config.ts';
import { startEngine } from '#src/server/search/engine.ts';
import { ftsBackend } from '#src/server/search/fts-search.ts';
import { rebuildIndex } from '#src/server/search/indexer.ts';
import { meiliBackend } from '#src/server/search/meili-search.ts';
import { searchWith } from '#src/server/search/search.ts';
import { generateCorpus, storeCorpus } from './corpus.ts';
import { judgedQueries } from './queries.ts';
import { type QueryScore, type Searcher, scoreQuery } from './score.ts';

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

function row(name: string, scores: readonly QueryScore[]) {
  return {
    kind: name,
    queries: scores.length,
    'nDCG@10': mean(scores.map(({ ndcg }) => ndcg)).toFixed(3),
    'P@1': mean(scores.map(({ first }) => first)).toFixed(3),
    'zero-hit': mean(scores.map(({ zeroHit }) => Number(zeroHit))).toFixed(3),
    exact: mean(scores.map(({ exact }) => Number(exact))).toFixed(3),
  };
}

/** Judges search quality on a generated corpus, for the engine and for the built-in index, and prints a table for each. */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '10000' }, verbose: { type: 'boolean' } },
  });
  const directory = mkdtempSync(join(tmpdir(), 'tongming-quality-'));
  const config = parseConfig({ ...process.env, DATA_DIR: directory, MEILI_PORT: '0' });
  const db = openDatabase(join(directory, 'tongming.db'));
  const list = generateCorpus(Number(values.count));
  storeCorpus(db, list);
  const engine = await startEngine(config, pino({ level: 'warn' }));
  const began = Date.now();
  await rebuildIndex(db, engine);
  console.log(`indexed ${list.length} notices in ${Math.round((Date.now() - began) / 1000)} s`);
  const corpus = new Map(list.map((notice) => [notice.id, notice]));
  const searchers: [string, Searcher][] = [['fts5', (filter) => searchWith(db, ftsBackend(db), filter)]];
  if (engine) searchers.unshift(['meilisearch', (filter) => searchWith(db, meiliBackend(engine.client), filter)]);
  for (const [name, search] of searchers) {
    const scores: QueryScore[] = [];
    for (const query of judgedQueries(list)) scores.push(await scoreQuery(search, corpus, query));
    const kinds = [...new Set(scores.map(({ query }) => query.kind))];
    console.log(`\n${name}`);
    console.table([
      ...kinds.map((kind) =>
        row(
          kind,
          scores.filter(({ query }) => query.kind === kind),
        ),
      ),
      row('all', scores),
    ]);
    if (!values.verbose) continue;
    for (const { query, ndcg, first, exact, total, relevant } of scores) {
      if (ndcg < 0.98 || first < 1 || !exact)
        console.log(query.kind, query.q, ndcg.toFixed(2), first, { exact, total, relevant });
    }
  }
  await engine?.stop();
  db.$client.close();
  rmSync(directory, { recursive: true, force: true });
}

await run();
