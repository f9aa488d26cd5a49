import { existsSync, rmSync } from 'node:fs';
import { type Db, openDatabase } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import { bulkDirectory } from '#src/server/bulk/manifest.ts';
import type { Config } from '#src/server/config.ts';
import { isDemo } from '#src/server/demo.ts';
import { createClient } from '#src/server/search/endpoint.ts';
import { enginePaths, stopStaleEngines } from '#src/server/search/process.ts';
import { INDEX_UID } from '#src/server/search/settings.ts';
import { DEMO_LIBRARY } from './library.ts';
import { isDemoKey } from './sources.ts';

/** Tables that reading feeds and indexing fill. A row in any other table was put there by a person. */
const FILLED_BY_FEEDS =
  /^(?:sources|ingest_runs|raw_items|notice_\w+|notices|unknown_codes|leases|projects|attachments|code_keys|changes|exposures|exposure_\w+|incomplete_exposures|mirror_told|states|search_\w+|organizations|organization_(?:names|activity|search\w*)|sqlite_\w+|__drizzle_migrations)$/;
/** Library tables, which both the demonstration and people fill. */
const LIBRARY = /^(?:qualifications|achievements|honours|staff_certificates)$/;
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
  const keys = listRows<{ key: string }>(db, 'SELECT key FROM sources').map(({ key }) => key);
  const tables = listRows<{ name: string }>(db, `SELECT name FROM sqlite_master WHERE type = 'table'`)
    .map(({ name }) => name)
    .filter((name) => !FILLED_BY_FEEDS.test(name));
  const used = tables.filter((name) => {
    const others = LIBRARY.test(name) ? `WHERE source NOT LIKE '${DEMO_LIBRARY}%'` : '';
    return db.$client.prepare(`SELECT 1 FROM "${name}" ${others} LIMIT 1`).get() !== undefined;
  });
  const others = [
    ...keys.filter((key) => !isDemoKey(key)).map((key) => `来源 ${key}`),
    ...used.map((name) => `表 ${name}`),
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
