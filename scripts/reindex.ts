import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import pino from 'pino';
import { openDatabase } from '#db/client.ts';
import { getConfig } from '#src/server/config.ts';
import { createClient, findSearchClient } from '#src/server/search/endpoint.ts';
import { type Engine, startEngine } from '#src/server/search/engine.ts';
import { rebuildIndex } from '#src/server/search/indexer.ts';
import { readMasterKey } from '#src/server/search/process.ts';

/** The engine of a running worker where there is one (two servers on one directory would corrupt it), else one of our own. */
async function findEngine(): Promise<Engine | null> {
  const config = getConfig();
  const running = findSearchClient(config.DATA_DIR);
  if (running && !config.MEILI_URL && (await running.isHealthy())) {
    const url = running.config.host;
    const client = createClient(url, readMasterKey(config.DATA_DIR), 20_000);
    return { url, client, pid: () => undefined, stop: async () => undefined };
  }
  return startEngine(config, pino({ level: 'warn' }));
}

const db = openDatabase(join(getConfig().DATA_DIR, 'tongming.db'));
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
