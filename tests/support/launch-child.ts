/**
 * A process for tests of the launcher. `CHILD_MODE`: `serve` reports its process id and stays, `fatal` gives up for good,
 * `lock` takes the lock of `CHILD_FOLDER` and stays.
 */
import { FATAL_EXIT, onStop, reportReady } from '#scripts/launch/child.ts';
import { takeLock } from '#scripts/launch/lock.ts';

const { CHILD_MODE, CHILD_FOLDER = '' } = process.env;
if (CHILD_MODE === 'fatal') process.exit(FATAL_EXIT);
if (CHILD_MODE === 'lock') takeLock(CHILD_FOLDER);
onStop(() => undefined);
setInterval(() => undefined, 1_000);
reportReady(String(process.pid));
