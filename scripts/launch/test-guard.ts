/** Waits until the run of tests that started it is gone, then ends what it left: `node test-guard.ts FOLDER`. */
import { once } from 'node:events';
import { reportReady } from './child.ts';
import { endTestRun } from './test-run.ts';

// Whoever ends the run may signal every process of the terminal or of the machine's service: this one still has work to do then.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
reportReady('watching');
await once(process, 'disconnect');
await endTestRun(process.argv[2] ?? '');
