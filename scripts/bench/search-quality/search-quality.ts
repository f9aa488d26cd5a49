import { join } from 'node:path';
import pino from 'pino';
import { type Db, openDatabase } from '#db/client.ts';
import { parseConfig } from '#src/server/config.ts';
import { type Engine, startEngine } from '#src/server/search/engine.ts';
import { ftsBackend } from '#src/server/search/fts-search.ts';
import { rebuildIndex } from '#src/server/search/indexer.ts';
import { meiliBackend } from '#src/server/search/meili-search.ts';
import { searchWith } from '#src/server/search/search.ts';
import type { Figure, Part } from '../figures.ts';
import { progress, type Workspace } from '../workspace.ts';
import { type CorpusNotice, generateCorpus } from './corpus.ts';
import { judgedQueries } from './queries.ts';
import { type QueryScore, type Searcher, scoreQuery } from './score.ts';
import { storeCorpus } from './store-corpus.ts';

const AIMS: Record<string, number> = { meilisearch: 0.97, fts5: 0.95 };

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

function summarize(scores: readonly QueryScore[]) {
  return {
    ndcg: mean(scores.map(({ ndcg }) => ndcg)),
    first: mean(scores.map(({ first }) => first)),
    zeroHit: mean(scores.map(({ zeroHit }) => Number(zeroHit))),
    exact: mean(scores.map(({ exact }) => Number(exact))),
  };
}

function toRow(kind: string, scores: readonly QueryScore[]) {
  const { ndcg, first, zeroHit, exact } = summarize(scores);
  return {
    kind,
    queries: scores.length,
    'nDCG@10': ndcg.toFixed(3),
    'P@1': first.toFixed(3),
    'zero-hit': zeroHit.toFixed(3),
    exact: exact.toFixed(3),
  };
}

function printScores(name: string, scores: readonly QueryScore[]): void {
  const kinds = Map.groupBy(scores, ({ query }) => query.kind);
  console.log(`\n${name}`);
  console.table([...[...kinds].map(([kind, own]) => toRow(kind, own)), toRow('all', scores)]);
  const faulty = scores.filter(({ ndcg, exact }) => ndcg < 0.9 || !exact);
  for (const { query, ndcg, exact, total, relevant } of faulty) {
    console.log(
      `  ${query.kind}: ${query.q} → nDCG ${ndcg.toFixed(2)}, ${total} found, ${relevant} relevant${exact ? '' : ', totals not exact'}`,
    );
  }
}

function toFigures(name: string, scores: readonly QueryScore[]): Figure[] {
  const { ndcg, first, zeroHit, exact } = summarize(scores);
  const codes = scores.filter(({ query }) => query.kind.startsWith('code'));
  return [
    { name: `nDCG@10, ${name}`, values: [ndcg], aim: { atLeast: AIMS[name] ?? 1 } },
    { name: `P@1, ${name}`, values: [first] },
    { name: `zero-hit rate, ${name}`, values: [zeroHit] },
    { name: `share of exact totals, ${name}`, values: [exact], aim: { atLeast: 1 } },
    { name: `share of codes found first, ${name}`, values: [summarize(codes).first], aim: { atLeast: 1 } },
  ];
}

/** A database of the corpus, indexed by the ordinary rebuild in the engine (where there is one) and the built-in index. */
async function openIndexed(
  workspace: Workspace,
  corpus: readonly CorpusNotice[],
): Promise<{ db: Db; engine: Engine | null }> {
  const directory = workspace.makeDirectory('search-quality');
  const db = openDatabase(join(directory, 'tongming.db'));
  workspace.onClose(() => void db.$client.close());
  storeCorpus(db, corpus);
  const config = parseConfig({ ...process.env, DATA_DIR: directory, MEILI_PORT: '0' });
  const engine = await startEngine(config, pino({ level: 'warn' }));
  if (engine) workspace.onClose(() => engine.stop());
  progress(`indexing ${corpus.length} notices …`);
  await rebuildIndex(db, engine);
  return { db, engine };
}

/** How well judged queries are answered, by the engine and by the built-in index. */
export const searchQuality: Part = {
  key: 'e',
  title: 'Search quality on judged queries, engine and built-in index',
  async run({ quick, workspace }) {
    const list = generateCorpus(quick ? 3_000 : 10_000);
    const { db, engine } = await openIndexed(workspace, list);
    const searchers: [string, Searcher][] = [['fts5', (filter) => searchWith(db, ftsBackend(db), filter)]];
    if (engine) searchers.unshift(['meilisearch', (filter) => searchWith(db, meiliBackend(engine.client), filter)]);
    else console.log('No Meilisearch server on this machine: only the built-in index is judged.');
    const corpus = new Map(list.map((notice) => [notice.id, notice]));
    const queries = judgedQueries(list);
    const figures: Figure[] = [];
    for (const [name, search] of searchers) {
      progress(`judging ${queries.length} queries on ${name} …`);
      const scores: QueryScore[] = [];
      for (const query of queries) scores.push(await scoreQuery(search, corpus, query));
      printScores(name, scores);
      figures.push(...toFigures(name, scores));
    }
    await engine?.stop();
    return figures;
  },
};
