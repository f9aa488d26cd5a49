/** A thread of the completion pool. */
import { answerTasks } from '#src/publish/items/pool-thread.ts';
import { ADAPTERS } from '../adapters/index.ts';
import { type Completion, completeItem, type OpenItem } from './complete.ts';

/** An item and how to read it. */
export interface Task {
  adapter: string;
  settings: unknown;
  item: OpenItem;
}

answerTasks(({ adapter, settings, item }: Task): Completion => {
  const known = ADAPTERS[adapter];
  if (!known) throw new Error(`没有这个适配器：${adapter}`);
  return completeItem({ adapter: known, settings }, item);
});
