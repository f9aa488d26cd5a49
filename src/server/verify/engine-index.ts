import { existsSync, readFileSync } from 'node:fs';
import { gt } from 'drizzle-orm';
import type { Meilisearch } from 'meilisearch';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { outbox, publishedNotices } from '#db/schema/index.ts';
import { INDEX_CURSOR, readState } from '#db/states.ts';
import type { Config } from '../config.ts';
import { createClient, findSearchClient } from '../search/endpoint.ts';
import { enginePaths } from '../search/process.ts';
import { listQuarantined } from '../search/push.ts';
import { INDEX_UID } from '../search/settings.ts';
import type { Check } from './check.ts';

const PAGE = 1_000;
const TIMEOUT_MS = 5_000;

const PUBLIC = defineQuery((db) =>
  db.select({ id: publishedNotices.id, version: publishedNotices.version }).from(publishedNotices),
);
const PENDING = defineQuery((db, p: Params<{ cursor: number }>) =>
  db.selectDistinct({ id: outbox.noticeId }).from(outbox).where(gt(outbox.seq, p.cursor)),
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

/** The engine's documents are the public notices, id and version. Asks for the documents: its counts and its health lie. */
export function engineCheck(client: Meilisearch): Check {
  return {
    key: 'engine-index',
    title: '搜索引擎中的文档等于公开公告（编号和版本）',
    find: (db) => findDifferences(db, client),
  };
}

async function* findDifferences(db: Db, client: Meilisearch): AsyncGenerator<string> {
  const missing = new Map(PUBLIC.all(db).map(({ id, version }) => [id, version]));
  const excused = listExcused(db);
  for (let offset = 0; ; offset += PAGE) {
    const { results } = await client
      .index(INDEX_UID)
      .getDocuments<{ id: string; version: number }>({ fields: ['id', 'version'], offset, limit: PAGE });
    for (const { id, version } of results) {
      const real = missing.get(id);
      missing.delete(id);
      if (real !== version && !excused.has(id)) yield `${id} 引擎中为第 ${version} 版，库中为第 ${real ?? '无'} 版`;
    }
    if (results.length < PAGE) break;
  }
  for (const id of missing.keys()) if (!excused.has(id)) yield `${id} 不在引擎中`;
}

/** Notices that the engine has still to be given, or that it refused and that are listed as such. */
function listExcused(db: Db): Set<string> {
  const cursor = Number(readState(db, INDEX_CURSOR, '0'));
  const pending = PENDING.all(db, { cursor });
  return new Set([...pending, ...listQuarantined(db)].map(({ id }) => id));
}
