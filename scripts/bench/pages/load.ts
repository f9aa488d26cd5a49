import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

const CONNECTIONS = 32;
/** The kernel counts processor time in hundredths of a second (USER_HZ) whatever its own clock. */
const MS_PER_TICK = 10;
const SCRIPT = join(import.meta.dirname, 'addresses.lua');

const resultSchema = z.object({
  requests: z.number(),
  seconds: z.number(),
  failed: z.number(),
  /** Milliseconds. */
  p50: z.number(),
  p99: z.number(),
});

/** What a server did under load. Times are milliseconds. */
export interface Load {
  perSecond: number;
  p50: number;
  p99: number;
  cpuPerRequest: number;
}

/** A server and the addresses to ask it for. */
export interface Target {
  url: string;
  pid: number;
  /** File with one address path a line. */
  addresses: string;
  cookie?: string;
}

/** A file of address paths for `Target.addresses`. */
export function saveAddresses(directory: string, name: string, addresses: readonly string[]): string {
  const path = join(directory, `${name}.txt`);
  writeFileSync(path, `${addresses.join('\n')}\n`);
  return path;
}

/** Processor time of a process with all its threads so far, in milliseconds. */
function readCpu(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

/**
 * Keeps a server busy over 32 connections that accept Brotli. `start` is the index of the first address.
 * @throws Error when an answer is missing or not 2xx.
 */
export async function applyLoad(target: Target, seconds: number, start: number): Promise<Load & { requests: number }> {
  const before = readCpu(target.pid);
  const options = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--timeout', '10s', '-s', SCRIPT, target.url];
  const { stdout } = await run('wrk', [...options, '--', target.addresses, String(start), target.cookie ?? '']);
  const cpu = readCpu(target.pid) - before;
  const result = resultSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  if (result.failed > 0) throw new Error(`${result.failed} requests to ${target.url} failed (${target.addresses})`);
  const { requests, p50, p99 } = result;
  return { requests, perSecond: requests / result.seconds, p50, p99, cpuPerRequest: cpu / requests };
}
