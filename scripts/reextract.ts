import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { openDatabase } from '#db/client.ts';
import { deriveStaleDeals, markDealsStale } from '#src/publish/deals/derive-stale.ts';
import { markUnread, reextractNotices } from '#src/publish/notices/reextract.ts';
import { databasePath } from '#src/server/db.ts';
import { claimOrExit } from './launch/claims.ts';
import { operator } from './launch/operator.ts';

const { values: options } = parseArgs({ options: { all: { type: 'boolean', default: false } } });
await claimOrExit('reextract');
const db = openDatabase(databasePath());
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());

if (options.all) {
  markUnread(db);
  markDealsStale(db);
}
const bar = new SingleBar({ format: '{bar} {value}/{total} 条 {duration_formatted}' });
bar.start(0, 0);
const { read, changed } = await reextractNotices(db, {
  actor: operator('reextract'),
  signal: stopping.signal,
  onProgress(done, total) {
    bar.setTotal(total);
    bar.update(done);
  },
});
bar.stop();
const deals = await deriveStaleDeals(db, { actor: operator('reextract'), signal: stopping.signal });
console.log(
  `读了 ${read} 条，其中 ${changed} 条与先前不同；重新推算了 ${deals} 个项目${stopping.signal.aborted ? '；已停下，再运行时继续' : ''}`,
);
db.$client.close();
