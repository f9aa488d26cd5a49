import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { splitStream } from '../split.ts';

const CHUNK = 1024 * 1024;
const GZIP = [0x1f, 0x8b];

/** SHA-256 of a file's bytes, hexadecimal. */
export async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** The lines of a file that are not blank, compressed (gzip) or not, and how far it has been read. */
export interface SourceLines {
  lines: AsyncIterable<string>;
  /** Bytes of the file. */
  size: number;
  /** Bytes that have been read so far. */
  position(): number;
}

/** Opens a file of JSON lines. @throws PushRefusedError when it is not UTF-8, Error when it cannot be read or unpacked; both while lines are read */
export function openLines(path: string): SourceLines {
  const file = createReadStream(path, { highWaterMark: CHUNK });
  // What fails ends the reading of the lines, which tells.
  const bytes = isCompressed(path) ? pipeline(file, createGunzip(), () => undefined) : file;
  return { lines: splitStream(bytes, 'lines'), size: statSync(path).size, position: () => file.bytesRead };
}

function isCompressed(path: string): boolean {
  const start = Buffer.alloc(GZIP.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, start);
  } finally {
    closeSync(file);
  }
  return GZIP.every((byte, index) => start[index] === byte);
}
