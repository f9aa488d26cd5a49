import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logFolder } from '#src/tlog/read/files.ts';

/** Bytes of a file of the log as the worker wrote it; null when there is none. */
export async function readLogFile(dataDirectory: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return Uint8Array.from(await readFile(join(logFolder(dataDirectory), path)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
