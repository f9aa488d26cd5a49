import { createHash, randomBytes } from 'node:crypto';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';

/** The curve of GB/T 32918.5 (sm2p256v1). */
const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const A = P - 3n;
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
const GX = 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n;
const GY = 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n;
const Point = weierstrass({ p: P, n: N, h: 1n, a: A, b: B, Gx: GX, Gy: GY });

/** The identifier that GB/T 35276 gives every signer who has none. */
const SIGNER = Buffer.from('1234567812345678');
const BYTES = 32;
const SIGNATURE_BYTES = 2 * BYTES;
/** So many random bytes that their remainder is as good as even. */
const RANDOM_BYTES = 48;

const toBytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(2 * BYTES, '0'), 'hex');
const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const modulo = (value: bigint): bigint => ((value % N) + N) % N;

function sm3(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sm3');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The number that is signed in place of a message (GB/T 32918.2, 5.5 and 6.1). `publicKey`: 04 ‖ x ‖ y, 65 bytes. */
function digest(message: Uint8Array, publicKey: Uint8Array): bigint {
  const bits = Buffer.alloc(2);
  bits.writeUInt16BE(SIGNER.length * 8);
  const signer = sm3(bits, SIGNER, ...[A, B, GX, GY].map(toBytes), publicKey.subarray(1));
  return toNumber(sm3(signer, message));
}

const drawScalar = (): bigint => (toNumber(randomBytes(RANDOM_BYTES)) % (N - 1n)) + 1n;

/**
 * Signs with SM2 and SM3 (GB/T 32918.2, 6.1). OpenSSL as Node hands it out signs for an empty identifier, which nobody else expects.
 * @param draw gives numbers from 1 to N - 1 that nobody can guess; another one only to repeat the standard's example
 * @returns r ‖ s, 64 bytes
 */
export function signSm2(
  message: Uint8Array,
  { privateKey, publicKey }: { privateKey: Uint8Array; publicKey: Uint8Array },
  draw: () => bigint = drawScalar,
): Uint8Array {
  const [e, d] = [digest(message, publicKey), toNumber(privateKey)];
  for (;;) {
    const k = draw();
    const r = modulo(e + Point.BASE.multiply(k).toAffine().x);
    if (r === 0n || r + k === N) continue;
    const s = modulo(Point.Fn.inv(modulo(1n + d)) * modulo(k - r * d));
    if (s !== 0n) return Uint8Array.from(Buffer.concat([toBytes(r), toBytes(s)]));
  }
}

/** Whether a signature of SM2 with SM3 is of a key (GB/T 32918.2, 7.1). False for keys and signatures that are none. */
export function verifySm2(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  const [r, s] = [toNumber(signature.subarray(0, BYTES)), toNumber(signature.subarray(BYTES))];
  const t = modulo(r + s);
  if (r === 0n || s === 0n || r >= N || s >= N || t === 0n) return false;
  try {
    const point = Point.BASE.multiplyUnsafe(s).add(Point.fromBytes(publicKey).multiplyUnsafe(t));
    return !point.is0() && modulo(digest(message, publicKey) + point.toAffine().x) === r;
  } catch {
    return false;
  }
}
