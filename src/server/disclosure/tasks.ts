import { asc } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { disclosureTasks } from '#db/schema/disclosure.ts';

/** A task as everybody sees it. */
export interface PublicTask {
  id: string;
  name: string;
  owner: string;
  dueOn: string;
  basis: string;
  doneOn: string | null;
  result: string | null;
}

/** Every task, the earliest due first. */
export function listTasks(db: Db): PublicTask[] {
  const { id, name, owner, dueOn, basis, doneOn, result } = disclosureTasks;
  return db
    .select({ id, name, owner, dueOn, basis, doneOn, result })
    .from(disclosureTasks)
    .orderBy(asc(dueOn), asc(id))
    .all();
}
