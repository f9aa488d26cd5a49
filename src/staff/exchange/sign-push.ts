import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto';

/** A key as the receiving portal issued it. */
export interface PushKey {
  keyId: string;
  /** Address of the receiving portal: part of every signature. */
  site: string;
  /** PEM (PKCS 8) of an Ed25519 key. */
  privateKey: string;
}

/** What a signature covers, in the order that receivers ask for. */
const COVERED = ['@method', '@authority', '@path', 'content-digest', 'content-type', 'idempotency-key'] as const;

/**
 * Headers of a signed push (RFC 9421 with Ed25519, RFC 9530). The same body has the same idempotency key: sent again, it counts once.
 * @param path of the address, without a query
 */
export function signPush(
  { keyId, site, privateKey }: PushKey,
  path: string,
  body: string,
  now = Date.now(),
): Record<string, string> {
  const digest = createHash('sha256').update(body).digest();
  const headers: Record<string, string> = {
    'content-type': 'application/x-ndjson',
    'content-digest': `sha-256=:${digest.toString('base64')}:`,
    'idempotency-key': digest.toString('hex').slice(0, 40),
  };
  const derived: Record<string, string> = { '@method': 'POST', '@authority': new URL(site).host, '@path': path };
  const names = COVERED.map((name) => `"${name}"`).join(' ');
  const created = Math.floor(now / 1_000);
  const parameters = `(${names});created=${created};keyid="${keyId}";alg="ed25519";nonce="${randomUUID()}"`;
  const lines = COVERED.map((name) => `"${name}": ${derived[name] ?? headers[name]}`);
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n');
  const signature = sign(null, Buffer.from(base), createPrivateKey(privateKey)).toString('base64');
  return { ...headers, 'signature-input': `sig=${parameters}`, signature: `sig=:${signature}:` };
}
