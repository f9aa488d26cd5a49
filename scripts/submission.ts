import { parseArgs } from 'node:util';
import { openDatabase } from '#db/client.ts';
import { LEFT_OUT } from '#src/domain/submission/fields.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { collectChanges } from '#src/server/submission/collect.ts';
import { readSubmissionStatus } from '#src/server/submission/status.ts';
import { writeBatches } from '#src/server/submission/write.ts';
import { claimOrExit } from './launch/claims.ts';

const USAGE = `用法：npm run submission -- write --to <目录>   把新增和变更的公告按国家数据规范写成文件
      npm run submission -- status             已汇交、待重试和不能汇交的情况`;

const { values, positionals } = parseArgs({ options: { to: { type: 'string' } }, allowPositionals: true });
const [command] = positionals;
await claimOrExit('submission');
const db = openDatabase(databasePath());

if (command === 'write' && values.to) {
  const now = new Date().toISOString();
  const { PLATFORM_CODE, SERVICE_PLATFORM_CODE } = getConfig();
  collectChanges(db, now);
  const codes = { PLATFORM_CODE, PUB_SERVICE_PLAT_CODE: SERVICE_PLATFORM_CODE };
  const { written, failed } = writeBatches(db, values.to, codes, now);
  for (const { file, records } of written) console.log(`已写入 ${file}：${records} 条`);
  for (const { file, error } of failed) console.error(`未能写入 ${file}：${error}`);
  if (written.length + failed.length === 0) console.log('没有新的内容，也没有到时间重试的文件。');
  process.exitCode = failed.length > 0 ? 1 : 0;
} else if (command === 'status') {
  const { batches, failed, remarks } = readSubmissionStatus(db);
  console.table(batches);
  for (const { id, attempts, nextAttemptAt, error } of failed)
    console.log(`${id}：失败 ${attempts} 次，${nextAttemptAt} 重试（${error}）`);
  for (const { remark, count } of remarks) console.log(`${count} 条：${remark}`);
  for (const [field, reason] of Object.entries(LEFT_OUT)) console.log(`字段 ${field} 不填：${reason}`);
} else {
  console.error(USAGE);
  process.exitCode = 1;
}
db.$client.close();
