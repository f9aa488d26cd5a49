/** Digits of a text as a person reads them: tags inside words skipped, full-width forms made half-width. */
export interface Projection {
  /** One character for each character that is read; block tags are line ends. */
  text: string;
  /** Position in the source of each character of `text`. */
  positions: Int32Array;
}

/** A tag exactly as our serialiser writes one, so that `工期<90日历天` is text. */
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>/y;
const INLINE = new Set([
  'a',
  'b',
  'code',
  'del',
  'em',
  'i',
  'ins',
  'mark',
  'q',
  's',
  'small',
  'strong',
  'sub',
  'sup',
  'u',
]);
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/;

/** Projects HTML or plain text. Linear in its length. */
export function project(source: string): Projection {
  const characters: string[] = [];
  const positions = new Int32Array(source.length);
  const add = (character: string, position: number) => {
    positions[characters.length] = position;
    characters.push(character);
  };
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    const tag = character === '<' ? tagAt(source, at) : undefined;
    if (tag) {
      if (!INLINE.has(tag.name)) add('\n', at);
      at += tag.length - 1;
    } else if (!INVISIBLE.test(character)) add(halfWidth(character), at);
  }
  return { text: characters.join(''), positions };
}

function tagAt(source: string, at: number): { name: string; length: number } | undefined {
  TAG.lastIndex = at;
  const match = TAG.exec(source);
  return match ? { name: match[2] ?? '', length: match[0].length } : undefined;
}

function halfWidth(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f) return ' ';
  return code === 0x2010 || code === 0x2011 || code === 0x2012 || code === 0x2013 || code === 0x2014 || code === 0x2212
    ? '-'
    : character;
}
