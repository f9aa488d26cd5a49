import { type KeyObject, verify } from 'node:crypto';
import { type InnerList, isInnerList, parseDictionary, serializeInnerList } from 'structured-headers';
import { PushRefusedError } from './refused.ts';

/**
 * What a signature must cover, in the fixed form that the sender may not choose (RFC 9421 §7.2.1): where it goes, what it
 * is, and under which key a repeat is known.
 */
export const COVERED = ['@method', '@authority', '@path', 'content-digest', 'content-type', 'idempotency-key'] as const;
/** Clocks may differ, and bodies take time: a signature counts so long before and after it was made. */
export const WINDOW_SECONDS = 300;

const NONCE = /^[\w+/=-]{16,100}$/;

/** The parts of a request that are signed. */
export interface SignedRequest {
  method: string;
  /** Host of the configured site, with its port when it is not the scheme's own; never the Host header. */
  authority: string;
  path: string;
  /** Header names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
}

/** Who signed, and what makes this signature unlike any other. */
export interface Signature {
  keyId: string;
  nonce: string;
}

/** Whom a key id stands for; undefined when it stands for nobody now. */
export type FindKey<Owner> = (keyId: string) => { key: KeyObject; owner: Owner } | undefined;

/**
 * Checks the HTTP message signature (RFC 9421, Ed25519) of a push. Says nothing about the body: its digest is checked when it is
 * here, its nonce when it is acted on. @throws PushRefusedError 401
 */
export function verifySignature<Owner>(
  request: SignedRequest,
  findKey: FindKey<Owner>,
  now: number,
): Signature & { owner: Owner } {
  const { input, bytes } = readSignature(request.headers);
  const { keyId, nonce } = readParameters(input, now);
  const names = input[0].map(([name, parameters]) => (parameters.size === 0 ? name : undefined));
  const missing = COVERED.filter((name) => !names.includes(name));
  if (missing.length > 0) throw refuse(`签名没有覆盖 ${missing.join('、')}`);
  if (names.length > COVERED.length) throw refuse(`签名只能覆盖 ${COVERED.join('、')}`);
  const found = findKey(keyId);
  // The same words whether the key is unknown, expired, revoked or another one: nobody learns which keys there are.
  if (!found || !verify(null, Buffer.from(toBase(request, input)), found.key, bytes))
    throw refuse('签名不符或密钥无效');
  return { keyId, nonce, owner: found.owner };
}

function readSignature(headers: SignedRequest['headers']): { input: InnerList; bytes: Uint8Array } {
  const { 'signature-input': inputs, signature } = headers;
  if (!inputs || !signature) throw refuse('缺少 Signature-Input 或 Signature');
  const [input, ...others] = parse(inputs);
  const value = input && parse(signature).find(([label]) => label === input[0])?.[1];
  if (!input || others.length > 0) throw refuse('只接受一个签名');
  if (!isInnerList(input[1])) throw refuse('Signature-Input 不合格式');
  if (!value || isInnerList(value) || !(value[0] instanceof ArrayBuffer)) throw refuse('Signature 不合格式');
  return { input: input[1], bytes: new Uint8Array(value[0]) };
}

function parse(header: string) {
  try {
    return [...parseDictionary(header)];
  } catch {
    throw refuse('Signature-Input 或 Signature 不合格式');
  }
}

function readParameters([, parameters]: InnerList, now: number): Signature {
  const [created, expires, keyId, nonce, algorithm] = ['created', 'expires', 'keyid', 'nonce', 'alg'].map((name) =>
    parameters.get(name),
  );
  if (typeof keyId !== 'string') throw refuse('签名缺少 keyid');
  if (typeof nonce !== 'string' || !NONCE.test(nonce)) throw refuse('签名缺少 nonce，或不足 16 个字符');
  if (algorithm !== undefined && algorithm !== 'ed25519') throw refuse('签名算法只支持 ed25519');
  if (typeof created !== 'number') throw refuse('签名缺少 created');
  const age = now / 1000 - created;
  if (Math.abs(age) > WINDOW_SECONDS || (typeof expires === 'number' && expires * 1000 < now)) {
    throw refuse(`签名时间与本站时钟相差超过 ${WINDOW_SECONDS} 秒，或签名已过期`);
  }
  return { keyId, nonce };
}

/** The signature base, RFC 9421 §2.5. */
function toBase({ method, authority, path, headers }: SignedRequest, input: InnerList): string {
  const derived: Record<string, string> = { '@method': method, '@authority': authority, '@path': path };
  const lines = input[0].map(([name]) => {
    const value = derived[String(name)] ?? headers[String(name)];
    if (value === undefined) throw refuse(`缺少 ${String(name)}`);
    return `"${String(name)}": ${value.trim()}`;
  });
  return [...lines, `"@signature-params": ${serializeInnerList(input)}`].join('\n');
}

/** The SHA-256 in a `Content-Digest` (RFC 9530), in base64. @throws PushRefusedError 400 */
export function readDigest(header: string | undefined): string {
  const value = header === undefined ? undefined : parse(header).find(([name]) => name === 'sha-256')?.[1][0];
  if (value instanceof ArrayBuffer && value.byteLength === 32) return Buffer.from(value).toString('base64');
  throw new PushRefusedError(400, '缺少 Content-Digest 的 sha-256', [
    { name: 'Content-Digest', message: '须有 sha-256' },
  ]);
}

function refuse(message: string): PushRefusedError {
  return new PushRefusedError(401, message);
}
