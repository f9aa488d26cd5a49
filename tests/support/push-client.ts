import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { httpbis } from 'http-message-signatures';
import type { Problem } from '#src/server/api/problem-schema.ts';
import type { PushKind, PushResult } from '#src/server/api/sync/schema.ts';
import type { IssuedKey } from '#src/server/push/keys.ts';
import { COVERED } from '#src/server/push/signature.ts';

/** What makes one request unlike a good one. */
export interface Twist {
  kind?: PushKind;
  type?: string;
  idempotencyKey?: string;
  /** Address that is signed, when it is not the key's site. */
  site?: string;
  /** How long ago it was signed. */
  ageMs?: number;
  nonce?: string;
  fields?: readonly string[];
  algorithm?: string;
  keyId?: string;
}

export interface SignedPush {
  path: string;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** A push signed by a client that is not ours (http-message-signatures). */
export async function signPush(key: IssuedKey, body: string | Buffer, twist: Twist = {}): Promise<SignedPush> {
  const path = `/api/v1/sync/${twist.kind ?? 'notices'}`;
  const digest = createHash('sha256').update(body).digest('base64');
  const headers = {
    'content-type': twist.type ?? 'application/x-ndjson',
    'content-digest': `sha-256=:${digest}:`,
    'idempotency-key': twist.idempotencyKey ?? randomUUID(),
  };
  const privateKey = createPrivateKey(key.privateKey);
  const signed = await httpbis.signMessage(
    {
      key: {
        id: twist.keyId ?? key.keyId,
        alg: twist.algorithm ?? 'ed25519',
        sign: async (data) => sign(null, data, privateKey),
      },
      fields: [...(twist.fields ?? COVERED)],
      params: ['created', 'keyid', 'alg', 'nonce'],
      paramValues: { created: new Date(Date.now() - (twist.ageMs ?? 0)), nonce: twist.nonce ?? randomUUID() },
    },
    { method: 'POST', url: `${twist.site ?? key.site}${path}`, headers },
  );
  return { path, headers: signed.headers as Record<string, string>, body };
}

/** Sends a signed push and reads the answer. */
export async function sendPush(
  url: string,
  { path, headers, body }: SignedPush,
): Promise<{ status: number; answer: PushResult & Problem }> {
  const response = await fetch(url + path, { method: 'POST', headers, body: body as BodyInit });
  return { status: response.status, answer: (await response.json()) as PushResult & Problem };
}

/** A notice as a county sends it; numbers make it distinct. */
export function makeNotice(number: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  const code = `SDGP37088120260${String(number).padStart(5, '0')}`;
  return {
    id: `QF-${number}`,
    title: `曲阜市第${number}小学校服采购项目公开招标公告`,
    category: 'procurement',
    stage: 'tenderNotice',
    publishedAt: `2026-06-${String((number % 20) + 1).padStart(2, '0')} 09:30`,
    bodyHtml: `<p>项目编号：${code}</p><p>采购人：曲阜市第${number}小学</p><p>预算金额：${number + 1}.5 万元</p>`,
    projectCode: code,
    ...more,
  };
}

/** Items as NDJSON. */
export function toLines(items: readonly unknown[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}
