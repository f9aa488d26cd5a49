import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyNamedFiles, filesBeside } from '#src/server/backup/attachments.ts';
import { restoreBackup, UnfitBackupError } from '#src/server/backup/restore.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
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
} catch (error) {
  if (error instanceof UnfitBackupError) refuse(error.message);
  throw error;
}
