/** A thread that does one task with one file, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { cleanFile } from '../clean/clean.ts';
import { UnfitFileError } from '../errors.ts';
import { inspectFile } from '../inspect/inspect.ts';
import { sniffFile } from '../sniff.ts';
import type { LookReport, LookTask } from './task.ts';

const say = (report: LookReport) => parentPort?.postMessage(report);

async function perform(task: LookTask): Promise<LookReport> {
  if (task.kind === 'clean') {
    await cleanFile(task.path, task.type, task.target, task.changes);
    return { kind: 'cleaned' };
  }
  const type = await sniffFile(task.path, task.name);
  say({ kind: 'sniffed', type });
  return { kind: 'looked', looked: { type, inspection: await inspectFile(task.path, type) } };
}

try {
  say(await perform(workerData as LookTask));
} catch (error) {
  if (error instanceof UnfitFileError) say({ kind: 'unfit', finding: error.kind, message: error.message });
  else say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
