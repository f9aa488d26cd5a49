import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { leadingZeroBits, workText } from '#src/domain/participation/work.ts';
import { keyed } from './keys.ts';

/** How long a form may be filled in. */
export const TOKEN_HOURS = 2;
/** Nobody fills in a form faster. */
const LEAST_SECONDS = 4;
const NONCE_BYTES = 16;
/** Longest solution: more digits than anybody's work needs. */
const SOLUTION = /^\d{1,12}$/;

/** What a form's token says. It is tied to no address, and single use. */
export interface FormToken {
  token: string;
  /** What it is for: the kind of a form. */
  purpose: string;
  nonce: string;
  /** Zero bits that are asked for. */
  bits: number;
  issuedAt: number;
  /** Sent faster than anybody types: refused where no work was done. */
  isEarly: boolean;
}

export type TokenFault = 'forged' | 'late';

const sign = (payload: string) => keyed('form', payload).toString('base64url');

/** A new token; times are milliseconds. */
export function issueToken(purpose: string, bits: number, now: number): FormToken {
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  const issuedAt = Math.floor(now / 1_000);
  const payload = [purpose, issuedAt, bits, nonce].join('.');
  return { token: `${payload}.${sign(payload)}`, purpose, nonce, bits, issuedAt, isEarly: true };
}

/** Reads a token that came back. */
export function readToken(token: string, purpose: string, now: number): FormToken | { fault: TokenFault } {
  const [asked = '', issued = '', bits = '', nonce = '', mac = ''] = token.split('.');
  const payload = [asked, issued, bits, nonce].join('.');
  const expected = Buffer.from(sign(payload));
  const given = Buffer.from(mac);
  if (asked !== purpose || given.length !== expected.length || !timingSafeEqual(given, expected))
    return { fault: 'forged' };
  const age = now / 1_000 - Number(issued);
  if (age > TOKEN_HOURS * 3600) return { fault: 'late' };
  return { token, purpose, nonce, bits: Number(bits), issuedAt: Number(issued), isEarly: age < LEAST_SECONDS };
}

/** Whether the asked work was done. */
export function isWorkedFor({ token, bits }: FormToken, solution: string): boolean {
  if (!SOLUTION.test(solution)) return false;
  return leadingZeroBits(createHash('sha256').update(workText(token, solution)).digest()) >= bits;
}

/** What is kept of a used token. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');
