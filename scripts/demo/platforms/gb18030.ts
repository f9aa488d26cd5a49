/** Two-byte codes of GBK, by character. Node decodes GB18030 and does not encode it. */
function makeTable(): Map<string, [number, number]> {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd') table.set(character, [lead, trail]);
    }
  }
  return table;
}

const TABLE = makeTable();

/** JSON text in GB18030; characters outside GBK stand as `\uXXXX`. */
export function encodeJsonGb18030(text: string): Buffer {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) bytes.push(code);
    else bytes.push(...(TABLE.get(text.charAt(index)) ?? Buffer.from(`\\u${code.toString(16).padStart(4, '0')}`)));
  }
  return Buffer.from(bytes);
}
