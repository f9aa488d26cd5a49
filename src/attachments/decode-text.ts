import { open } from 'node:fs/promises';

/** Bytes of a text that are looked at; texts that are longer are no texts that people attach. */
const LONGEST = 32 * 1024 * 1024;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a text does not have
const CONTROL = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

/** The text of a file in UTF-8, UTF-16 with its mark, or GB 18030; undefined when it is none of these. */
export async function decodeText(path: string): Promise<string | undefined> {
  const bytes = await readWhole(path, LONGEST);
  if (!bytes) return undefined;
  const isUtf16 = bytes.length >= 2 && (bytes.readUInt16LE(0) === 0xfeff || bytes.readUInt16BE(0) === 0xfeff);
  const encodings = isUtf16 ? [bytes[0] === 0xff ? 'utf-16le' : 'utf-16be'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return CONTROL.test(text) ? undefined : text;
    } catch {
      // The next encoding may fit.
    }
  }
  return undefined;
}

/** A file's bytes; undefined when there are more than `most`. */
export async function readWhole(path: string, most: number): Promise<Buffer | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return size > most ? undefined : await file.readFile();
  } finally {
    await file.close();
  }
}
