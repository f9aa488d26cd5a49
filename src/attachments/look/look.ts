import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { ChangeChoice } from '#src/domain/attachments/cleaning.ts';
import type { FileType } from '#src/domain/attachments/types.ts';
import { UnfitFileError } from '../errors.ts';
import type { Looked, LookReport, LookTask } from './task.ts';

export interface LookLimits {
  /** Milliseconds for one file. */
  limitMs: number;
  /** Heap of its thread. */
  heapMb: number;
}

const LIMITS: LookLimits = { limitMs: 60_000, heapMb: 512 };
const ENTRY = new URL('./thread.ts', import.meta.url);
/** One at a time: there are few processors, and each may need half a gigabyte. */
const turns = pLimit(1);
const EXHAUSTED = '检查它需要的时间或内存超过限度';

/**
 * Looks into a file on a thread of its own, which is ended when it takes too long or needs too much. What could be told by then is
 * told: a reviewer has to look at the rest.
 * @throws UnfitFileError for what may not be attached
 */
export async function lookInto(path: string, name: string | null, limits: LookLimits = LIMITS): Promise<Looked> {
  let type: FileType | undefined;
  const report = await turns(() => run({ kind: 'inspect', path, name }, limits, (sniffed) => (type = sniffed)));
  if (report?.kind === 'looked') return report.looked;
  if (report || !type) throw toError(report);
  return { type, inspection: { findings: [{ kind: 'unreadable', place: '', detail: EXHAUSTED }], text: '' } };
}

/**
 * Writes a file to `target` without what can be taken out of it.
 * @throws UnfitFileError when it cannot be read
 */
export async function cleanInto(
  file: { path: string; type: FileType },
  target: string,
  changes: ChangeChoice,
  limits: LookLimits = LIMITS,
): Promise<void> {
  const report = await turns(() => run({ kind: 'clean', ...file, target, changes }, limits, () => undefined));
  if (report?.kind !== 'cleaned') throw toError(report);
}

function toError(report: LookReport | undefined): Error {
  if (report?.kind === 'unfit') return new UnfitFileError(report.finding, report.message);
  return report?.kind === 'failed' ? new Error(report.message) : new UnfitFileError('bomb', EXHAUSTED);
}

/** What the thread said last; undefined when it was ended before. */
function run(
  task: LookTask,
  { limitMs, heapMb }: LookLimits,
  onSniffed: (type: FileType) => void,
): Promise<LookReport | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(ENTRY, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: heapMb } });
    const finish = (report?: LookReport) => {
      clearTimeout(timer);
      resolve(report);
      void worker.terminate();
    };
    const timer = setTimeout(finish, limitMs);
    worker.on('message', (report: LookReport) => {
      if (report.kind === 'sniffed') onSniffed(report.type);
      else finish(report);
    });
    worker.on('error', (error: NodeJS.ErrnoException) =>
      finish(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? undefined : { kind: 'failed', message: error.message }),
    );
    worker.on('exit', () => finish());
  });
}
