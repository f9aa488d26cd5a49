import { hash, randomBytes } from 'node:crypto';

/** Bytes of a salt: nobody can try them out. */
const SALT_BYTES = 32;

/** What is kept of content beside it. */
export interface Salted {
  /** Random, in hex; goes away with the content. */
  salt: string;
  /** SHA-256 (hex) of salt and content; stays. */
  seal: string;
}

/** A new salt for content, and the seal of both: SHA-256 over the digits of the salt and the content, in UTF-8. */
export function saltContent(json: string): Salted {
  const salt = randomBytes(SALT_BYTES).toString('hex');
  return { salt, seal: hash('sha256', salt + json) };
}
