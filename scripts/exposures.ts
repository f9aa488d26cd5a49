import { parseArgs } from 'node:util';
import { openDatabase } from '#db/client.ts';
import { EXPOSURE_EVENTS, type ExposureEventKind } from '#src/domain/exposures/life-cycle.ts';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { completeExposure } from '#src/ingest/complete-exposure.ts';
import { listIncomplete } from '#src/publish/exposures/incomplete-rows.ts';
import { fieldName } from '#src/publish/exposures/labels.ts';
import { recordExposureEvent } from '#src/publish/exposures/store.ts';
import { databasePath } from '#src/server/db.ts';
import { toCsvLine } from './csv-line.ts';
import { claimOrExit } from './launch/claims.ts';
import { operator } from './launch/operator.ts';

/** The command was called wrongly. */
class UsageError extends Error {}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    basis: { type: 'string' },
    at: { type: 'string' },
    party: { type: 'string' },
    code: { type: 'string' },
    number: { type: 'string' },
    authority: { type: 'string' },
    date: { type: 'string' },
    violation: { type: 'string' },
    penalty: { type: 'string' },
  },
});
const [command, id, kind = ''] = positionals;
const kinds = Object.entries(EXPOSURE_EVENTS).map(([key, { label }]) => `${key}（${label}）`);

const context = () => ({ actor: operator('exposures'), now: new Date().toISOString() });

const isKind = (text: string): text is ExposureEventKind => Object.hasOwn(EXPOSURE_EVENTS, text);

/** What staff learn of an entry of the exposure board or the blacklist: `npm run exposures -- record ID repaired --basis TEXT`. */
function recordEvent(): void {
  if (command !== 'record' || !id) {
    throw new UsageError(
      '用法：record 条目编号 事件 --basis 依据 [--at 生效日期] | incomplete | complete 编号 … --basis 依据',
    );
  }
  if (!isKind(kind)) throw new UsageError(`事件应为 ${kinds.join('、')} 之一`);
  if (!values.basis) throw new UsageError('缺少依据（--basis），如信用修复决定书文号');
  const at = values.at === undefined ? new Date().toISOString() : parseFeedTime(values.at)?.instant;
  if (!at) throw new UsageError(`读不出生效日期：${values.at}`);
  recordExposureEvent(db, id, { kind, at, basis: values.basis }, context());
  console.log(`已记录：${id} ${EXPOSURE_EVENTS[kind].label}，自 ${at} 生效`);
}

/** Records of which the sources do not say enough for an entry, and what they lack: `npm run exposures -- incomplete`. */
function listRecords(): void {
  const header = ['编号', '来源', '当事人', '文号', '机关', '决定日期', '行为', '缺少', '已补录'];
  console.log(`\uFEFF${toCsvLine(header)}`);
  for (const { id, sourceName, said, missing, supplement } of listIncomplete(db)) {
    const given = [said.subjectName, said.decisionNo, said.authority, said.decisionDate, said.violation];
    const lacks = missing.map(fieldName).join('、');
    const added = supplement ? Object.keys(supplement.fields).join('、') : '';
    console.log(toCsvLine([id, sourceName, ...given.map((value) => value || '来源未给出'), lacks, added]));
  }
}

/** What staff found out about such a record: `npm run exposures -- complete ID --number NO --date DATE --basis TEXT`. */
function complete(): void {
  if (!id)
    throw new UsageError(
      '用法：complete 编号 [--party 名称] [--code 代码] [--number 文号] [--authority 机关] [--date 日期] [--violation 行为] [--penalty 处罚] --basis 依据',
    );
  if (!values.basis) throw new UsageError('缺少依据（--basis），如补录所据的决定书或来函');
  const supplied = {
    ...(values.party ? { partyName: values.party } : {}),
    ...(values.code ? { uscc: values.code } : {}),
    ...(values.number ? { decisionNo: values.number } : {}),
    ...(values.authority ? { authority: values.authority } : {}),
    ...(values.date ? { decisionDate: values.date } : {}),
    ...(values.violation ? { violation: values.violation } : {}),
    ...(values.penalty ? { penaltyContent: values.penalty } : {}),
  };
  const entry = completeExposure(db, id, supplied, values.basis, context());
  if (entry) console.log(`已补全，成为条目 ${entry}`);
  else {
    const missing = listIncomplete(db).find((record) => record.id === id)?.missing ?? [];
    console.log(`已记录；仍缺：${missing.map(fieldName).join('、') || '见数据同步页的原因'}`);
  }
}

await claimOrExit('exposures');
const db = openDatabase(databasePath());
try {
  if (command === 'incomplete') listRecords();
  else if (command === 'complete') complete();
  else recordEvent();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  db.$client.close();
}
