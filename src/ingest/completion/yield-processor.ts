import { constants, setPriority } from 'node:os';

/** Lets all others have the processor before this thread. Only Linux gives threads priorities of their own. */
export function yieldProcessor(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
}
