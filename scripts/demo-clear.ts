import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { clearDemo, NotOnlyDemoError } from './demo/clear.ts';
import { claimOrExit } from './launch/claims.ts';

await claimOrExit('demo-clear');
try {
  const result = await clearDemo(getConfig(), databasePath());
  console.log(
    result === 'cleared'
      ? '演示数据已删除。用 DEMO=false 启动即读取真实来源；不设置则重新载入演示数据。'
      : '没有演示数据。',
  );
} catch (error) {
  console.error(error instanceof NotOnlyDemoError ? error.message : error);
  process.exitCode = 1;
}
