import { join } from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import { commandActor } from '#src/domain/actors.ts';
import { refreshCells } from '#src/publish/statistics/cells.ts';
import { rebuildStatistics } from '#src/publish/statistics/rebuild.ts';
import { importFile } from '#src/server/push/bulk/import.ts';
import { rebuildFts } from '#src/server/search/fts-index.ts';
import { progress, type Workspace } from '../workspace.ts';
import { writeItems } from './items.ts';

/** Seconds that a step took, and the processor time of all threads in it. */
export interface Step {
  seconds: number;
  cpuMs: number;
}

/** A portal's data with so many imported notices, as the worker leaves it. */
export interface ScaleSite {
  count: number;
  directory: string;
  steps: Record<'import' | 'built-in index' | 'statistics', Step>;
}

async function measureStep(work: () => unknown): Promise<Step> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - began) / 1000, cpuMs: (user + system) / 1000 };
}

/** Builds a site by the import that the product offers, then what the worker derives. */
export async function buildScaleSite(workspace: Workspace, count: number): Promise<ScaleSite> {
  const directory = workspace.makeDirectory(`scale-${count}`);
  const path = join(directory, 'items.ndjson');
  await writeItems(path, count);
  const db = openDatabase(join(directory, 'tongming.db'));
  try {
    return { count, directory, steps: await build(db, path, count) };
  } finally {
    db.$client.close();
  }
}

async function build(db: Db, path: string, count: number): Promise<ScaleSite['steps']> {
  progress(`importing ${count} notices …`);
  const job = { kind: 'notices', county: 'jining', path, actor: commandActor('import', 'bench') } as const;
  const imported = await measureStep(async () => {
    const { tally } = await importFile(db, job, { onProgress: tellEvery(10_000) });
    if (tally.created !== count) throw new Error(`imported ${JSON.stringify(tally)} of ${count}`);
  });
  progress('making the built-in index and the statistics …');
  const index = await measureStep(() => rebuildFts(db));
  const statistics = await measureStep(async () => {
    await rebuildStatistics(db);
    while (refreshCells(db) > 0);
  });
  return { import: imported, 'built-in index': index, statistics };
}

/** Says how far it is, every so many milliseconds. */
function tellEvery(ms: number): (position: number, size: number) => void {
  let last = Date.now();
  return (position, size) => {
    if (Date.now() - last < ms) return;
    last = Date.now();
    progress(`  ${((100 * position) / size).toFixed(0)} %`);
  };
}
