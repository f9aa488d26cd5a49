import { setImmediate } from 'node:timers/promises';
import { and, asc, gt, isNotNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { deleteKeyValue, readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { defineQuery } from '#db/query.ts';
import { organizations } from '#db/schema/index.ts';
import type { Actor } from '#src/domain/actors.ts';
import { chooseCurrentName } from './current-name.ts';
import { findRoot } from './records.ts';

/**
 * Number of the rules by which the names beside one code are told apart (`chooseCurrentName`). Raised whenever the same names would be
 * current, former or doubtful otherwise, so that those already stored are looked at again.
 */
export const NAME_RULES = 1;
const RULES = 'organizations.names.rules';
/** Id of the last organization that a run which has not ended has looked at. */
const POSITION = 'organizations.names.position';
/** Organizations in one transaction: other writers wait for it. */
const BATCH = 100;

const LIST_AFTER = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(gt(organizations.id, p.id), isNotNull(organizations.uscc)))
    .orderBy(asc(organizations.id))
    .limit(BATCH),
);

/**
 * Tells the names of every organization with a code apart anew, where other rules than the present ones did: a name that is another
 * firm's becomes a doubt without anybody asking for it. An interrupted run goes on where it stopped, a second one finds nothing.
 * Returns the number of organizations looked at.
 */
export async function renameStale(db: Db, { actor, signal }: { actor: Actor; signal?: AbortSignal }): Promise<number> {
  if (readKeyValue(db, RULES, '') === String(NAME_RULES)) return 0;
  let done = 0;
  while (!signal?.aborted) {
    const batch = LIST_AFTER.all(db, { id: readKeyValue(db, POSITION, '') });
    const end = batch.at(-1);
    if (!end) {
      db.$client.transaction(() => settle(db)).immediate();
      break;
    }
    const context = { actor, now: new Date().toISOString() };
    const look = () => {
      for (const { id } of batch) chooseCurrentName(db, id, findRoot(db, id)?.id ?? id, context);
      saveKeyValue(db, POSITION, end.id);
    };
    db.$client.transaction(look).immediate();
    done += batch.length;
    await setImmediate();
  }
  return done;
}

function settle(db: Db): void {
  saveKeyValue(db, RULES, String(NAME_RULES));
  deleteKeyValue(db, POSITION);
}
