import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Db } from '#db/client.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { answer } from '../api/answer.ts';
import { LONGEST_PUSH } from '../api/sync/endpoints.ts';
import { PUSH_KINDS, pushAnswerSchema } from '../api/sync/schema.ts';
import { findLivingKey, toKeyObject } from './keys.ts';
import type { PushWorker } from './push-worker.ts';
import type { PushJob } from './receive.ts';
import { PushRefusedError } from './refused.ts';
import { readDigest, type SignedRequest, verifySignature } from './signature.ts';
import type { PushFormat } from './split.ts';

/**
 * Writes a body to a file in `directory`, for nothing may be stored of a body before its digest is known, and bodies are too
 * large to wait in memory. Returns the file's path; the caller deletes it.
 * @throws PushRefusedError 400 when the digest (SHA-256, base64) is another, 413 when the body is too long; the file is gone then.
 */
async function spoolBody(
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

const PREFIX = '/api/v1/sync/';
const FORMATS: Record<string, PushFormat> = { 'application/json': 'array', 'application/x-ndjson': 'lines' };
const IDEMPOTENCY_KEY = /^"?([\w.:-]{8,100})"?$/;

export interface PushEndpointParts {
  /** The web role's reading handle: keys are looked up in it. */
  openDb: () => Db;
  desk: PushWorker;
  /** Address of the site, which every signature names. */
  siteUrl: string;
  /** Folder for bodies until they are read. */
  directory: string;
}

/**
 * Makes the function that answers pushes. The signature is checked before a byte of the body is read, the digest before anything
 * of it is looked at. @throws PublicError (from the function) for the HTTP server to answer
 */
export function createPushEndpoint(parts: PushEndpointParts): (request: IncomingMessage) => Promise<Response> {
  mkdirSync(parts.directory, { recursive: true, mode: 0o700 });
  // Left behind by a process that was killed: unanswered, so their senders repeat them.
  for (const name of readdirSync(parts.directory)) {
    if (name.endsWith('.push')) void rm(join(parts.directory, name), { force: true });
  }
  return async (request) => {
    const checked = checkRequest(parts, request);
    const file = await spoolBody(request.iterator({ destroyOnReturn: false }), checked.digest, parts.directory);
    try {
      return answer(pushAnswerSchema, await parts.desk.receive({ ...checked, path: file }));
    } finally {
      await rm(file, { force: true });
    }
  };
}

/** Everything about a push but its body. */
function checkRequest({ openDb, siteUrl }: PushEndpointParts, request: IncomingMessage): Omit<PushJob, 'path'> {
  const target = request.url ?? '';
  const kind = PUSH_KINDS.find((name) => target === `${PREFIX}${name}`);
  if (!kind) throw new NotFoundError('没有这个接口；推送地址不带参数');
  const format = FORMATS[String(request.headers['content-type']).split(';')[0]?.trim().toLowerCase() ?? ''];
  if (!format) throw new PushRefusedError(415, `Content-Type 须为 ${Object.keys(FORMATS).join(' 或 ')}`);
  const headers = request.headers as Record<string, string | undefined>;
  const digest = readDigest(headers['content-digest']);
  const idempotencyKey = IDEMPOTENCY_KEY.exec(headers['idempotency-key'] ?? '')?.[1];
  if (!idempotencyKey) {
    const fault = { name: 'Idempotency-Key', message: '须有 8 到 100 个字母、数字或 . _ : -' };
    throw new PushRefusedError(400, '缺少 Idempotency-Key', [fault]);
  }
  const now = Date.now();
  const signed: SignedRequest = { method: 'POST', authority: new URL(siteUrl).host, path: target, headers };
  const { keyId, nonce, owner } = verifySignature(signed, (id) => findKey(openDb(), id, now), now);
  return { kind, format, digest, idempotencyKey, keyId, nonce, ...owner };
}

function findKey(db: Db, id: string, now: number) {
  const key = findLivingKey(db, id, new Date(now).toISOString());
  return key && { key: toKeyObject(key), owner: { sourceKey: key.sourceKey, county: key.county } };
}
