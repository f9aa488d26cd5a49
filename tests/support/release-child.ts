/**
 * A process of its own that publishes what is due: `node release-child.ts DATABASE NOW STEP`. Kills itself, as `kill -9` does, before its
 * STEP-th statement; 0 for never. Says `ended N` with the number of statements.
 */

import { openDatabase } from '#db/client.ts';
import { listDue, releaseDraft } from '#src/staff/drafts/release.ts';
import { RELEASE_PARTS } from './draft-rig.ts';

const [path = '', now = '', step = '0'] = process.argv.slice(2);
const db = openDatabase(path);
let statements = 0;
const prototype = Object.getPrototypeOf(db.$client.prepare('SELECT 1')) as Record<
  string,
  (...given: unknown[]) => unknown
>;
for (const name of ['run', 'get', 'all', 'iterate']) {
  const own = prototype[name];
  if (!own) throw new Error(`a statement cannot ${name}`);
  prototype[name] = function counted(this: unknown, ...given: unknown[]) {
    statements++;
    if (statements === Number(step)) process.kill(process.pid, 'SIGKILL');
    return own.apply(this, given);
  };
}
for (const id of listDue(db, now)) releaseDraft(db, id, now, RELEASE_PARTS);
process.stdout.write(`ended ${statements}\n`);
