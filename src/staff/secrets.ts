import { createHash, createHmac, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
/** 80 bits, in letters and digits that cannot be mistaken for one another when they are read aloud. */
const CODE_LENGTH = 16;
const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A token nobody can guess: 43 characters that may stand in an address or a cookie. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** What is kept of a token or code. They are random: nothing is gained by a slow hash. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A recovery code, in groups of four. */
export function newRecoveryCode(): string {
  const letters = [...randomBytes(CODE_LENGTH)].map((byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** A recovery code as it was typed, in the form that was hashed. */
export function normalizeRecoveryCode(typed: string): string {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** A name under which something is counted without being told. */
export const keyedHash = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url').slice(0, 22);
