import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toUtf8 } from '#src/domain/tlog/bytes.ts';
import { ED25519, type Signature, toVerifierKey, type VerifierKey } from '#src/domain/tlog/note.ts';
import { writeDurably } from './files.ts';

/** A key that notes are signed with, and its public half. */
export interface SigningKey {
  key: VerifierKey;
  privateKey: KeyObject;
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
