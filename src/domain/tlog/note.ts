import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes, fromBase64, toBase64, toUtf8 } from './bytes.ts';

/** Types of signatures of notes that we know (c2sp.org/signed-note). */
export const ED25519 = 0x01;
/** A witness's, over the time as well (c2sp.org/tlog-cosignature). */
export const COSIGNATURE = 0x04;

export interface Signature {
  name: string;
  /** Four bytes. */
  keyId: Uint8Array;
  bytes: Uint8Array;
}

/** A signed text. The text is nothing to go by until a signature of it was verified. */
export interface Note {
  /** With its final newline. */
  text: string;
  signatures: Signature[];
}

export interface VerifierKey {
  name: string;
  keyId: Uint8Array;
  type: number;
  /** Ed25519, 32 bytes. */
  publicKey: Uint8Array;
}

const ID_BYTES = 4;
const KEY_BYTES = 32;
/** Most signatures that a note may have; the specification asks for 16 at least. */
const MAX_SIGNATURES = 64;
const SIGNATURE = /^— (\S+) (\S+)$/u;
/** Names have no spaces and no plus sign. */
const NAME = /^[^\s+]+$/u;

/** The four bytes that tell keys of one name apart. */
export function toKeyId(name: string, type: number, publicKey: Uint8Array): Uint8Array {
  return sha256(concatBytes(toUtf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, ID_BYTES);
}

/** @throws RangeError for a name that no key may have */
export function toVerifierKey(name: string, type: number, publicKey: Uint8Array): VerifierKey {
  if (!NAME.test(name)) throw new RangeError(`no name of a key: ${name}`);
  return { name, type, publicKey, keyId: toKeyId(name, type, publicKey) };
}

/** A key as it is handed round: `name+id+key`. */
export function formatVerifierKey({ name, keyId, type, publicKey }: VerifierKey): string {
  return `${name}+${toHex(keyId)}+${toBase64(concatBytes(Uint8Array.of(type), publicKey))}`;
}

/** @throws SyntaxError for what is no key, or one whose id belongs to another */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = '', id = '', key = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text.trim()) ?? [];
  if (name === '') throw new SyntaxError('no verifier key');
  const bytes = fromBase64(key);
  const found = toVerifierKey(name, bytes[0] ?? 0, bytes.slice(1));
  const isKnown = found.type === ED25519 || found.type === COSIGNATURE;
  if (!isKnown || found.publicKey.length !== KEY_BYTES) throw new SyntaxError('a verifier key of an unknown type');
  if (toHex(found.keyId) !== id) throw new SyntaxError('the id of the verifier key belongs to another');
  return found;
}

/** @throws SyntaxError for what is no signed note */
export function parseNote(source: string): Note {
  const end = source.lastIndexOf('\n\n');
  if (end < 0 || !source.endsWith('\n') || hasControls(source)) throw new SyntaxError('no signed note');
  const lines = source.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw new SyntaxError('too many signatures');
  return { text: source.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

/** @throws SyntaxError for a line that is no signature */
export function parseSignature(line: string): Signature {
  const [, name = '', text = ''] = SIGNATURE.exec(line) ?? [];
  if (!NAME.test(name)) throw new SyntaxError('no signature line');
  const bytes = fromBase64(text);
  if (bytes.length <= ID_BYTES) throw new SyntaxError('no signature');
  return { name, keyId: bytes.slice(0, ID_BYTES), bytes: bytes.slice(ID_BYTES) };
}

/** A line of a note, with its newline. */
export const formatSignature = ({ name, keyId, bytes }: Signature): string =>
  `— ${name} ${toBase64(concatBytes(keyId, bytes))}\n`;

export const formatNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(formatSignature).join('')}`;

/** Whether a signature says that it was made with a key. */
export const isBy = (signature: Signature, key: VerifierKey): boolean =>
  signature.name === key.name && equalBytes(signature.keyId, key.keyId);

/** What a witness signs: the time in seconds, and the note (c2sp.org/tlog-cosignature, `cosignature/v1`). */
export const cosignedBytes = (text: string, seconds: number): Uint8Array =>
  toUtf8(`cosignature/v1\ntime ${seconds}\n${text}`);

const toHex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const hasControls = (text: string): boolean => [...text].some((letter) => letter < ' ' && letter !== '\n');
