import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { type PushKey, signPush } from './sign-push.ts';

/** A department that takes entries by its interface, and the key that it gave us for it. */
export interface Department {
  name: string;
  key: PushKey;
  /** Where it is reached from here, when that is not the address that it signs as. */
  at: string;
}

const url = z.url({ protocol: /^https?$/ });
const LIST = z.array(z.strictObject({ name: z.string().min(2).max(100), key: z.string().min(1), at: url.optional() }));
const KEY = z.object({ keyId: z.string().min(1), site: url, privateKey: z.string() });
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The departments of a file: `[{ "name": "某市财政局", "key": "finance.key.json" }]`, keys beside it. @throws ZodError, SystemError */
export function readDepartments(path: string | undefined): Department[] {
  if (path === undefined) return [];
  return LIST.parse(readJson(path)).map(({ name, key: file, at }) => {
    const key = KEY.parse(readJson(resolve(dirname(path), file)));
    return { name, key, at: at ?? key.site };
  });
}

const ANSWER = z.object({
  items: z.array(
    z.object({
      status: z.enum(['created', 'changed', 'unchanged', 'rejected']),
      reasons: z.array(z.object({ message: z.string().max(1_000) })).default([]),
    }),
  ),
});

/** What became of one record at the other end: null for taken, else why not. */
export type Delivery = string[] | null;

const PATH = '/api/v1/sync/exposures';
const LIMIT_MS = 60_000;
const NOT_TAKEN = '对方没有接收';

/** Sends records signed, and says what became of each, in their order; what nobody answered was not taken. */
export async function deliver({ key, at }: Department, records: readonly object[]): Promise<Delivery[]> {
  const body = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  try {
    const answer = await fetch(new URL(PATH, at), {
      ...{ method: 'POST', headers: signPush(key, PATH, body), body },
      // Another address has signed nothing.
      ...{ redirect: 'error', signal: AbortSignal.timeout(LIMIT_MS) },
    });
    if (!answer.ok) return records.map(() => [`${NOT_TAKEN}（${answer.status}）`]);
    const { items } = ANSWER.parse(await answer.json());
    return records.map((_record, index) => {
      const item = items[index];
      if (item && item.status !== 'rejected') return null;
      return item ? item.reasons.map(({ message }) => message) : [NOT_TAKEN];
    });
  } catch (error) {
    const why = error instanceof z.ZodError ? '答复不合格式' : '没有收到答复';
    return records.map(() => [`${NOT_TAKEN}：${why}`]);
  }
}
