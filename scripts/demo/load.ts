import { eq, isNull, sum } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { defineQuery } from '#db/query.ts';
import { noticeCounts, sources } from '#db/schema/index.ts';
import { CATEGORIES, CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import { DetailPool } from '#src/ingest/details/pool.ts';
import { createFetcher } from '#src/ingest/fetch.ts';
import { type RunProgress, runSource } from '#src/ingest/pipeline.ts';
import { seedSources } from '#src/ingest/sources.ts';
import { endOf, readPosition } from '#src/publish/changes/follow.ts';
import { saveDemo } from '#src/server/demo.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import { operator } from '../launch/operator.ts';
import { DEMO_SEED } from './generate/generate.ts';
import { TOTALS_2020 } from './generate/year-2020.ts';
import { loadLibrary } from './library.ts';
import { demoKey, demoSources } from './sources.ts';

const LIST_UNREAD = defineQuery((db) =>
  db.select({ key: sources.key }).from(sources).where(isNull(sources.lastSuccessAt)),
);
const TOTALS_BY_CATEGORY = defineQuery((db) =>
  db
    .select({ category: noticeCounts.category, total: sum(noticeCounts.total).mapWith(Number) })
    .from(noticeCounts)
    .where(eq(noticeCounts.year, 2020))
    .groupBy(noticeCounts.category),
);

/** Key in `keyValues`: the first load was completed and checked. */
const COMPLETE = 'demo.complete';
/** Sources read at a time. */
const CONCURRENCY = 4;
/** The sites are ours: an error page is asked for again at once. */
const BACKOFF_MS = 20;

export interface DemoLoadOptions {
  /** Address of the feed server, without closing slash. */
  url: string;
  /** Minutes between two reads of a source, once all have been read. */
  minutes?: number;
  onProgress?: ((progress: RunProgress) => void) | undefined;
  /** Changes taken into the built-in index, and how many there are. */
  onIndex?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Loads the demonstration through the ordinary pipeline: seeds its sources, reads each for the first time, takes over the
 * library of organizations, fills the built-in index, and checks the totals of 2020. Stopped half-way, the next call
 * completes it; once complete it only seeds the sources.
 * @throws Error when a source cannot be read or the totals of 2020 are not exactly those of the report.
 */
export async function loadDemo(db: Db, options: DemoLoadOptions): Promise<'loaded' | 'present'> {
  // Marked before the first notice is stored: no page ever shows one without saying what it is.
  saveDemo(db, true);
  seedSources(db, demoSources(options.url, options.minutes));
  if (readKeyValue(db, COMPLETE, '') !== '') return 'present';
  await readSources(db, options);
  loadLibrary(db, DEMO_SEED, { actor: operator('demo'), now: new Date().toISOString() }, options.signal);
  await fillIndex(db, options);
  assertTotals(db);
  saveKeyValue(db, COMPLETE, new Date().toISOString());
  return 'loaded';
}

/** Reads the sources that have not been read whole yet; the city's last, when the counties' notices are there. */
async function readSources(db: Db, { url, onProgress, signal }: DemoLoadOptions): Promise<void> {
  const unread = new Set(LIST_UNREAD.all(db).map(({ key }) => key));
  const waiting = demoSources(url).flatMap(({ key }) => (unread.has(key) ? [key] : []));
  const isCity = (key: string) => key === demoKey('jining');
  const fetcher = createFetcher({ allowPrivate: [new URL(url).host], backoffMs: BACKOFF_MS });
  const pool = new DetailPool();
  const read = async (queue: string[]) => {
    for (let key = queue.shift(); key; key = queue.shift()) {
      const { state, error } = await runSource(db, key, { fetcher, pool, onProgress, signal });
      signal?.throwIfAborted();
      if (state !== 'succeeded') throw new Error(`${key}: ${error ?? state}`);
    }
  };
  try {
    const counties = waiting.filter((key) => !isCity(key));
    await Promise.all(Array.from({ length: CONCURRENCY }, () => read(counties)));
    await read(waiting.filter(isCity));
  } finally {
    await fetcher.close();
    await pool.close();
  }
}

/** Takes everything into the built-in index; the worker follows from there. */
async function fillIndex(db: Db, { onIndex, signal }: DemoLoadOptions): Promise<void> {
  const total = endOf(db, 'builtInIndex');
  while ((await drainChanges(db, null)) > 0) {
    signal?.throwIfAborted();
    onIndex?.(readPosition(db, 'builtInIndex'), total);
  }
}

/** Public notices of 2020 by category. */
export function countTotals2020(db: Db): Record<Category, number> {
  const totals = new Map<string, number>(TOTALS_BY_CATEGORY.all(db).map(({ category, total }) => [category, total]));
  return Object.fromEntries(CATEGORY_SLUGS.map((slug) => [slug, totals.get(slug) ?? 0])) as Record<Category, number>;
}

/** @throws Error naming every category whose number is not the reported one. */
function assertTotals(db: Db): void {
  const totals = countTotals2020(db);
  const wrong = CATEGORY_SLUGS.filter((slug) => totals[slug] !== TOTALS_2020[slug]);
  if (wrong.length === 0) return;
  const list = wrong.map((slug) => `${CATEGORIES[slug].label} ${totals[slug]}（应为 ${TOTALS_2020[slug]}）`);
  throw new Error(`2020 年度总数不符：${list.join('；')}`);
}
