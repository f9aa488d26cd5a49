import { existsSync, readFileSync } from 'node:fs';
import type { Meilisearch } from 'meilisearch';
import type { Db } from '#db/client.ts';
import { defineQuery } from '#db/query.ts';
import { publishedNotices } from '#db/schema/index.ts';
import { readPosition } from '#src/publish/changes/follow.ts';
import { listChangedIds } from '#src/publish/changes/read.ts';
import type { Config } from '../config.ts';
import { createClient, findSearchClient } from '../search/endpoint.ts';
import { enginePaths } from '../search/process.ts';
import { listQuarantined } from '../search/push.ts';
import { PUBLIC_AMONG } from '../search/reconcile.ts';
import { INDEX_UID } from '../search/settings.ts';
import type { Check } from './check.ts';

/** Documents that are asked for at a time. */
const PAGE = 1_000;
const TIMEOUT_MS = 5_000;

const PUBLIC = defineQuery((db) =>
  db.select({ id: publishedNotices.id, version: publishedNotices.version }).from(publishedNotices),
);
/** A client that may read documents, of the engine that runs; undefined when none answers. */
export async function findRunningEngine(config: Config): Promise<Meilisearch | undefined> {
  const url = config.MEILI_URL ?? findSearchClient(config.DATA_DIR)?.config.host;
  if (!url) return undefined;
  const { key } = enginePaths(config.DATA_DIR);
  const secret = config.MEILI_URL ? (config.MEILI_KEY ?? '') : existsSync(key) ? readFileSync(key, 'utf8').trim() : '';
  const client = createClient(url, secret, TIMEOUT_MS);
  return (await client.isHealthy()) ? client : undefined;
}

/**
 * The engine's documents are the public notices, id and version. Asks for the documents: its counts and its health lie. `page`: how many
 * at a time.
 */
export function engineCheck(client: Meilisearch, page = PAGE): Check {
  return {
    key: 'engine-index',
    title: '搜索引擎中的文档等于公开公告（编号和版本）',
    find: (db) => findDifferences(db, client, page),
  };
}

interface EngineDocument {
  id: string;
  version: number;
}

const FIELDS = ['id', 'version'] satisfies (keyof EngineDocument)[];

/**
 * Documents that come or go while the engine's list is read move others from page to page, so that one is seen twice or not at all:
 * what looks wrong is asked for once more by its id.
 */
async function* findDifferences(db: Db, client: Meilisearch, page: number): AsyncGenerator<string> {
  const suspects = await listSuspects(db, client, page);
  for (let from = 0; from < suspects.length; from += page) {
    const ids = suspects.slice(from, from + page);
    const { results } = await client
      .index(INDEX_UID)
      .getDocuments<EngineDocument>({ fields: FIELDS, ids, limit: ids.length });
    const indexed = new Map(results.map(({ id, version }) => [id, version]));
    const rows = PUBLIC_AMONG.all(db, { ids: JSON.stringify(ids) });
    const published = new Map(rows.map(({ id, version }) => [id, version]));
    const excused = listExcused(db);
    for (const id of ids) {
      const [found, real] = [indexed.get(id), published.get(id)];
      if (found === real || excused.has(id)) continue;
      yield found === undefined
        ? `${id} 不在引擎中`
        : `${id} 引擎中为第 ${found} 版，库中为${real === undefined ? '未公开' : `第 ${real} 版`}`;
    }
  }
}

/** Ids of which the engine's list and the database tell different versions. */
async function listSuspects(db: Db, client: Meilisearch, page: number): Promise<string[]> {
  const missing = new Map(PUBLIC.all(db).map(({ id, version }) => [id, version]));
  const suspects: string[] = [];
  for (let offset = 0; ; offset += page) {
    const { results } = await client
      .index(INDEX_UID)
      .getDocuments<EngineDocument>({ fields: FIELDS, offset, limit: page });
    for (const { id, version } of results) {
      if (missing.get(id) !== version) suspects.push(id);
      missing.delete(id);
    }
    if (results.length < page) return [...suspects, ...missing.keys()];
  }
}

/** Notices that the engine has still to be given, or that it refused and that are listed as such. */
function listExcused(db: Db): Set<string> {
  const pending = listChangedIds(db, 'notice', readPosition(db, 'engineIndex'));
  return new Set([...pending, ...listQuarantined(db).map(({ id }) => id)]);
}
