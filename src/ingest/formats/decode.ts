import { FeedFormatError } from '../types.ts';

const BOMS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/**
 * Text of an answer, whatever charset it claims: byte order mark, else strict UTF-8, else GB18030 (feeds README, trap 15).
 * @throws FeedFormatError when the bytes are none of these, or UTF-8 that was damaged on the way.
 */
export function decodeText(bytes: Uint8Array): string {
  const marked = BOMS.find(([bom]) => bom.every((byte, index) => bytes[index] === byte));
  const text = marked ? decode(bytes, marked[1]) : (decode(bytes, 'utf-8') ?? decodeGb18030(bytes));
  if (text === undefined || text.includes('\uFFFD')) throw new FeedFormatError('无法识别的文字编码');
  return text;
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** GB18030 accepts nearly any bytes, so text that is mostly sound UTF-8 is damaged UTF-8, not GB18030. */
function decodeGb18030(bytes: Uint8Array): string | undefined {
  const loose = new TextDecoder('utf-8').decode(bytes);
  const broken = loose.match(/\uFFFD/g)?.length ?? 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII is meant
  const sound = loose.match(/[^\x00-\x7F\uFFFD]/g)?.length ?? 0;
  return sound > broken ? undefined : decode(bytes, 'gb18030');
}
