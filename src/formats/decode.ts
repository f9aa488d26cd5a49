import { markAt } from './damage.ts';
import { FeedFormatError } from './format-error.ts';

const BOMS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];
/** Beyond this it is no text with a flaw, but no text. */
const MOST_DAMAGE = 50_000;
/** Bytes below it never stand inside a character of GB18030, but for digits. */
const FIRST_TRAIL = 0x40;
/** Bytes that are looked at one by one. */
const LONGEST_WORD = 4_096;

/**
 * Text of an answer, whatever charset it claims: byte order mark, else strict UTF-8, else GB18030 (docs/feeds.md#traps, 15).
 * Damaged bytes become marks (see `damage.ts`), for which the items that hold them are refused.
 * @throws FeedFormatError when the bytes are no text at all
 */
export function decodeText(bytes: Uint8Array): string {
  const [bom, encoding] = BOMS.find(([start]) => start.every((byte, index) => bytes[index] === byte)) ?? [];
  if (bom && encoding) return decodeMarked(bytes, encoding, bom.length);
  const strict = decode(bytes, 'utf-8');
  if (strict !== undefined) return strict;
  return decodeMarked(bytes, isDamagedUtf8(bytes) ? 'utf-8' : 'gb18030', 0);
}

/** GB18030 accepts nearly any bytes, so text that is mostly sound UTF-8 is damaged UTF-8, and so is text of which GB18030 loses no less. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  const { sound, broken } = count(new TextDecoder('utf-8').decode(bytes));
  return sound > broken || count(new TextDecoder('gb18030').decode(bytes)).broken >= broken;
}

/** Characters of three bytes and more, and replacements. Two bytes are often a character of both encodings, three hardly ever. */
function count(text: string): { sound: number; broken: number } {
  let sound = 0;
  let broken = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) broken += 1;
    else if (code >= 0x800) sound += 1;
  }
  return { sound, broken };
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Halves the bytes between characters until what is damaged stands alone. */
function decodeMarked(bytes: Uint8Array, encoding: string, start: number): string {
  const parts: string[] = [];
  let damaged = 0;
  const read = (from: number, to: number): void => {
    const text = decode(bytes.subarray(from, to), encoding);
    if (text !== undefined) {
      parts.push(text);
      return;
    }
    const middle = findCut(bytes, from, to, encoding);
    if (middle !== undefined) {
      read(from, middle);
      read(middle, to);
      return;
    }
    const { text: marked, marks } = decodeWord(bytes, from, to, encoding);
    damaged += marks;
    if (damaged > MOST_DAMAGE) throw new FeedFormatError('无法识别的文字编码');
    parts.push(marked);
  };
  read(start, bytes.length);
  // As much damage as text.
  if (damaged > 0 && damaged * 2 > bytes.length - start) throw new FeedFormatError('无法识别的文字编码');
  return parts.join('');
}

/** A place between two characters, the nearest to the middle. */
function findCut(bytes: Uint8Array, from: number, to: number, encoding: string): number | undefined {
  const middle = (from + to) >> 1;
  for (let step = 0; middle + step < to || middle - step > from; step += 1) {
    for (const at of [middle + step, middle - step]) {
      if (at > from && at < to && isBoundary(bytes, at, encoding, from)) return at;
    }
  }
  return undefined;
}

function isBoundary(bytes: Uint8Array, at: number, encoding: string, from: number): boolean {
  const byte = bytes[at] ?? 0;
  if (encoding === 'utf-8') return (byte & 0xc0) !== 0x80;
  if (encoding === 'gb18030') return isSingle(byte) || isSingle(bytes[at - 1] ?? 0);
  // Between two units of UTF-16, of which the first is no first half of a pair.
  const high = bytes[encoding === 'utf-16le' ? at - 1 : at - 2] ?? 0;
  return (at - from) % 2 === 0 && (high & 0xfc) !== 0xd8;
}

function isSingle(byte: number): boolean {
  return byte < FIRST_TRAIL && !(byte >= 0x30 && byte <= 0x39);
}

/** A few bytes one of which is damaged, character by character. */
function decodeWord(bytes: Uint8Array, from: number, to: number, encoding: string): { text: string; marks: number } {
  // No text goes on for so long without a blank, a mark or a line end.
  if (to - from > LONGEST_WORD) {
    const loose = new TextDecoder(encoding).decode(bytes.subarray(from, to));
    return { text: loose.replaceAll('\uFFFD', markAt(from)), marks: 1 };
  }
  const lengths = encoding === 'gb18030' ? [1, 2, 4] : [1, 2, 3, 4];
  let text = '';
  let marks = 0;
  for (let at = from; at < to; ) {
    const length = lengths.find((size) => at + size <= to && decode(bytes.subarray(at, at + size), encoding));
    if (length === undefined) {
      marks += 1;
      text += markAt(at);
    } else text += decode(bytes.subarray(at, at + length), encoding);
    at += length ?? 1;
  }
  return { text, marks };
}
