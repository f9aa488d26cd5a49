import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { worstQueries } from '#scripts/bench/loop/worst-queries.ts';
import { type CorpusNotice, generateCorpus } from '#scripts/bench/search-quality/corpus.ts';
import { storeCorpus } from '#scripts/bench/search-quality/store-corpus.ts';
import { InputError, UnavailableError } from '#src/domain/errors.ts';
import { formatQuery, limitQuery } from '#src/domain/search/limits.ts';
import { parseQuery } from '#src/domain/search/query.ts';
import { type PoolOptions, ReadPool } from '#src/server/reads/pool.ts';
import { read, readSearch, readWholeFile } from '#src/server/reads/reader.ts';
import { rebuildFts } from '#src/server/search/fts-index.ts';
import { searchNotices } from '#src/server/search/search.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

const COUNT = 3_000;
const NOW = '2026-06-15T04:00:00.000Z';
/** Reads every notice several times over. */
const COSTLY = formatQuery(limitQuery(parseQuery([...'公工程招采济宁项目山东投标服务改'].join(' '))).query);

let site: ReturnType<typeof openTestDatabase>;
const pools: ReadPool[] = [];
/** With the time that a busy machine needs; most tests share it, for its threads load their code once. */
let pool: ReadPool;

beforeAll(() => {
  site = openTestDatabase();
  storeCorpus(site.db, generateCorpus(COUNT));
  rebuildFts(site.db);
  process.env.DATA_DIR = dirname(site.path);
  process.env.SEARCH_ENGINE = 'off';
  pool = openPool({ limitMs: 4_000 });
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  site.close();
});

function openPool(options: Partial<PoolOptions> = {}): ReadPool {
  const pool = new ReadPool({ database: site.path, waitMs: 60_000, limitMs: 60_000, endMs: 120_000, ...options });
  pools.push(pool);
  return pool;
}

const search = (by: ReadPool, q: string) => read(by, 'searchNotices', { q, limit: 1 }, 'unavailable');
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('answers are those of the same read on one thread, errors keep their class', async () => {
  const page = await readSearch(pool, { q: '改造', limit: 1 });
  const isHit = ({ title, body, buyer, agency, supplier }: CorpusNotice) =>
    [title, body, buyer, agency, supplier].some((text) => text.includes('改造'));
  expect(page.total).toBe(generateCorpus(COUNT).filter(isHit).length);
  expect([page.engine, page.fallback, page.behind]).toEqual(['fts5', 'unavailable', false]);
  expect(await reasonOf(readSearch(pool, { q: '改造', cursor: 'x' }))).toBeInstanceOf(InputError);
});

test('a search over its time stops by itself, with a word about what would be quicker, and leaves its thread to the next', async () => {
  const hasty = openPool({ limitMs: 1 });
  for (let time = 0; time < 2; time++) {
    const error = await reasonOf(search(hasty, COSTLY));
    expect(error).toBeInstanceOf(UnavailableError);
    expect((error as UnavailableError).retryAfter).toBeGreaterThan(0);
    expect((error as UnavailableError).message).toMatch(/用时过长/);
  }
});

test('a thread that does not stop is ended: its caller is refused, the others wait for the next thread', async () => {
  const strict = openPool({ endMs: 5 });
  const errors = await Promise.all(Array.from({ length: 2 }, () => reasonOf(search(strict, COSTLY))));
  for (const error of errors) expect((error as UnavailableError).message).toMatch(/用时过长/);
});

test('a crowd beyond the queue is refused at once, the rest is answered', async () => {
  const answers = await Promise.all(
    Array.from({ length: 120 }, () => search(pool, '公告').catch((error: unknown) => error)),
  );
  const refused = answers.filter((answer) => answer instanceof UnavailableError);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every(({ message, retryAfter }) => message.includes('秒后再试') && retryAfter !== undefined)).toBe(
    true,
  );
  const given = answers.filter((answer) => !(answer instanceof Error)) as { total: number }[];
  expect(given.length).toBeGreaterThan(0);
  expect(new Set(given.map(({ total }) => total)).size).toBe(1);
});

test('who waits longer than anyone would is told so', async () => {
  const pressed = openPool({ waitMs: 1 });
  await search(pressed, '改造');
  const errors = await Promise.all(Array.from({ length: 20 }, () => reasonOf(search(pressed, COSTLY))));
  expect(errors.filter((error) => error instanceof UnavailableError).length).toBeGreaterThan(0);
});

test('a whole search as a file: every hit once, however slowly it is read; the limit is for each piece', async () => {
  const request = { list: 'notices', format: 'csv', filter: { q: '公告' }, now: NOW } as const;
  const answer = await readWholeFile(pool, request);
  expect(answer.headers.get('content-type')).toContain('text/csv');
  const chunks: Uint8Array[] = [];
  let paused = false;
  for await (const chunk of answer.body as ReadableStream<Uint8Array>) {
    chunks.push(chunk);
    if (!paused) await sleep(4_500);
    paused = true;
  }
  expect(chunks.length).toBeGreaterThan(1);
  const lines = Buffer.concat(chunks).toString().trim().split('\r\n').slice(1);
  expect(lines).toHaveLength((await search(pool, '公告')).total);
  expect(new Set(lines.map((line) => line.split(',').at(-1))).size).toBe(lines.length);
});

test('readers who leave make room for others; too many at once are refused', async () => {
  const request = { list: 'notices', format: 'xlsx', filter: {}, now: NOW } as const;
  const files = await Promise.all(Array.from({ length: 24 }, () => readWholeFile(pool, request)));
  const error = await reasonOf(readWholeFile(pool, request));
  expect((error as UnavailableError).message).toMatch(/下载的人太多/);
  await files[0]?.body?.cancel();
  expect((await readWholeFile(pool, request)).ok).toBe(true);
});

test('after closing nothing is begun', async () => {
  const closed = openPool();
  const open = reasonOf(search(closed, COSTLY));
  await closed.close();
  expect(await open).toBeInstanceOf(UnavailableError);
  expect(await reasonOf(search(closed, '改造'))).toBeInstanceOf(UnavailableError);
});

test('the worst queries: each is answered, with a bounded number of statements', async () => {
  const statements = watchStatements();
  await fc.assert(
    fc.asyncProperty(worstQueries(), async (q) => {
      statements.clear();
      const page = await searchNotices(site.db, { q, limit: 5 }, 'unavailable');
      expect(page.items.length).toBeLessThanOrEqual(5);
      expect(statements.count()).toBeLessThan(MOST_STATEMENTS);
    }),
    { numRuns: 60 },
  );
});

/** Readings of a query, corrections and words left out, each with its count and its page. */
const MOST_STATEMENTS = 400;

/** Counts the statements that run on this thread's handle. */
function watchStatements() {
  const { $client: client } = site.db;
  const prototype = Object.getPrototypeOf(client.prepare('SELECT 1')) as Record<
    'all' | 'get',
    (...v: unknown[]) => unknown
  >;
  let count = 0;
  for (const name of ['all', 'get'] as const) {
    const run = prototype[name];
    prototype[name] = function (this: unknown, ...values: unknown[]) {
      count++;
      return run.apply(this, values);
    };
  }
  const clear = () => {
    count = 0;
  };
  return { clear, count: () => count };
}
