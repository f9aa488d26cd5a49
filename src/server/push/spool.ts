import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LONGEST_PUSH } from '../api/sync/endpoints.ts';
import { PushRefusedError } from './refused.ts';

/**
 * Writes a body to a file in `directory`, for nothing may be stored of a body before its digest is known, and bodies are too
 * large to wait in memory. Returns the file's path; the caller deletes it.
 * @throws PushRefusedError 400 when the digest (SHA-256, base64) is another, 413 when the body is too long; the file is gone then.
 */
export async function spoolBody(
  body: AsyncIterable<Uint8Array>,
  digest: string,
  directory: string,
  limit = LONGEST_PUSH,
): Promise<string> {
  const path = join(directory, `${randomUUID()}.push`);
  const hash = createHash('sha256');
  let length = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      hash.update(chunk);
      done(length > limit ? new PushRefusedError(413, `一次最多 ${limit / 1024 / 1024} MB`) : null, chunk);
    },
  });
  try {
    await pipeline(body, measure, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    if (hash.digest('base64') === digest) return path;
    throw new PushRefusedError(400, '内容与 Content-Digest 不符，可能在途中被截断或改动');
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
