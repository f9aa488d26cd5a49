import { openReadOnly } from '#db/client.ts';
import { buildBulk } from '#src/server/bulk/build.ts';
import { bulkDirectory } from '#src/server/bulk/manifest.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { onStop } from './launch/child.ts';
import { LockedError, takeLock } from './launch/lock.ts';
import { createProgress } from './launch/progress.ts';

const config = getConfig();
const directory = bulkDirectory(config.DATA_DIR);
const stopping = new AbortController();
// What is finished stays for the next build; the kernel gives the lock back.
onStop(() => stopping.abort());
const progress = createProgress('批量文件', '组');
const db = openReadOnly(databasePath());
try {
  const release = takeLock(directory);
  const onProgress = (done: number, total: number) => progress.show(done, total);
  const { groups } = await buildBulk(db, config, { onProgress, signal: stopping.signal }).finally(release);
  progress.stop();
  const notices = groups.reduce((sum, group) => sum + group.notices, 0);
  console.log(`${groups.length} 组、${notices} 条公告的批量文件已生成：${directory}`);
} catch (error) {
  progress.stop();
  if (!(error instanceof LockedError)) throw error;
  console.error(`批量文件正在由另一进程生成：${directory}`);
  process.exitCode = 1;
} finally {
  db.$client.close();
}
process.exit();
