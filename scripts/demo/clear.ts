import { existsSync, rmSync } from 'node:fs';
import { is, notLike, type SQL, sql } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type Db, openDatabase } from '#db/client.ts';
import { defineQuery, defineSelect, selectFirst } from '#db/query.ts';
import * as schema from '#db/schema/index.ts';
import { tableName } from '#db/sql-pieces.ts';
import { CONSOLE_ADAPTER } from '#src/publish/console-source.ts';
import { bulkDirectory } from '#src/server/bulk/manifest.ts';
import type { Config } from '#src/server/config.ts';
import { isDemo } from '#src/server/demo.ts';
import { createClient } from '#src/server/search/endpoint.ts';
import { enginePaths, stopStaleEngines } from '#src/server/search/process.ts';
import { INDEX_UID } from '#src/server/search/settings.ts';
import { listAccounts } from '#src/staff/accounts.ts';
import { DEMO_LIBRARY } from './library.ts';
import { isDemoKey } from './sources.ts';
import { DEMO_STAFF } from './staff.ts';
import { DEMO_MAIL_HOST } from './work.ts';

/** What people outside send in, and what its operator is asked for by law or a county: rows that the demonstration did not bring stay. */
const FROM_OUTSIDE: ReadonlyMap<string, SQL | undefined> = new Map([
  [tableName(schema.publicSubmissions), notLike(schema.publicSubmissions.id, 'demo-%')],
  [tableName(schema.subscriptions), notLike(schema.subscriptions.address, `%@${DEMO_MAIL_HOST}`)],
  [tableName(schema.pushKeys), undefined],
  [tableName(schema.redactions), undefined],
  ...[schema.qualifications, schema.achievements, schema.honours, schema.staffCertificates].map(
    (table): [string, SQL] => [tableName(table), notLike(table.source, `${DEMO_LIBRARY}%`)],
  ),
]);
/** All others are filled by reading feeds, by what follows from it, and by staff; of staff there are only fictional ones. */
const TABLES: ReadonlySet<string> = new Set(
  Object.values(schema).flatMap((table) => (is(table, SQLiteTable) ? [tableName(table)] : [])),
);
const STAFF: ReadonlySet<string> = new Set(DEMO_STAFF.map(({ loginName }) => loginName));
/** Tables of SQLite, of its full-text search and of the migrations. */
const INTERNAL = /^(?:sqlite_\w+|__drizzle_migrations|(?:search_index|organization_search)(?:_\w+)?)$/;
const LIST_TABLES = defineSelect(() => ({
  fields: { name: sql<string>`name` },
  rest: sql`FROM sqlite_schema WHERE type = 'table'`,
}));
const LIST_SOURCES = defineQuery((db) =>
  db.select({ key: schema.sources.key, adapter: schema.sources.adapter }).from(schema.sources),
);
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
  const keys = LIST_SOURCES.all(db).filter(({ key, adapter }) => !isDemoKey(key) && adapter !== CONSOLE_ADAPTER);
  const used = LIST_TABLES.all(db).filter(({ name }) => {
    const isOwn = TABLES.has(name) && !FROM_OUTSIDE.has(name);
    if (isOwn || INTERNAL.test(name)) return false;
    const others = FROM_OUTSIDE.get(name);
    const where = others && sql`WHERE ${others}`;
    return selectFirst(db, { one: sql`1` }, sql`FROM ${sql.identifier(name)} ${where} LIMIT 1`) !== undefined;
  });
  const people = listAccounts(db, null).filter(({ loginName }) => !STAFF.has(loginName));
  const others = [
    ...keys.map(({ key }) => `来源 ${key}`),
    ...people.map(({ loginName }) => `账号 ${loginName}`),
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
