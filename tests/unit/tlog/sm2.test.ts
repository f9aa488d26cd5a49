import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formatNote, formatVerifierKey, parseNote } from '#src/domain/tlog/note.ts';
import { isSignedBySecond, toSecondKey } from '#src/tlog/read/second-key.ts';
import { signSm2, verifySm2 } from '#src/tlog/read/sm2.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
/** GB/T 32918.5—2017, annex A.2. */
const EXAMPLE = {
  message: Buffer.from('message digest'),
  privateKey: bytes('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'),
  publicKey: bytes(
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  ),
  k: 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n,
  signature: bytes(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  ),
};

describe('SM2 with SM3', () => {
  it('signs and verifies the example of the standard', () => {
    const { message, privateKey, publicKey, k, signature } = EXAMPLE;
    expect(signSm2(message, { privateKey, publicKey }, () => k)).toEqual(signature);
    expect(verifySm2(message, signature, publicKey)).toBe(true);
  });

  it('refuses whatever was changed, and what is no signature or key', () => {
    const { message, publicKey, signature, privateKey } = EXAMPLE;
    const own = signSm2(message, { privateKey, publicKey });
    expect(own).not.toEqual(signature);
    expect(verifySm2(message, own, publicKey)).toBe(true);
    for (const at of [0, 31, 32, 63]) {
      expect(verifySm2(message, signature.with(at, (signature[at] ?? 0) ^ 1), publicKey)).toBe(false);
    }
    expect(verifySm2(Buffer.from('message digesT'), signature, publicKey)).toBe(false);
    expect(verifySm2(message, signature.subarray(1), publicKey)).toBe(false);
    expect(verifySm2(message, new Uint8Array(64), publicKey)).toBe(false);
    expect(verifySm2(message, signature, publicKey.with(64, 0))).toBe(false);
    const other = generateKeyPairSync('ec', { namedCurve: 'SM2' }).publicKey.export({ type: 'spki', format: 'der' });
    expect(createPublicKey({ key: other, format: 'der', type: 'spki' })).toBeDefined();
    expect(verifySm2(message, signature, Uint8Array.from(other.subarray(-65)))).toBe(false);
  });

  it('makes a second line of a note, which is found by the key that is handed round and by no other', () => {
    const { privateKey, publicKey } = EXAMPLE;
    const text = `city.example/log\n7\n${randomBytes(32).toString('base64')}\n`;
    const key = toSecondKey('city.example/log', publicKey);
    const line = { name: key.name, keyId: key.keyId, bytes: signSm2(Buffer.from(text), { privateKey, publicKey }) };
    const note = formatNote({ text, signatures: [line] });
    expect(isSignedBySecond(parseNote(note), `${formatVerifierKey(key)}\n`)).toBe(true);
    expect(isSignedBySecond(parseNote(note.replace('\n7\n', '\n8\n')), formatVerifierKey(key))).toBe(false);
    expect(isSignedBySecond(parseNote(note), formatVerifierKey(toSecondKey('city.example/1og', publicKey)))).toBe(
      false,
    );
  });
});
