import { parseArgs } from 'node:util';
import { restoreBackup, UnfitBackupError } from '#src/server/backup/restore.ts';
import { getConfig } from '#src/server/config.ts';
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
  console.log(`已恢复 ${from}；原数据库保留为 ${previous}`);
} catch (error) {
  if (error instanceof UnfitBackupError) refuse(error.message);
  throw error;
}
