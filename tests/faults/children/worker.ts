/**
 * The real worker, on one test feed that it reads every second: `node worker.ts DATA_DIR FEED_HOST`. Says `open` before
 * it touches the database, then what it has stored and indexed (acknowledge.ts).
 */
import { join } from 'node:path';
import pino from 'pino';
import { openDatabase } from '#db/client.ts';
import { onStop } from '#scripts/launch/child.ts';
import { parseConfig } from '#src/server/config.ts';
import { startWorker } from '#src/worker/worker.ts';
import { addTestSource } from '#tests/support/test-feed.ts';
import { acknowledgeChanges, acknowledgeIndex } from './acknowledge.ts';

const [dataDir = '', host = ''] = process.argv.slice(2);
const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' }, pino.destination(2));
process.stdout.write('open\n');
const db = openDatabase(join(dataDir, 'tongming.db'));
acknowledgeChanges(db);
addTestSource(db, `http://${host}`, { schedule: '* * * * * *' });
const config = parseConfig({ DATA_DIR: dataDir, MEILI_PORT: '0', FEED_ALLOW_PRIVATE: host });
const worker = startWorker({ db, config, log });
const stopTelling = acknowledgeIndex(db);
onStop(async () => {
  stopTelling();
  await worker.stop();
  db.$client.close();
});
