/** A thread of the completion pool: completes one item after another, in the order in which they come. */
import { parentPort } from 'node:worker_threads';
import { ADAPTERS } from '../adapters/index.ts';
import { type Completion, completeItem, type JudgedItem, type OpenItem } from './complete.ts';
import { type Fault, toFault } from './faults.ts';

/** An item and how to read it. */
export interface Task {
  adapter: string;
  settings: unknown;
  item: OpenItem;
}

/** What a thread says: that it has loaded its code, what became of an item, why it is refused, or why its pages could not be read. */
export type Report =
  | { kind: 'ready' }
  | { kind: 'done'; completion: Completion }
  | { kind: 'refused'; item: JudgedItem; fault: Fault }
  | { kind: 'failed'; fault: Fault };

function report(message: Report): void {
  parentPort?.postMessage(message);
}

function perform({ adapter, settings, item }: Task): Report {
  try {
    const known = ADAPTERS[adapter];
    if (!known) throw new Error(`没有这个适配器：${adapter}`);
    const completion = completeItem({ adapter: known, settings }, item);
    if (completion.next || completion.error === undefined) return { kind: 'done', completion };
    return { kind: 'refused', item: { ...completion, error: undefined }, fault: toFault(completion.error) };
  } catch (error) {
    return { kind: 'failed', fault: toFault(error) };
  }
}

parentPort?.on('message', (task: Task) => report(perform(task)));
report({ kind: 'ready' });
