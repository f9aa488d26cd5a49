import { request } from 'undici';
import type { Portal } from './portal.ts';

/** Something that a portal is asked. */
export interface Ask {
  /** Path and query. */
  address: string;
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

const LIMIT_MS = 120_000;

/** What tells asks apart. */
export const askKey = ({ method = 'GET', address, headers = {}, body = '' }: Ask): string =>
  [method, address, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), body].join(' ').trim();

/** A portal's answer, as it comes over the wire without compression; redirects are answers. */
export async function ask(portal: Portal, { address, method = 'GET', headers, body }: Ask): Promise<Answer> {
  const answer = await request(portal.url + address, {
    method,
    headers: { 'accept-encoding': 'identity', ...headers },
    body,
    headersTimeout: LIMIT_MS,
    bodyTimeout: LIMIT_MS,
  });
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.from(await answer.body.arrayBuffer()),
  };
}
