/** A process of its own that goes on with a rebuild of the built-in index: `node rebuild-child.ts DATABASE`. Says `step` after each commit. */
import { setImmediate } from 'node:timers/promises';
import { openDatabase } from '#db/client.ts';
import { rebuildStep } from '#src/server/search/fts-index.ts';

const db = openDatabase(process.argv[2] ?? '');
while (rebuildStep(db) > 0) {
  process.stdout.write('step\n');
  await setImmediate();
}
process.stdout.write('ended\n');
