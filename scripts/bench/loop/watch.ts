/**
 * Loaded into a process before its own code (`NODE_OPTIONS=--import …`), watches its main thread: how late its event loop is, and
 * which statements it runs itself. SIGUSR2 writes what was seen to the file that WATCH_FILE names, and begins anew.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** What was seen since the last time, in milliseconds. */
export interface Watched {
  delay: { p50: number; p99: number; max: number };
  /** Text of each statement that the main thread ran, and the milliseconds of its longest run. */
  statements: Record<string, number>;
}

const file = process.env.WATCH_FILE;
const NANOSECONDS = 1e6;

function watch(target: string): void {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let statements: Watched['statements'] = {};
  const { prepare } = Database.prototype;
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql);
    for (const name of ['all', 'get', 'run'] as const) {
      const run = statement[name].bind(statement) as (...values: unknown[]) => unknown;
      Object.defineProperty(statement, name, {
        value(...values: unknown[]) {
          const began = performance.now();
          const result = run(...values);
          statements[sql] = Math.max(statements[sql] ?? 0, performance.now() - began);
          return result;
        },
      });
    }
    return statement;
  } as typeof prepare;
  process.on('SIGUSR2', () => {
    const [p50, p99, max] = [delay.percentile(50), delay.percentile(99), delay.max].map((ns) => ns / NANOSECONDS);
    const seen = { delay: { p50, p99, max }, statements };
    writeFileSync(`${target}.next`, JSON.stringify(seen));
    renameSync(`${target}.next`, target);
    delay.reset();
    statements = {};
  });
}

if (isMainThread && file) watch(file);
