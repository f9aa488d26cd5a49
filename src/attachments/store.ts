import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Folder of the files below the data directory. */
export const FILES_FOLDER = 'files';
const HASH = /^[0-9a-f]{64}$/;

/** A file that was received whole, under a name of its own until it is kept or thrown away. */
export interface Received {
  path: string;
  sha256: string;
  size: number;
}

/** A file is larger than the limit: nothing of it is kept. */
export class FileTooLargeError extends Error {
  constructor(limit: number) {
    super(`文件超过 ${Math.floor(limit / 1048576)} MB，没有保存`);
    this.name = 'FileTooLargeError';
  }
}

/** Files by the hash of their content: each once, never changed, outside of what is served. */
export class FileStore {
  readonly #folder: string;

  constructor(dataDirectory: string) {
    this.#folder = join(dataDirectory, FILES_FOLDER);
  }

  /** Where a file of a hash lies, or would. @throws Error for what is no hash */
  pathOf(sha256: string): string {
    if (!HASH.test(sha256)) throw new Error('not a SHA-256');
    return join(this.#folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  /**
   * Writes a stream to the disk, and what it is to be known by. The caller keeps or drops it.
   * @throws FileTooLargeError as soon as the limit is passed; nothing is left of it then, nor of a stream that breaks off
   */
  async receive(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Received> {
    const path = join(this.#folder, 'receiving', randomUUID());
    await mkdir(dirname(path), { recursive: true });
    const hash = createHash('sha256');
    let size = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        if (size > limit) return done(new FileTooLargeError(limit));
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(stream, counted, createWriteStream(path, { flush: true }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { path, sha256: hash.digest('hex'), size };
  }

  /** What a file is to be known by that was written to the place of a received one. */
  async measure(path: string): Promise<Received> {
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    return { path, sha256: hash.digest('hex'), size: (await stat(path)).size };
  }

  /** Moves a received file to its place, so that it is there after a power cut. One that is there already stays. */
  async keep({ path, sha256 }: Received): Promise<void> {
    const target = this.pathOf(sha256);
    await mkdir(dirname(target), { recursive: true });
    await rename(path, target);
    for (const folder of [dirname(target), dirname(dirname(target)), this.#folder]) await flushFolder(folder);
  }

  async drop({ path }: Pick<Received, 'path'>): Promise<void> {
    await rm(path, { force: true });
  }

  async has(sha256: string): Promise<boolean> {
    return access(this.pathOf(sha256)).then(
      () => true,
      () => false,
    );
  }

  /** Removes a file for good. */
  async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  /** What is wrong with a kept file, in words; undefined when it is what it was. */
  async faultOf(sha256: string, size: number): Promise<string | undefined> {
    const path = this.pathOf(sha256);
    const found = await stat(path).catch(() => undefined);
    if (!found) return '文件不在';
    if (found.size !== size) return `长度应为 ${size}，实为 ${found.size}`;
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex') === sha256 ? undefined : '内容与摘要不符';
  }

  /** Copies a file out of another store, if it is not here yet. @throws Error when what is there is not what its hash says */
  async copyFrom(other: FileStore, sha256: string): Promise<void> {
    if (await this.has(sha256)) return;
    const received = await this.receive(createReadStream(other.pathOf(sha256)), Number.MAX_SAFE_INTEGER);
    if (received.sha256 === sha256) return this.keep(received);
    await this.drop(received);
    throw new Error('内容与摘要不符');
  }

  /** Hashes of all kept files, with when each was written last (milliseconds). */
  async *list(): AsyncGenerator<{ sha256: string; writtenAt: number }> {
    for (const first of await names(this.#folder)) {
      if (!/^[0-9a-f]{2}$/.test(first)) continue;
      for (const second of await names(join(this.#folder, first))) {
        for (const sha256 of await names(join(this.#folder, first, second))) {
          const found = HASH.test(sha256) ? await stat(this.pathOf(sha256)).catch(() => undefined) : undefined;
          if (found) yield { sha256, writtenAt: found.mtimeMs };
        }
      }
    }
  }

  /** Removes what was being received and is older than `olderThan` (milliseconds since 1970): whoever sent it was cut off. */
  async sweepReceiving(olderThan: number): Promise<number> {
    let swept = 0;
    const folder = join(this.#folder, 'receiving');
    for (const name of await names(folder)) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      if (!found || found.mtimeMs >= olderThan) continue;
      await rm(path, { force: true });
      swept += 1;
    }
    return swept;
  }
}

const names = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
