import pino from 'pino';
import type { Db } from '#db/client.ts';
import { parseConfig } from '#src/server/config.ts';
import { startEngine } from '#src/server/search/engine.ts';
import { rebuildFts } from '#src/server/search/fts-index.ts';
import { rebuildEngineIndex } from '#src/server/search/rebuild.ts';
import { readTreeCpu } from '../cpu.ts';
import { formatNumber } from '../figures.ts';
import type { Workspace } from '../workspace.ts';

/** Processor milliseconds by stage. */
export type StageCosts = Record<string, number>;

const toMs = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;

/** Runs the pipeline and tells this thread's work from that of the threads that read detail pages. */
export async function measurePipeline<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; costs: StageCosts }> {
  const [all, own] = [process.cpuUsage(), process.threadCpuUsage()];
  const result = await work();
  const [total, main] = [toMs(process.cpuUsage(all)), toMs(process.threadCpuUsage(own))];
  return {
    result,
    costs: { 'fetch, lists and store (one thread)': main, 'details: parse, sanitize, read (threads)': total - main },
  };
}

/** Puts what is stored into both indexes; of the engine too where there is one. */
export async function measureIndexes(workspace: Workspace, db: Db, directory: string): Promise<StageCosts> {
  const config = parseConfig({ ...process.env, DATA_DIR: directory, MEILI_PORT: '0' });
  const builtIn = process.cpuUsage();
  rebuildFts(db);
  const costs: StageCosts = { 'built-in index': toMs(process.cpuUsage(builtIn)) };
  const engine = await startEngine(config, pino({ level: 'warn' }));
  if (!engine) return costs;
  workspace.onClose(() => engine.stop());
  const [own, tree] = [process.cpuUsage(), readTreeCpu(process.pid)];
  await rebuildEngineIndex(db, engine, () => undefined);
  const ours = toMs(process.cpuUsage(own));
  costs['engine index, this process'] = ours;
  costs['engine index, the engine'] = readTreeCpu(process.pid) - tree - ours;
  await engine.stop();
  return costs;
}

/** Prints what a notice costs, stage by stage. */
export function printStages(costs: StageCosts, notices: number): void {
  console.table(
    Object.entries(costs).map(([stage, ms]) => ({ stage, 'CPU ms a notice': formatNumber(Math.max(0, ms) / notices) })),
  );
}
