import { isDeepStrictEqual } from 'node:util';
import { gt, sql } from 'drizzle-orm';
import type { Index, Meilisearch, Settings } from 'meilisearch';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { deleteKeyValue, readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { changes, publishedNotices, searchQuarantine } from '#db/schema/index.ts';
import { named } from '#db/sql-pieces.ts';
import { toPhrase } from '#src/domain/search/text.ts';
import { endOf, savePosition } from '#src/publish/changes/follow.ts';
import { n } from '../notices/conditions.ts';
import type { Engine } from './engine.ts';
import { listQuarantined, pushNotices } from './push.ts';
import { INDEX_SETTINGS, INDEX_UID, SIDE_INDEX_UID } from './settings.ts';

const BATCH = 500;
const PATIENCE = { timeout: 300_000, interval: 20 };

export type Progress = (done: number, total: number) => void;

/** Lists in which the order says something: which rule decides first, which field counts most. All others are sets. */
const ORDERED = new Set(['rankingRules', 'searchableAttributes']);

/** Lists are equal: in their order, or as sets. */
function equalLists(actual: unknown, wanted: readonly unknown[], ordered: boolean): boolean {
  if (!Array.isArray(actual)) return false;
  const tidy = (list: readonly unknown[]) => (ordered ? list : list.toSorted(byText));
  return isDeepStrictEqual(tidy(actual), tidy(wanted));
}

function byText(a: unknown, b: unknown): number {
  const [first, second] = [JSON.stringify(a), JSON.stringify(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Every part of `wanted` is in `actual`; what the engine adds of its own does not matter. */
export function contains(actual: unknown, wanted: unknown, key = ''): boolean {
  if (Array.isArray(wanted)) return equalLists(actual, wanted, ORDERED.has(key));
  if (wanted === null || typeof wanted !== 'object') return Object.is(actual, wanted);
  const found = (actual ?? {}) as Record<string, unknown>;
  return Object.entries(wanted).every(([name, value]) => contains(found[name], value, name));
}

/** True when the index exists and has exactly our settings. */
export async function hasSettings(client: Meilisearch, uid: string): Promise<boolean> {
  const settings = await client
    .index(uid)
    .getSettings()
    .catch(() => undefined);
  return settings !== undefined && contains(settings, INDEX_SETTINGS);
}

const CANARY = defineSelect((p: Params<{ upTo: number }>) => ({
  fields: { id: n.id, title: n.title },
  rest: sql`FROM ${named(n)} WHERE NOT EXISTS (SELECT 1 FROM ${searchQuarantine}
      WHERE ${searchQuarantine.noticeId} = ${n.id} AND ${searchQuarantine.version} = ${n.version})
    AND ${n.id} NOT IN (SELECT ${changes.subjectId} FROM ${changes}
      WHERE ${changes.subject} = 'notice' AND ${changes.seq} > ${p.upTo})
    ORDER BY ${n.publishedAt} DESC, ${n.id} DESC LIMIT 1`,
}));
const NEXT_PUBLIC = defineQuery((db, p: Params<{ after: string }>) =>
  db
    .select({ id: publishedNotices.id })
    .from(publishedNotices)
    .where(gt(publishedNotices.id, p.after))
    .orderBy(publishedNotices.id)
    .limit(BATCH),
);
const TOTAL = defineSelect(() => ({ fields: { total: sql<number>`count(*)` }, rest: sql`FROM ${publishedNotices}` }));

/**
 * True when a search finds the newest notice by its title: the engine's own health says "available" even with the
 * index gone. True as well when there is nothing to find.
 */
export async function findsCanary(db: Db, index: Index, upTo: number): Promise<boolean> {
  const canary = CANARY.first(db, { upTo });
  if (!canary) return true;
  const { words, prefix } = toPhrase(canary.title);
  const q = prefix ? words.slice(0, -1) : words;
  const found = await index.search(`"${q.join(' ')}"`, {
    filter: `id = "${canary.id}"`,
    limit: 1,
    attributesToRetrieve: ['id'],
  });
  return found.hits.length === 1;
}

async function createFresh(client: Meilisearch, uid: string): Promise<Index> {
  await client.deleteIndex(uid).waitTask(PATIENCE);
  await client.createIndex(uid, { primaryKey: 'id' }).waitTask(PATIENCE);
  const index = client.index(uid);
  const task = await index.updateSettings(INDEX_SETTINGS as unknown as Settings).waitTask(PATIENCE);
  if (task.status !== 'succeeded') throw new Error(`settings refused: ${task.error?.message}`);
  return index;
}

/** @throws Error unless the index holds every public notice that was not set aside, in its version, and can be searched. */
async function verify(db: Db, client: Meilisearch, uid: string, expected: number, upTo: number): Promise<void> {
  const index = client.index(uid);
  const { numberOfDocuments } = await index.getStats();
  const wanted = expected - listQuarantined(db).length;
  if (numberOfDocuments !== wanted) throw new Error(`index holds ${numberOfDocuments} of ${wanted} documents`);
  if (!(await hasSettings(client, uid))) throw new Error('index lost its settings');
  if (!(await findsCanary(db, index, upTo))) throw new Error('index does not find its canary');
}

/** How far a rebuild under way is: the last notice it took, how many documents it wrote, and the change it began at. */
const progressSchema = z.strictObject({ after: z.string(), written: z.number().int(), end: z.number().int() });
type RebuildProgress = z.output<typeof progressSchema>;
const PROGRESS_KEY = 'index.rebuild';

/** What a rebuild that was stopped has done, when its side index is still there with our settings. */
async function readProgress(db: Db, client: Meilisearch): Promise<RebuildProgress | undefined> {
  const text = readKeyValue(db, PROGRESS_KEY, '');
  if (text === '' || !(await hasSettings(client, SIDE_INDEX_UID))) return undefined;
  return progressSchema.safeParse(JSON.parse(text)).data;
}

async function beginRebuild(db: Db, client: Meilisearch): Promise<RebuildProgress> {
  db.delete(searchQuarantine).run();
  const progress = { after: '', written: 0, end: endOf(db, 'engineIndex') };
  await createFresh(client, SIDE_INDEX_UID);
  saveKeyValue(db, PROGRESS_KEY, JSON.stringify(progress));
  return progress;
}

/**
 * Makes the engine's index again: fills a side index, verifies it, swaps it in, deletes the old one. Searches go on in
 * the old index meanwhile; changes that arrive meanwhile are behind the saved position. One that was stopped goes on where it was.
 */
export async function rebuildEngineIndex(db: Db, { client }: Engine, onProgress: Progress = () => {}): Promise<void> {
  let progress = (await readProgress(db, client)) ?? (await beginRebuild(db, client));
  const side = client.index(SIDE_INDEX_UID);
  const { total } = TOTAL.first(db) ?? { total: 0 };
  for (;;) {
    const ids = NEXT_PUBLIC.all(db, { after: progress.after }).map(({ id }) => id);
    const after = ids.at(-1);
    if (after === undefined) break;
    const written = progress.written + (await pushNotices(db, side, ids));
    progress = { ...progress, after, written };
    saveKeyValue(db, PROGRESS_KEY, JSON.stringify(progress));
    onProgress(Math.min(written, total), total);
  }
  // Whatever is wrong with it, the next one begins anew.
  deleteKeyValue(db, PROGRESS_KEY);
  await verify(db, client, SIDE_INDEX_UID, progress.written, progress.end);
  await client.createIndex(INDEX_UID, { primaryKey: 'id' }).waitTask(PATIENCE); // fails harmlessly where it exists
  const swap = await client.swapIndexes([{ indexes: [INDEX_UID, SIDE_INDEX_UID], rename: false }]).waitTask(PATIENCE);
  if (swap.status !== 'succeeded') throw new Error(`index swap refused: ${swap.error?.message}`);
  await client.deleteIndex(SIDE_INDEX_UID).waitTask(PATIENCE);
  savePosition(db, 'engineIndex', progress.end);
}
