import { parseArgs } from 'node:util';
import { openDatabase } from '#db/client.ts';
import { EXPOSURE_EVENTS, type ExposureEventKind } from '#src/domain/exposures/life-cycle.ts';
import { parseFeedTime } from '#src/domain/feed-time.ts';
import { recordExposureEvent } from '#src/ingest/exposures/store.ts';
import { databasePath } from '#src/server/db.ts';
import { claimOrExit } from './launch/claims.ts';

/** The command was called wrongly. */
class UsageError extends Error {}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { basis: { type: 'string' }, at: { type: 'string' } },
});
const [command, id, kind = ''] = positionals;
const kinds = Object.entries(EXPOSURE_EVENTS).map(([key, { label }]) => `${key}（${label}）`);

const isKind = (text: string): text is ExposureEventKind => Object.hasOwn(EXPOSURE_EVENTS, text);

/** What staff learn of an entry of the exposure board or the blacklist: `npm run exposures -- record ID repaired --basis TEXT`. */
function recordEvent(): void {
  if (command !== 'record' || !id) throw new UsageError('用法：record 条目编号 事件 --basis 依据 [--at 生效日期]');
  if (!isKind(kind)) throw new UsageError(`事件应为 ${kinds.join('、')} 之一`);
  if (!values.basis) throw new UsageError('缺少依据（--basis），如信用修复决定书文号');
  const at = values.at === undefined ? new Date().toISOString() : parseFeedTime(values.at)?.instant;
  if (!at) throw new UsageError(`读不出生效日期：${values.at}`);
  recordExposureEvent(db, id, { kind, at, basis: values.basis });
  console.log(`已记录：${id} ${EXPOSURE_EVENTS[kind].label}，自 ${at} 生效`);
}

await claimOrExit('exposures');
const db = openDatabase(databasePath());
try {
  recordEvent();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  db.$client.close();
}
