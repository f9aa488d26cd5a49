import { parseArgs } from 'node:util';
import { openDatabase } from '#db/client.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { PUSH_KINDS } from '#src/server/api/sync/schema.ts';
import { databasePath } from '#src/server/db.ts';
import { ImportBusyError, importFile } from '#src/server/push/bulk/import.ts';
import { PushRefusedError } from '#src/server/push/refused.ts';
import { claimOrExit } from './launch/claims.ts';
import { operator } from './launch/operator.ts';
import { createProgress } from './launch/progress.ts';

const USAGE = `npm run import -- FILE [--county ${COUNTY_SLUGS.join('|')}] [--kind ${PUSH_KINDS.join('|')}] [--workers N]`;
/** Refused lines that are named; all of them are on /sync. */
const MOST_NAMED = 1_000;
const MB = 1024 * 1024;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    county: { type: 'string', default: 'jining' },
    kind: { type: 'string', default: 'notices' },
    workers: { type: 'string' },
  },
});
const county = COUNTY_SLUGS.find((slug) => slug === values.county);
const kind = PUSH_KINDS.find((known) => known === values.kind);
const [path, ...others] = positionals;
const threads = values.workers === undefined ? undefined : Number(values.workers);
const isCount = threads === undefined || (Number.isInteger(threads) && threads >= 1 && threads <= 64);
if (!path || others.length > 0 || !county || !kind || !isCount) {
  console.error(USAGE);
  process.exit(2);
}

const stopping = new AbortController();
// What is stored stays; the next import of the same file goes on behind it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopping.abort());
await claimOrExit('import');
const db = openDatabase(databasePath());
const progress = createProgress('导入', 'MB');
let named = 0;
try {
  const { lines, tally, isDone, resumedAt } = await importFile(
    db,
    { kind, county, path, actor: operator('import') },
    {
      ...(threads === undefined ? {} : { threads }),
      signal: stopping.signal,
      onProgress: (position, size) => progress.show(Math.floor(position / MB), Math.ceil(size / MB)),
      onRefused: (number, { id, reasons = [] }) => {
        if (named++ >= MOST_NAMED) return;
        console.error(`第 ${number} 条 ${id ?? '（无编号）'}：${reasons.map(({ message }) => message).join('；')}`);
      },
    },
  );
  progress.stop();
  if (resumedAt > 0) console.log(`前 ${resumedAt} 条此前已导入。`);
  const { created, changed, unchanged, rejected } = tally;
  const state = isDone ? '导入完成' : '导入中止，再次执行即从中止处继续';
  console.log(`${state}：${lines} 条，新增 ${created}，变更 ${changed}，未变 ${unchanged}，拒收 ${rejected}。`);
  process.exitCode = isDone ? 0 : 1;
} catch (error) {
  progress.stop();
  if (!(error instanceof ImportBusyError || error instanceof PushRefusedError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  db.$client.close();
}
