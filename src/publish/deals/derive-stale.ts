import { setImmediate } from 'node:timers/promises';
import { and, asc, count, eq, gt, isNull, ne, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { deals, projects } from '#db/schema/index.ts';
import type { Actor } from '#src/domain/actors.ts';
import { DEAL_RULES } from '#src/domain/deals/to-deal.ts';
import { refreshDeal } from './derive.ts';

/** Projects in one transaction: other writers wait for it. */
const BATCH = 100;

const isStale = (rules: Params<{ rules: number }>['rules']) => or(isNull(deals.rules), ne(deals.rules, rules));
const COUNT_STALE = defineQuery((db, p: Params<{ rules: number }>) =>
  db
    .select({ total: count() })
    .from(projects)
    .leftJoin(deals, eq(deals.projectId, projects.id))
    .where(isStale(p.rules)),
);
const LIST_STALE = defineQuery((db, p: Params<{ after: string; rules: number }>) =>
  db
    .select({ id: projects.id })
    .from(projects)
    .leftJoin(deals, eq(deals.projectId, projects.id))
    .where(and(gt(projects.id, p.after), isStale(p.rules)))
    .orderBy(asc(projects.id))
    .limit(BATCH),
);
const EXISTS = defineQuery((db, p: Params<{ id: string }>) =>
  db.select({ id: projects.id }).from(projects).where(eq(projects.id, p.id)),
);
const MARK_STALE = defineQuery((db) => db.update(deals).set({ rules: 0 }));

interface DeriveOptions {
  actor: Actor;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Derives the deal of every project that other rules than the present ones derived, or none, in batches of one transaction each. Each
 * is marked with the rules, so that an interrupted run goes on where it stopped and a second one finds nothing. Returns their number.
 */
export async function deriveStaleDeals(
  db: Db,
  { actor, signal, onProgress = () => {} }: DeriveOptions,
): Promise<number> {
  const total = COUNT_STALE.first(db, { rules: DEAL_RULES })?.total ?? 0;
  let done = 0;
  for (let after = ''; !signal?.aborted; ) {
    const batch = LIST_STALE.all(db, { after, rules: DEAL_RULES });
    const end = batch.at(-1);
    if (!end) break;
    after = end.id;
    const context = { actor, now: new Date().toISOString() };
    const refresh = ({ id }: { id: string }) => {
      // Another process may have taken its last notice out meanwhile.
      if (EXISTS.first(db, { id })) refreshDeal(db, id, context);
    };
    db.$client.transaction(() => batch.forEach(refresh)).immediate();
    done += batch.length;
    onProgress(done, total);
    await setImmediate();
  }
  return done;
}

/** Has every deal derived anew by the next run, whatever rules derived it. */
export function markDealsStale(db: Db): void {
  MARK_STALE.run(db);
}
