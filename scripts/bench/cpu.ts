import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second (USER_HZ) whatever its own clock. */
const MS_PER_TICK = 10;

interface Process {
  parent: number;
  /** Milliseconds, its threads and the children that it waited for included. */
  cpu: number;
}

function readProcess(pid: string): Process | undefined {
  try {
    // The name, in parentheses, may hold anything; behind it stand the state and the parent (proc_pid_stat(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const [, parent = '0', ...rest] = fields;
    const ticks = rest.slice(9, 13).reduce((sum, text) => sum + Number(text), 0);
    return { parent: Number(parent), cpu: ticks * MS_PER_TICK };
  } catch {
    return undefined;
  }
}

/** Processor time of a process and of all that it started, so far, in milliseconds (Linux). */
export function readTreeCpu(root: number): number {
  const processes = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) && readProcess(name);
    if (found) processes.set(Number(name), found);
  }
  const isOurs = (pid: number): boolean => pid === root || (pid > 1 && isOurs(processes.get(pid)?.parent ?? 0));
  let sum = 0;
  for (const [pid, { cpu }] of processes) if (isOurs(pid)) sum += cpu;
  return sum;
}
