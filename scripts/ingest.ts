import { parseArgs } from 'node:util';
import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { openDatabase } from '#db/client.ts';
import { startOfDay } from '#src/domain/time/time.ts';
import { DetailPool } from '#src/ingest/details/pool.ts';
import { createFetcher } from '#src/ingest/fetch.ts';
import { type RunOptions, type RunSummary, runSource } from '#src/ingest/pipeline.ts';
import { retryRejected } from '#src/ingest/retry.ts';
import { releaseSource } from '#src/ingest/run/records.ts';
import { listScheduledSources, loadSources, seedSources } from '#src/ingest/sources.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { claimOrExit } from './launch/claims.ts';
import { operator } from './launch/operator.ts';

/** Sources read at a time. */
const CONCURRENCY = 4;

const { values } = parseArgs({
  options: {
    source: { type: 'string', multiple: true },
    since: { type: 'string' },
    full: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    retry: { type: 'boolean', default: false },
    release: { type: 'boolean', default: false },
  },
});
if (values.since) startOfDay(values.since);

const config = getConfig();
await claimOrExit('ingest');
const db = openDatabase(databasePath());
// The demonstration seeds its own sources.
if (!config.DEMO) seedSources(db, loadSources(config.SOURCES_FILE));
const keys = values.source ?? listScheduledSources(db).map(({ key }) => key);
if (keys.length === 0) console.log('没有启用的来源。');

if (values.retry) {
  for (const sourceKey of keys) {
    const { accepted, rejected, deferred } = retryRejected(db, operator('ingest'), { sourceKey });
    console.log(`${sourceKey}：重审通过 ${accepted}，仍被拒 ${rejected}，待重新获取 ${deferred}`);
  }
}
if (values.release) for (const key of keys) releaseSource(db, key);

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const fetcher = createFetcher({ allowPrivate: config.FEED_ALLOW_PRIVATE, filesDir: config.FEED_FILES_DIR });
const pool = new DetailPool();
const bars = process.stderr.isTTY
  ? new MultiBar({ format: '{bar} {source} {value}/{total}', hideCursor: true }, Presets.shades_classic)
  : undefined;
const summaries = await runAll(keys, {
  since: values.since,
  full: values.full || values.release,
  dryRun: values['dry-run'],
  signal: stopping.signal,
  fetcher,
  pool,
});
bars?.stop();
await fetcher.close();
await pool.close();
db.$client.close();
printTable(summaries);
process.exitCode = summaries.every(({ state }) => state === 'succeeded' || state === 'busy') ? 0 : 1;

async function runAll(queue: string[], options: RunOptions): Promise<RunSummary[]> {
  const done: RunSummary[] = [];
  const waiting = [...queue];
  const work = async () => {
    for (let key = waiting.shift(); key; key = waiting.shift()) {
      const bar = bars?.create(1, 0, { source: key });
      const summary = await runSource(db, key, {
        ...options,
        onProgress: ({ fetched, total }) => advance(bar, fetched, total),
      });
      advance(bar, summary.fetched, summary.fetched);
      done.push(summary);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return done.sort((a, b) => a.sourceKey.localeCompare(b.sourceKey));
}

function advance(bar: SingleBar | undefined, fetched: number, total: number | undefined): void {
  bar?.setTotal(Math.max(total ?? fetched, fetched, 1));
  bar?.update(fetched);
}

function printTable(rows: RunSummary[]): void {
  console.table(
    rows.map((row) => ({
      来源: row.sourceKey,
      结果: { succeeded: '成功', failed: '失败', held: '暂停采用', interrupted: '中断', busy: '另有进程在读' }[
        row.state
      ],
      收到: row.fetched,
      新增: row.created,
      变更: row.changed,
      未变: row.unchanged,
      拒收: row.rejected,
      消失: row.gone,
      秒: Number((row.durationMs / 1000).toFixed(1)),
    })),
  );
  for (const { sourceKey, error } of rows) if (error) console.error(`${sourceKey}：${error}`);
}
