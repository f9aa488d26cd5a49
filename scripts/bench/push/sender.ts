import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { request } from 'undici';
import type { PushResult } from '#src/server/api/sync/schema.ts';
import type { IssuedKey } from '#src/server/push/keys.ts';
import { COVERED } from '#src/server/push/signature.ts';

const PATH = '/api/v1/sync/notices';

/** Sends items as a county does, signed, in one request. @throws Error when they are not all taken in */
export async function sendItems(url: string, key: IssuedKey, items: readonly unknown[]): Promise<void> {
  const body = items.map((item) => `${JSON.stringify(item)}\n`).join('');
  const answer = await request(url + PATH, { method: 'POST', headers: signed(key, body), body });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`the push was answered with ${answer.statusCode}: ${text}`);
  const { created, items: results } = JSON.parse(text) as PushResult;
  const rejected = results.find(({ status }) => status !== 'created');
  if (created !== items.length) throw new Error(`not created: ${JSON.stringify(rejected)}`);
}

function signed({ keyId, privateKey, site }: IssuedKey, body: string): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/x-ndjson',
    'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
    'idempotency-key': randomUUID(),
  };
  const derived: Record<string, string> = { '@method': 'POST', '@authority': new URL(site).host, '@path': PATH };
  const names = COVERED.map((name) => `"${name}"`).join(' ');
  const input = `(${names});created=${Math.floor(Date.now() / 1000)};keyid="${keyId}";nonce="${randomUUID()}"`;
  const lines = COVERED.map((name) => `"${name}": ${derived[name] ?? headers[name]}`);
  const base = [...lines, `"@signature-params": ${input}`].join('\n');
  const signature = sign(null, Buffer.from(base), createPrivateKey(privateKey)).toString('base64');
  return { ...headers, 'signature-input': `sig=${input}`, signature: `sig=:${signature}:` };
}
