import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK = Buffer.alloc(256 * 1024);

/** A file system of its own that can be filled up. */
export class SmallDisk {
  readonly path: string;
  readonly #filler: string;

  /** @throws Error where this user may not mount one */
  constructor(path: string, megabytes: number) {
    this.path = path;
    this.#filler = join(path, 'filler');
    mkdirSync(path);
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
    if (status !== 0) throw new Error(`a small disk needs the right to mount: ${stderr}`);
  }

  /** Takes every byte that is left; what writers give back meanwhile too. */
  fill(): void {
    const file = openSync(this.#filler, 'a');
    try {
      for (let size = BLOCK.length; size >= 1; ) {
        try {
          writeSync(file, BLOCK, 0, size);
        } catch {
          size = size >> 1;
        }
      }
    } finally {
      closeSync(file);
    }
  }

  /** Gives everything back. */
  free(): void {
    rmSync(this.#filler, { force: true });
  }

  /** From here on whoever opens the file can only read it, also as root. @throws Error when the system does not let us */
  protect(file: string): void {
    for (const how of [
      ['--bind', file, file],
      ['-o', 'remount,bind,ro', file],
    ]) {
      const { status, stderr } = spawnSync('mount', how);
      if (status !== 0) throw new Error(`${file} cannot be protected: ${stderr}`);
    }
  }

  /** Lets whoever opens the file write it again. */
  release(file: string): void {
    spawnSync('umount', ['-l', file]);
  }

  unmount(): void {
    // Lazily: a process that was killed may still be on its way out.
    spawnSync('umount', ['-l', this.path]);
  }
}
