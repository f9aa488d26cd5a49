import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Sees to it that what is in a file or folder is on the disk. */
export function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Moves a file so that it stays moved when the power fails. */
export function moveDurably(from: string, to: string): void {
  renameSync(from, to);
  flush(dirname(to));
}

/** Writes a small file so that it is there whole or not at all, whatever happens. */
export function writeDurably(path: string, text: string): void {
  writeFileSync(`${path}.part`, text, { flush: true });
  moveDurably(`${path}.part`, path);
}
