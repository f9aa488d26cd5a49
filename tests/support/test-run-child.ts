/**
 * Stands in for `scripts/test.ts` in tests of how a run ends: begins one and starts processes that do not end by themselves.
 * Writes the folder of the run, and then its own process id, into the file that `CHILD_REPORT` names.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { onOrphaned, onStop } from '#scripts/launch/child.ts';
import { beginTestRun } from '#scripts/launch/test-run.ts';

const STUBBORN = `process.on('SIGTERM', () => undefined); process.on('SIGINT', () => undefined); setInterval(() => undefined, 1000)`;
/** A tool that starts a server in a session of its own, as browsers and servers under test are started, and dies before it. */
const TOOL = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(STUBBORN)}], { detached: true, stdio: 'ignore' });
  setTimeout(() => process.exit(), 300)`;

const run = await beginTestRun();
const stop = () => run.end();
onStop(stop);
onOrphaned(() => void stop().then(() => process.exit(1)));
const env = { ...process.env, ...run.environment };
spawn(process.execPath, ['-e', TOOL], { env, stdio: 'ignore' });
spawn(process.execPath, ['-e', STUBBORN], { env, stdio: 'ignore' });
writeFileSync(process.env.CHILD_REPORT ?? '', `${run.folder}\n${process.pid}\n`);
setInterval(() => undefined, 1_000);
