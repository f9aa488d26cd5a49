import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Random } from '#scripts/demo/generate/random.ts';
import type { TracedCall } from './trace.ts';

const SECTOR = 512;
const TORN = 0.05;
/** Chances with which a power cut keeps a write that was not synced. */
const KEPT = [0, 0.5, 0.9, 1] as const;

/** Bytes of a file, in a buffer that is larger than it needs to be. */
class Image {
  #buffer = Buffer.alloc(0);
  #size = 0;

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#size);
  }

  copy(): Image {
    const twin = new Image();
    twin.#buffer = Buffer.from(this.bytes);
    twin.#size = this.#size;
    return twin;
  }

  apply({ call, bytes, position }: TracedCall): void {
    if (call === 'unlink') this.#resize(0);
    else if (call === 'ftruncate') this.#resize(position);
    else {
      this.#resize(Math.max(this.#size, position + bytes.length));
      bytes.copy(this.#buffer, position);
    }
  }

  #resize(size: number): void {
    if (size > this.#buffer.length) this.#buffer = Buffer.concat([this.bytes], size * 2);
    this.#buffer.fill(0, Math.min(size, this.#size), Math.max(size, this.#size));
    this.#size = size;
  }
}

/** A file: what is safely on the disk, and what has been written since. */
interface DiskFile {
  synced: Image;
  pending: TracedCall[];
}

/** The files of one folder as a disk holds them while recorded calls are played to it. */
export class Disk {
  readonly #folder: string;
  readonly #files = new Map<string, DiskFile>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** True for calls on the folder's files. The shared-memory file is left out: it does not outlive its processes. */
  concerns({ target }: TracedCall): boolean {
    return target === this.#folder || (dirname(target) === this.#folder && !target.endsWith('-shm'));
  }

  play(call: TracedCall): void {
    if (call.call !== 'fsync' && call.call !== 'fdatasync') {
      this.#file(call.target).pending.push(call);
      return;
    }
    // A file system's journal is one: any sync makes earlier removals of names last.
    for (const [path, file] of this.#files) {
      if (path === call.target || file.pending.some((earlier) => earlier.call === 'unlink')) settle(file);
    }
  }

  /** Cuts the power: writes the files into a folder with what has reached the disk by luck. */
  cutInto(folder: string, random: Random): void {
    const chance = random.pick(KEPT);
    mkdirSync(folder, { recursive: true });
    for (const [path, { synced, pending }] of this.#files) {
      const image = synced.copy();
      for (const call of pending) {
        if (!random.chance(chance)) continue;
        const whole = call.bytes.length;
        const length = random.chance(TORN) ? random.integer(0, Math.floor(whole / SECTOR)) * SECTOR : whole;
        image.apply({ ...call, bytes: call.bytes.subarray(0, length) });
      }
      if (image.bytes.length > 0) writeFileSync(join(folder, basename(path)), image.bytes);
    }
  }

  #file(path: string): DiskFile {
    let file = this.#files.get(path);
    if (!file) {
      file = { synced: new Image(), pending: [] };
      this.#files.set(path, file);
    }
    return file;
  }
}

function settle(file: DiskFile): void {
  for (const call of file.pending) file.synced.apply(call);
  file.pending = [];
}
