import { SingleBar } from 'cli-progress';
import pino from 'pino';
import { openDatabase } from '#db/client.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { createClient, findSearchClient } from '#src/server/search/endpoint.ts';
import { type Engine, startEngine } from '#src/server/search/engine.ts';
import { rebuildIndex } from '#src/server/search/indexer.ts';
import { readMasterKey } from '#src/server/search/process.ts';
import { claimOrExit, claimRole } from './launch/claims.ts';

/** One of our own, or with a worker at work the one that it has started: two servers on one directory would corrupt it. */
async function findEngine(): Promise<Engine | null> {
  const config = getConfig();
  if (claimRole('worker', config.DATA_DIR)) return startEngine(config, pino({ level: 'warn' }));
  const running = findSearchClient(config.DATA_DIR);
  if (!running || !(await running.isHealthy())) return null;
  const url = running.config.host;
  const key = config.MEILI_URL ? (config.MEILI_KEY ?? '') : readMasterKey(config.DATA_DIR);
  return { url, client: createClient(url, key, 20_000), pid: () => undefined, stop: async () => undefined };
}

await claimOrExit('reindex');
const db = openDatabase(databasePath());
const engine = await findEngine();
const bar = new SingleBar({ format: '{bar} {value}/{total} 条 {duration_formatted}' });
bar.start(1, 0);
await rebuildIndex(db, engine, (done, total) => {
  bar.setTotal(total);
  bar.update(done);
});
bar.stop();
console.log(engine ? '两个索引都已重建' : '内置索引已重建（没有找到 Meilisearch）');
await engine?.stop();
db.$client.close();
