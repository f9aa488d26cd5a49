import { parentPort } from 'node:worker_threads';
import { type Fault, toFault } from './faults.ts';

/** What a thread says: that it has loaded its code, what became of a task, why its item is refused, or why it could not be done. */
export type Report<Done> =
  | { kind: 'ready' }
  | { kind: 'done'; done: Done }
  | { kind: 'refused'; done: Done; fault: Fault }
  | { kind: 'failed'; fault: Fault };

/** Makes this module's thread one of an `ItemPool`: it does one task after another, in the order in which they come. */
export function answerTasks<Task, Done extends { error?: unknown }>(perform: (task: Task) => Done): void {
  const say = (report: Report<Done>) => parentPort?.postMessage(report);
  const answer = (task: Task): Report<Done> => {
    try {
      const done = perform(task);
      // Errors lose their class on the way between threads.
      if (done.error === undefined) return { kind: 'done', done };
      return { kind: 'refused', done: { ...done, error: undefined }, fault: toFault(done.error) };
    } catch (error) {
      return { kind: 'failed', fault: toFault(error) };
    }
  };
  parentPort?.on('message', (task: Task) => say(answer(task)));
  say({ kind: 'ready' });
}
