import { createHash, createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a token lets its holder do. */
export type TokenPurpose = 'confirm' | 'manage';

const KEY_BYTES = 32;
const keys = new Map<string, Buffer>();

/**
 * A key of this site (by default what tokens of subscriptions are derived from), made on first use: a file below DATA_DIR that only its owner reads. The database holds
 * hashes of tokens only, so neither it nor a backup of it lets anyone confirm or stop; the worker can still write each
 * subscriber's link into each message.
 */
export function loadTokenKey(
  dataDirectory: string,
  file: 'subscriptions.key' | 'staff.key' | 'participation.key' = 'subscriptions.key',
): Buffer {
  const path = join(dataDirectory, 'keys', file);
  const key = keys.get(path) ?? readOrMake(path);
  keys.set(path, key);
  return key;
}

/** Written aside and linked: two processes that start together end up with one key. */
function readOrMake(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  }
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path);
}

/** The token of a subscription for a purpose: 43 characters that may stand in an address. */
export const makeToken = (key: Buffer, purpose: TokenPurpose, id: string): string =>
  createHmac('sha256', key).update(`${purpose}:${id}`).digest('base64url');

/** What is kept of a token. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Secret of a subscription's signed webhook (Standard Webhooks: `whsec_` and 32 bytes in base64). */
export const makeWebhookSecret = (key: Buffer, id: string): string =>
  `whsec_${createHmac('sha256', key).update(`webhook:${id}`).digest('base64')}`;
