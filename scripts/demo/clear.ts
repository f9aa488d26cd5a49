import { existsSync, rmSync } from 'node:fs';
import { notLike, sql } from 'drizzle-orm';
import { type Db, openDatabase } from '#db/client.ts';
import { defineQuery, defineSelect, selectFirst } from '#db/query.ts';
import * as schema from '#db/schema/index.ts';
import { tableName } from '#db/sql-pieces.ts';
import { bulkDirectory } from '#src/server/bulk/manifest.ts';
import type { Config } from '#src/server/config.ts';
import { isDemo } from '#src/server/demo.ts';
import { createClient } from '#src/server/search/endpoint.ts';
import { enginePaths, stopStaleEngines } from '#src/server/search/process.ts';
import { INDEX_UID } from '#src/server/search/settings.ts';
import { DEMO_LIBRARY } from './library.ts';
import { isDemoKey } from './sources.ts';

/** Tables that reading feeds and indexing fill. A row in any other table was put there by a person. */
const FILLED_BY_FEEDS = new Set(
  [
    ...[schema.sources, schema.ingestRuns, schema.rawItems, schema.unknownCodes, schema.leases, schema.keyValues],
    ...[schema.notices, schema.noticeRevisions, schema.noticeContents, schema.noticeTexts],
    ...[schema.noticeParties, schema.noticeAliases],
    ...[schema.noticeCounts, schema.projects, schema.attachments, schema.codeKeys, schema.changes],
    ...[schema.exposures, schema.exposureRevisions, schema.exposureContents, schema.exposureEvents],
    ...[schema.incompleteExposures, schema.mirrorTold],
    ...[schema.organizations, schema.organizationNames, schema.organizationActivity],
    ...[schema.searchDocuments, schema.searchTerms, schema.searchAliases, schema.searchQuarantine],
  ].map(tableName),
);
/** Tables of SQLite, of its full-text search and of the migrations. */
const INTERNAL = /^(?:sqlite_\w+|__drizzle_migrations|(?:search_index|organization_search)(?:_\w+)?)$/;
/** Library tables, which both the demonstration and people fill. */
const LIBRARY = [schema.qualifications, schema.achievements, schema.honours, schema.staffCertificates];
const LIST_TABLES = defineSelect(() => ({
  fields: { name: sql<string>`name` },
  rest: sql`FROM sqlite_schema WHERE type = 'table'`,
}));
const LIST_KEYS = defineQuery((db) => db.select({ key: schema.sources.key }).from(schema.sources));
const ENGINE_TIMEOUT_MS = 20_000;

/** The database holds more than the demonstration: nothing was removed. */
export class NotOnlyDemoError extends Error {}

/**
 * Removes the demonstration: published versions are append-only, so the whole database is removed and made again, and with
 * it the engine's index and the bulk files. Nobody else may use the data directory meanwhile.
 * @throws NotOnlyDemoError when the database holds anything that the demonstration did not bring.
 */
export async function clearDemo(config: Config, path: string): Promise<'cleared' | 'nothing'> {
  if (!existsSync(path)) return 'nothing';
  const db = openDatabase(path);
  try {
    if (!isDemo(db)) return 'nothing';
    assertOnlyDemo(db);
  } finally {
    db.$client.close();
  }
  await clearEngine(config);
  rmSync(bulkDirectory(config.DATA_DIR), { recursive: true, force: true });
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  openDatabase(path).$client.close();
  return 'cleared';
}

function assertOnlyDemo(db: Db): void {
  const keys = LIST_KEYS.all(db).map(({ key }) => key);
  const used = LIST_TABLES.all(db).filter(({ name }) => {
    if (FILLED_BY_FEEDS.has(name) || INTERNAL.test(name)) return false;
    const library = LIBRARY.find((table) => tableName(table) === name);
    const ofOthers = library && sql`WHERE ${notLike(library.source, `${DEMO_LIBRARY}%`)}`;
    return selectFirst(db, { one: sql`1` }, sql`FROM ${sql.identifier(name)} ${ofOthers} LIMIT 1`) !== undefined;
  });
  const others = [
    ...keys.filter((key) => !isDemoKey(key)).map((key) => `来源 ${key}`),
    ...used.map(({ name }) => `表 ${name}`),
  ];
  if (others.length > 0) throw new NotOnlyDemoError(`数据库里还有演示以外的数据，没有删除：${others.join('、')}`);
}

/** Removes the index of our own engine with its files, that of somebody else's through its interface. */
async function clearEngine({ DATA_DIR, MEILI_URL, MEILI_KEY }: Config): Promise<void> {
  await stopStaleEngines(DATA_DIR);
  rmSync(enginePaths(DATA_DIR).data, { recursive: true, force: true });
  if (MEILI_URL)
    await createClient(MEILI_URL, MEILI_KEY ?? '', ENGINE_TIMEOUT_MS)
      .deleteIndex(INDEX_UID)
      .waitTask();
}
