import * as ed25519 from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';
import { toUtf8 } from './bytes.ts';
import { COSIGNATURE, cosignedBytes, isBy, type Note, type Signature, type VerifierKey } from './note.ts';

// In place of Web Crypto, which answers later and not at all on plain HTTP.
ed25519.hashes.sha512 = sha512;

/** What a signature of a key that is known says. */
export interface Verified {
  key: VerifierKey;
  /** When a witness saw it, in seconds since 1970; null of other signatures. */
  time: number | null;
}

const SIGNATURE_BYTES = 64;
const TIME_BYTES = 8;

/**
 * Who of these signed the note. Signatures of others are ignored.
 * @throws Error when one that says it is of a known key is not: then nothing of the note is to be believed
 */
export function verifyNote(note: Note, keys: readonly VerifierKey[]): Verified[] {
  return note.signatures.flatMap((signature) => {
    const key = keys.find((each) => isBy(signature, each));
    if (!key) return [];
    const time = key.type === COSIGNATURE ? readTime(signature) : null;
    if (!isSigned(note.text, signature, key, time)) throw new Error(`the signature of ${key.name} is false`);
    return [{ key, time }];
  });
}

function isSigned(text: string, { bytes }: Signature, { publicKey }: VerifierKey, time: number | null): boolean {
  const signature = time === null ? bytes : bytes.slice(TIME_BYTES);
  if (signature.length !== SIGNATURE_BYTES) return false;
  const signed = time === null ? toUtf8(text) : cosignedBytes(text, time);
  return ed25519.verify(signature, signed, publicKey);
}

function readTime({ bytes }: Signature): number {
  if (bytes.length < TIME_BYTES) return Number.NaN;
  return Number(new DataView(bytes.buffer, bytes.byteOffset, TIME_BYTES).getBigUint64(0));
}
