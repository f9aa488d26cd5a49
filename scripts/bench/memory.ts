import { readFileSync } from 'node:fs';

/** A line of a process's memory, in MB: `VmRSS` now, `VmHWM` at most so far, `RssFile` pages of mapped files now. */
export function readMemory(pid: number, name: 'VmRSS' | 'VmHWM' | 'RssFile'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
}
