/**
 * A process for tests of the launcher. `CHILD_MODE`: `serve` reports its process id and stays, `fatal` gives up for good,
 * `lock` claims `CHILD_FOLDER` as the web role does and stays.
 */
import { FATAL_EXIT, onStop, reportReady } from '#scripts/launch/child.ts';
import { claim } from '#scripts/launch/claims.ts';

const { CHILD_MODE, CHILD_FOLDER = '' } = process.env;
if (CHILD_MODE === 'fatal') process.exit(FATAL_EXIT);
if (CHILD_MODE === 'lock') await claim('web', CHILD_FOLDER);
onStop(() => undefined);
setInterval(() => undefined, 1_000);
reportReady(String(process.pid));
