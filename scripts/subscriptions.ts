import { openDatabase } from '#db/client.ts';
import { databasePath } from '#src/server/db.ts';
import { listDead, listSubscriptions, retryDead, stopById } from '#src/server/subscriptions/operate.ts';
import { claimOrExit } from './launch/claims.ts';

const USAGE = `用法：npm run subscriptions -- list            全部订阅（地址隐去）
      npm run subscriptions -- dead            多次发送失败、不再尝试的消息
      npm run subscriptions -- retry [消息编号]  重新发送一条或全部失败的消息
      npm run subscriptions -- stop <订阅编号>   停止订阅并删除地址`;

const [command, id] = process.argv.slice(2);
await claimOrExit('subscriptions');
const db = openDatabase(databasePath());

if (command === 'list') {
  for (const { id, channel, address, filter, frequency, createdAt, confirmedAt } of listSubscriptions(db)) {
    console.log([id, channel, address, frequency, filter, createdAt, confirmedAt ?? '未确认'].join('\t'));
  }
} else if (command === 'dead') {
  for (const { id, subscriptionId, channel, address, kind, attempts, createdAt, error } of listDead(db)) {
    console.log([id, subscriptionId, channel, address, kind, `${attempts} 次`, createdAt, error ?? ''].join('\t'));
  }
} else if (command === 'retry') {
  console.log(`将重新发送 ${retryDead(db, id, new Date().toISOString())} 条消息。`);
} else if (command === 'stop' && id) {
  console.log(stopById(db, id) ? '已停止，地址已删除。' : '没有这个订阅。');
} else {
  console.error(USAGE);
  process.exitCode = 1;
}
db.$client.close();
