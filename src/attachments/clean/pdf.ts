const OPEN = 0x28;
const CLOSE = 0x29;
const BACKSLASH = 0x5c;
const ANGLE = 0x3c;
const SPACE = 0x20;

/**
 * A PDF without what it says of its makers: the strings of its information dictionaries and its XMP packets are overwritten with blanks,
 * every byte elsewhere stays where it is (ISO 32000-1, 14.3). Undefined where they cannot be reached: packed, encrypted, or signed.
 */
export function blankPdf(original: Buffer): Buffer | undefined {
  const bytes = Buffer.from(original);
  const text = bytes.toString('latin1');
  if (/\/(?:Encrypt|ByteRange)\b/.test(text)) return undefined;
  const dictionaries = [
    ...new Set([...text.matchAll(/\/Info\s+(\d+\s+\d+)\s+R/g)].map(([, reference]) => reference ?? '')),
  ];
  const isBlank = dictionaries.every((reference) => blankDictionary(bytes, text, reference));
  return isBlank && blankPackets(bytes, text) ? bytes : undefined;
}

/** Every version of an object, for files that somebody added to; false where there is none in plain sight. */
function blankDictionary(bytes: Buffer, text: string, reference: string): boolean {
  const starts = [...text.matchAll(new RegExp(`(?<!\\d)${reference.replace(/\s+/, '\\s+')}\\s+obj\\b`, 'g'))];
  for (const { index, 0: head } of starts) {
    const end = text.indexOf('endobj', index);
    const from = index + head.length;
    if (end === -1 || /\d\s+\d+\s+R\b/.test(text.slice(from, end))) return false;
    blankStrings(bytes, from, end);
  }
  return starts.length > 0;
}

function blankStrings(bytes: Buffer, from: number, end: number): void {
  for (let at = from; at < end; at++) {
    if (bytes[at] === OPEN) at = blankLiteral(bytes, at + 1, end);
    else if (bytes[at] === ANGLE && bytes[at + 1] === ANGLE) at++;
    else if (bytes[at] === ANGLE) {
      const close = bytes.indexOf('>', at);
      // Blanks, in hexadecimal digits; white space between digits counts for nothing.
      for (let digit = at + 1; digit < close; digit++) bytes[digit] = (digit - at) % 2 === 1 ? 0x32 : 0x30;
      if (close !== -1) at = close;
    }
  }
}

/** Returns where the string ends. */
function blankLiteral(bytes: Buffer, from: number, end: number): number {
  let depth = 1;
  for (let at = from; at < end; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH) bytes[at++] = SPACE;
    else if (byte === OPEN) depth++;
    else if (byte === CLOSE && --depth === 0) return at;
    bytes[at] = SPACE;
  }
  return end;
}

function blankPackets(bytes: Buffer, text: string): boolean {
  for (const { index } of text.matchAll(/\/Type\s*\/Metadata\b/g)) {
    const stream = /stream\r?\n/g;
    stream.lastIndex = index;
    const begin = stream.exec(text);
    const end = begin ? text.indexOf('endstream', stream.lastIndex) : -1;
    const head = text.slice(text.lastIndexOf('obj', index), begin?.index ?? index);
    if (end === -1 || head.includes('/Filter')) return false;
    bytes.fill(SPACE, stream.lastIndex, end);
  }
  return true;
}
