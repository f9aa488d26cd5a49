import { SingleBar } from 'cli-progress';
import { openDatabase } from '#db/client.ts';
import { refreshCells } from '#src/publish/statistics/cells.ts';
import { markUnobserved, rebuildStatistics } from '#src/publish/statistics/rebuild.ts';
import { databasePath } from '#src/server/db.ts';
import { claimOrExit } from './launch/claims.ts';

/** `npm run statistics`: observes every project anew and makes all figures anew; what was interrupted goes on where it stopped. */
await claimOrExit('statistics');
const db = openDatabase(databasePath());
const bar = new SingleBar({ format: '统计 [{bar}] {value}/{total} 个项目，约剩 {eta_formatted}', hideCursor: true });
const started = performance.now();
let isShown = false;
markUnobserved(db);
const projects = await rebuildStatistics(db, {
  onProgress(done, total) {
    if (!isShown) bar.start(total, 0);
    isShown = true;
    bar.update(done);
  },
});
while (refreshCells(db) > 0);
bar.stop();
console.log(`已重算 ${projects} 个项目的统计，用时 ${((performance.now() - started) / 1000).toFixed(1)} 秒`);
db.$client.close();
