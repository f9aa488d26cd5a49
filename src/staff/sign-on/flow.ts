import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '#src/domain/time/time.ts';

/** What one way to the provider and back is recognised by. */
export interface Flow {
  state: string;
  nonce: string;
  /** Of PKCE (RFC 7636). */
  verifier: string;
  /** An address of the console to go to. */
  next: string;
  /** Somebody who is signed in shows once more who they are. */
  isAgain: boolean;
}

/** Milliseconds for the whole way. */
const VALID_MS = 10 * 60_000;

/**
 * The flow that a browser's cookie stands for. Nothing of it is stored: state, nonce and verifier are the server's keyed hashes of the
 * whole cookie, so that a cookie that was made up or changed has others, and one of another browser too.
 */
export function newFlow(key: Buffer, { next, isAgain }: Pick<Flow, 'next' | 'isAgain'>, now: Instant) {
  const text = [Date.parse(now), isAgain ? 1 : 0, randomBytes(32).toString('base64url'), encode(next)].join('.');
  return { cookie: text, flow: derive(key, text, { next, isAgain }) };
}

/** The flow of a cookie; null for one that is none, or too old. */
export function readFlow(key: Buffer, cookie: string, now: Instant): Flow | null {
  const [, begun = '', again = '', next = ''] = /^(\d{13})\.([01])\.[\w-]{43}\.([\w-]*)$/.exec(cookie) ?? [];
  const age = Date.parse(now) - Number(begun);
  if (begun === '' || age < 0 || age > VALID_MS) return null;
  return derive(key, cookie, { next: Buffer.from(next, 'base64url').toString(), isAgain: again === '1' });
}

function derive(key: Buffer, cookie: string, rest: Pick<Flow, 'next' | 'isAgain'>): Flow {
  const of = (what: string) => createHmac('sha256', key).update(`sign-on ${what} ${cookie}`).digest('base64url');
  return { state: of('state'), nonce: of('nonce'), verifier: of('verifier'), ...rest };
}

const encode = (text: string) => Buffer.from(text).toString('base64url');

/** Milliseconds in which the one-time password has to follow. */
const CODE_MS = 5 * 60_000;

/** That the provider has named an account, for the browser that comes back with the one-time password. */
export function sealPending(key: Buffer, accountId: string, next: string, now: Instant): string {
  const text = `${accountId}.${Date.parse(now)}.${encode(next)}`;
  return `${text}.${sealOf(key, text)}`;
}

/** The account that a sealed text names; null for one that is none, or too old. */
export function readPending(key: Buffer, sealed: string, now: Instant): { accountId: string; next: string } | null {
  const [accountId = '', begun = '', next = '', seal = ''] = sealed.split('.');
  const age = Date.parse(now) - Number(begun);
  const right = sealOf(key, `${accountId}.${begun}.${next}`);
  const isOurs = seal.length === right.length && timingSafeEqual(Buffer.from(seal), Buffer.from(right));
  if (!isOurs || age < 0 || age > CODE_MS) return null;
  return { accountId, next: Buffer.from(next, 'base64url').toString() };
}

const sealOf = (key: Buffer, text: string) =>
  createHmac('sha256', key).update(`sign-on pending ${text}`).digest('base64url');
