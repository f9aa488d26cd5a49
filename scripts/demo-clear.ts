import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { clearDemo, NotOnlyDemoError } from './demo/clear.ts';
import { LockedError, takeLock } from './launch/lock.ts';

try {
  const config = getConfig();
  const release = takeLock(config.DATA_DIR);
  const result = await clearDemo(config, databasePath());
  release();
  console.log(
    result === 'cleared'
      ? '演示数据已删除。用 DEMO=false 启动即读取真实来源；不设置则重新载入演示数据。'
      : '没有演示数据。',
  );
} catch (error) {
  if (error instanceof LockedError) console.error(`${error.message} Stop it first.`);
  else console.error(error instanceof NotOnlyDemoError ? error.message : error);
  process.exitCode = 1;
}
