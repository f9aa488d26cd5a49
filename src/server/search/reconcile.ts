import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { noticeCounts, publishedNotices } from '#db/schema/notices.ts';
import { readPosition } from '#src/publish/changes/follow.ts';
import { listChangedIds } from '#src/publish/changes/read.ts';
import type { Engine } from './engine.ts';
import { listQuarantined, pushNotices } from './push.ts';
import { findsCanary, hasSettings, rebuildEngineIndex } from './rebuild.ts';
import { INDEX_UID } from './settings.ts';

const PAGE = 1000;
/** More differences than this, and the index is made again. */
const REPAIR_LIMIT = 2000;

export interface Reconciliation {
  /** Notices repaired in the engine's index. */
  repaired: number;
  /** The engine's index was missing, without settings, blind or far off, and has been made again. */
  rebuilt: boolean;
}

interface Watch {
  /** Where the next rolling comparison begins; undefined until one full comparison has been made. */
  offset: number | undefined;
}

/** Public notices among those with the given ids, a JSON array. */
export const PUBLIC_AMONG = defineSelect((p: Params<{ ids: string }>) => ({
  fields: { id: publishedNotices.id, version: publishedNotices.version },
  rest: sql`FROM ${publishedNotices} WHERE ${publishedNotices.id} IN (SELECT value FROM json_each(${p.ids}))`,
}));
const IDS = defineQuery((db) => db.select({ id: publishedNotices.id }).from(publishedNotices));
const TOTAL = defineQuery((db) =>
  db.select({ total: sql<number>`coalesce(sum(${noticeCounts.total}), 0)` }).from(noticeCounts),
);

const watches = new WeakMap<Engine, Watch>();

/** Ids on a page of the engine's documents that differ from the database, and all ids seen. */
async function comparePage(db: Db, engine: Engine, offset: number): Promise<{ seen: string[]; differing: string[] }> {
  const { results } = await engine.client
    .index(INDEX_UID)
    .getDocuments<{ id: string; version: number }>({ fields: ['id', 'version'], offset, limit: PAGE });
  const rows = PUBLIC_AMONG.all(db, { ids: JSON.stringify(results.map(({ id }) => id)) });
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  return {
    seen: results.map(({ id }) => id),
    differing: results.filter(({ id, version }) => versions.get(id) !== version).map(({ id }) => id),
  };
}

/** Every difference between the engine's ids and versions and the database's. */
async function compareAll(db: Db, engine: Engine): Promise<string[]> {
  const missing = new Set(IDS.all(db).map(({ id }) => id));
  for (const { id } of listQuarantined(db)) missing.delete(id);
  const differing: string[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await comparePage(db, engine, offset);
    for (const id of page.seen) missing.delete(id);
    differing.push(...page.differing);
    if (page.seen.length < PAGE) return [...missing, ...differing];
  }
}

/** All differences the first time and whenever the counts differ; otherwise the next thousand documents are looked at. */
async function findDifferences(db: Db, engine: Engine): Promise<string[]> {
  const watch: Watch = watches.get(engine) ?? { offset: undefined };
  watches.set(engine, watch);
  const { numberOfDocuments } = await engine.client.index(INDEX_UID).getStats();
  const total = TOTAL.first(db)?.total ?? 0;
  if (watch.offset === undefined || numberOfDocuments !== total - listQuarantined(db).length) {
    watch.offset = 0;
    return compareAll(db, engine);
  }
  const page = await comparePage(db, engine, watch.offset);
  watch.offset = page.seen.length < PAGE ? 0 : watch.offset + PAGE;
  return page.differing.length > 0 ? compareAll(db, engine) : [];
}

/**
 * Compares the engine's index with the database and repairs it: single notices one by one, an index that is missing, has
 * other settings, does not find what is in it or is far off by making it again. Called every half minute.
 * @throws Error when the engine cannot be reached.
 */
export async function reconcileEngine(db: Db, engine: Engine): Promise<Reconciliation> {
  const cursor = readPosition(db, 'engineIndex');
  const sound =
    (await hasSettings(engine.client, INDEX_UID)) &&
    (await findsCanary(db, engine.client.index(INDEX_UID), cursor).catch(() => false));
  // They differ for a good reason.
  const pending = new Set(listChangedIds(db, 'notice', cursor));
  const differing = sound ? (await findDifferences(db, engine)).filter((id) => !pending.has(id)) : [];
  if (!sound || differing.length > REPAIR_LIMIT) {
    await rebuildEngineIndex(db, engine);
    return { repaired: 0, rebuilt: true };
  }
  if (differing.length > 0) await pushNotices(db, engine.client.index(INDEX_UID), differing);
  return { repaired: differing.length, rebuilt: false };
}
