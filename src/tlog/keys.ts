import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toUtf8 } from '#src/domain/tlog/bytes.ts';
import { ED25519, type Signature, toVerifierKey, type VerifierKey } from '#src/domain/tlog/note.ts';
import { writeDurably } from './files.ts';
import { toSecondKey } from './read/second-key.ts';
import { signSm2 } from './read/sm2.ts';

/** A key that notes are signed with, and its public half. */
export interface SigningKey {
  key: VerifierKey;
  privateKey: KeyObject;
}

/** A key that makes a second line, of SM2 with SM3. */
export interface SecondKey {
  key: VerifierKey;
  sign(text: string): Signature;
}

const RAW_BYTES = 32;

/**
 * The key in a file (Ed25519, PKCS #8, PEM), which nobody but the owner may read; a new one where there is none.
 * @throws Error for a file that holds no such key
 */
export async function loadKey(path: string, name: string): Promise<SigningKey> {
  if (!existsSync(path)) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ed25519');
    await writeDurably(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
    await chmod(path, 0o600);
  }
  const privateKey = createPrivateKey(readFileSync(path));
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`no Ed25519 key: ${path}`);
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { key: toVerifierKey(name, ED25519, Uint8Array.from(spki.subarray(-RAW_BYTES))), privateKey };
}

/** Signs the text of a note as its log (c2sp.org/signed-note). */
export function signNote({ key, privateKey }: SigningKey, text: string): Signature {
  return { name: key.name, keyId: key.keyId, bytes: Uint8Array.from(sign(null, toUtf8(text), privateKey)) };
}

/** SubjectPublicKeyInfo and PKCS #8 of a key of this curve always have their numbers at these places. */
const SM2 = { pkcs8: 138, scalar: 36, point: 73, pointBytes: 65 } as const;

/** The key of SM2 in a file (PKCS #8, PEM); a new one where there is none. @throws Error for a file that holds no such key */
export async function loadSecondKey(path: string, name: string): Promise<SecondKey> {
  if (!existsSync(path)) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    await writeDurably(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
    await chmod(path, 0o600);
  }
  const der = createPrivateKey(readFileSync(path)).export({ type: 'pkcs8', format: 'der' });
  if (der.length !== SM2.pkcs8) throw new Error(`no SM2 key: ${path}`);
  const privateKey = der.subarray(SM2.scalar, SM2.scalar + RAW_BYTES);
  const publicKey = Uint8Array.from(der.subarray(SM2.point, SM2.point + SM2.pointBytes));
  const key = toSecondKey(name, publicKey);
  const sign = (text: string) => signSm2(toUtf8(text), { privateKey, publicKey });
  return { key, sign: (text) => ({ name, keyId: key.keyId, bytes: sign(text) }) };
}
