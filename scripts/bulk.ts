import { openReadOnly } from '#db/client.ts';
import { buildBulk } from '#src/server/bulk/build.ts';
import { bulkDirectory } from '#src/server/bulk/manifest.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { onStop } from './launch/child.ts';
import { claimOrExit } from './launch/claims.ts';
import { createProgress } from './launch/progress.ts';

const config = getConfig();
const stopping = new AbortController();
// What is finished stays for the next build; the kernel gives the lock back.
onStop(() => stopping.abort());
await claimOrExit('bulk');
const progress = createProgress('批量文件', '组');
const db = openReadOnly(databasePath());
try {
  const onProgress = (done: number, total: number) => progress.show(done, total);
  const { groups } = await buildBulk(db, config, { onProgress, signal: stopping.signal });
  progress.stop();
  const notices = groups.reduce((sum, group) => sum + group.notices, 0);
  console.log(`${groups.length} 组、${notices} 条公告的批量文件已生成：${bulkDirectory(config.DATA_DIR)}`);
} finally {
  progress.stop();
  db.$client.close();
}
process.exit();
