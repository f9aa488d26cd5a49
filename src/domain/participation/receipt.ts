/** Crockford's base 32: no letter that is read as another, none that makes words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DRAWN = 18;
const CHECKS = 2;
const GROUP = 5;
/** Bits of randomness in a code. */
export const RECEIPT_BITS = DRAWN * 5;
/** Bytes that a code is made of: those that hold its bits. */
export const RECEIPT_BYTES = 12;
/** The largest prime below 32²: a wrong character and two that are swapped always show. */
const MODULUS = 1021n;

/** The letters that people write for others, and what they mean. */
const MISREAD: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };

/** Why what was typed is no receipt code. */
export type ReceiptFault = 'length' | 'letter' | 'checksum';

export const RECEIPT_FAULTS: Readonly<Record<ReceiptFault, string>> = {
  length: `查询码是 ${DRAWN + CHECKS} 个字母和数字，请核对是否写全`,
  letter: '查询码中没有这个字符，请核对',
  checksum: '查询码有误，请核对是否写错或者写颠倒',
};

/**
 * A receipt code of random bytes: eighteen characters (90 bits) and two that check them, in four groups to be read aloud.
 * @throws RangeError when there are too few bytes
 */
export function toReceiptCode(bytes: Uint8Array): string {
  if (bytes.length < RECEIPT_BYTES) throw new RangeError(`a receipt code is made of ${RECEIPT_BYTES} bytes`);
  const whole = bytes.subarray(0, RECEIPT_BYTES).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const value = whole >> BigInt(RECEIPT_BYTES * 8 - RECEIPT_BITS);
  return group(write(value, DRAWN) + write(value % MODULUS, CHECKS));
}

/** Reads a code however it is written: small or wide letters, other spaces, letters that are taken for others. */
export function readReceiptCode(typed: string): { code: string } | { fault: ReceiptFault } {
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}_.·]/gu, '')
    .replaceAll(/[ILO]/g, (letter) => MISREAD[letter] ?? letter);
  if (bare.length !== DRAWN + CHECKS) return { fault: 'length' };
  if ([...bare].some((letter) => !ALPHABET.includes(letter))) return { fault: 'letter' };
  const value = read(bare.slice(0, DRAWN));
  if (read(bare.slice(DRAWN)) !== value % MODULUS) return { fault: 'checksum' };
  return { code: group(bare) };
}

function write(value: bigint, length: number): string {
  let text = '';
  for (let left = value, count = 0; count < length; count++, left >>= 5n) text = ALPHABET[Number(left & 31n)] + text;
  return text;
}

const read = (text: string): bigint =>
  [...text].reduce((value, letter) => (value << 5n) | BigInt(ALPHABET.indexOf(letter)), 0n);

const group = (text: string): string => text.match(new RegExp(`.{${GROUP}}`, 'g'))?.join('-') ?? text;
