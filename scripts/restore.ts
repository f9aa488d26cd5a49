import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '#db/client.ts';
import { copyNamedFiles, filesBeside } from '#src/server/backup/attachments.ts';
import { restoreBackup, UnfitBackupError } from '#src/server/backup/restore.ts';
import { getConfig } from '#src/server/config.ts';
import { DATABASE_NAME, databasePath } from '#src/server/db.ts';
import { catchUpLeaves } from '#src/tlog/catch-up.ts';
import { openGuard } from '#src/tlog/publication-log.ts';
import { logFolder } from '#src/tlog/read/files.ts';
import { claimOrExit } from './launch/claims.ts';

/** Ends the command with a message. */
function refuse(message: string): never {
  console.error(message);
  process.exit(1);
}

const { values } = parseArgs({
  options: { from: { type: 'string' }, 'without-manifest': { type: 'boolean', default: false } },
});
const from = values.from ?? refuse('用法：npm run restore -- --from 备份文件 [--without-manifest]');

await claimOrExit('restore');
try {
  const { DATA_DIR: dataDirectory } = getConfig();
  const previous = await restoreBackup({ dataDirectory, from, withoutManifest: values['without-manifest'] });
  const missing = await copyNamedFiles(databasePath(), filesBeside(resolve(from)), dataDirectory);
  for (const sha256 of missing) console.error(`附件没有恢复：${sha256}`);
  if (missing.length > 0) process.exitCode = 1;
  console.log(`已恢复 ${from}；原数据库保留为 ${previous}`);
  const leaves = await catchUp(dataDirectory);
  if (leaves > 0) console.log(`发布日志：备份之后签名的 ${leaves} 条记录已补入`);
} catch (error) {
  if (error instanceof UnfitBackupError) refuse(error.message);
  throw error;
}

/** What was signed since the backup stays in the log, whatever became of the content. */
async function catchUp(dataDirectory: string): Promise<number> {
  const db = openDatabase(join(dataDirectory, DATABASE_NAME));
  const guard = openGuard(dataDirectory);
  try {
    return await catchUpLeaves(db, logFolder(dataDirectory), guard);
  } finally {
    guard.close();
    db.$client.close();
  }
}
