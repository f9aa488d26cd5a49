import { userInfo } from 'node:os';
import { SingleBar } from 'cli-progress';
import { openDatabase } from '#db/client.ts';
import { redactStored } from '#src/publish/redaction/redact.ts';
import { assertSanitizerWorks } from '#src/publish/sanitize/sanitize.ts';
import { databasePath } from '#src/server/db.ts';
import { claimOrExit } from './launch/claims.ts';

await claimOrExit('redact');
assertSanitizerWorks();
const db = openDatabase(databasePath());
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());

const bar = new SingleBar({ format: '{bar} {value}/{total} 个版本 {duration_formatted}' });
bar.start(0, 0);
const { checked, replaced, leaked, masked, words } = await redactStored(db, {
  actor: userInfo().username,
  signal: stopping.signal,
  onProgress(done, total) {
    bar.setTotal(total);
    bar.update(done);
  },
});
bar.stop();
console.log(
  `检查了 ${checked} 个版本，替换了 ${replaced} 个；其中 ${leaked} 个含有个人信息，遮蔽 ${masked} 处；名录和原因中改了 ${words} 处${
    stopping.signal.aborted ? '；已停下，再运行时继续' : ''
  }`,
);
db.$client.close();
