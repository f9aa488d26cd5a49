/**
 * A process of its own that notifies: `node notifier-child.ts DATABASE WEBHOOK_HOST`. Runs until it is ended.
 */
import { dirname } from 'node:path';
import pino from 'pino';
import { openDatabase } from '#db/client.ts';
import { NOTICE_READER } from '#src/publish/facts/reading.ts';
import { parseConfig } from '#src/server/config.ts';
import { startNotifier } from '#src/server/subscriptions/notifier.ts';

const [path = '', host = ''] = process.argv.slice(2);
const config = parseConfig({ DATA_DIR: dirname(path), WEBHOOK_ALLOW_PRIVATE: host, DEMO: 'false' });
const db = openDatabase(path);
const notifier = startNotifier({ db, config, log: pino({ level: 'silent' }), read: NOTICE_READER.read });
process.on('SIGTERM', async () => {
  await notifier.stop();
  db.$client.close();
});
