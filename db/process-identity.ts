import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Says which process this is so that no later one is taken for it: process ids are given out again, and begin again with each
 * boot. Parts joined with commas, none of them with blanks: host, boot, process id, moment of its start in ticks.
 */
export function thisProcess(): string {
  return identify(process.pid) ?? [hostname(), '', process.pid, ''].join(',');
}

/** Does the process that `thisProcess` gave still live? One of another machine, of which nothing is known, does. */
export function isSameProcess(identity: string): boolean {
  const [host, , pid = '', start] = identity.split(',');
  if (host !== hostname()) return true;
  if (start) return identify(Number(pid)) === identity;
  return isAlive(Number(pid));
}

/** Undefined when there is no such process, or this system does not tell. */
function identify(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name, in parentheses, may hold anything; the start is the 20th field behind it (proc_pid_stat(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    // A zombie has ended.
    if (fields[0] === 'Z') return undefined;
    return [hostname(), boot, pid, fields[19]].join(',');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
