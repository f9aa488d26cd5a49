import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { legibleLine, withoutInvisible } from '#src/domain/notices/legible.ts';

const TITLE = '凫岭新区道路工程招标公告';

/** Each kind with one of its characters at least, by code point. */
const INVISIBLE: Record<string, number[]> = {
  'soft hyphen': [0xad],
  'zero-width': [0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x180e],
  'directions and their isolates': [
    0x200e, 0x200f, 0x061c, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
  ],
  fillers: [0x115f, 0x1160, 0x3164, 0xffa0, 0x17b4, 0x17b5, 0x2800],
  tags: [0xe0001, 0xe0020, 0xe0041, 0xe007a, 0xe007f],
  'variation selectors': [0xfe00, 0xfe0e, 0xfe0f, 0xe01ef],
  'invisible operators': [0x2061, 0x2062, 0x2063, 0x2064, 0x206a, 0x206f],
  annotations: [0xfff9, 0xfffa, 0xfffb],
  'lines and paragraphs': [0x2028, 0x2029],
};

describe('what nobody sees', () => {
  test.each(Object.entries(INVISIBLE))('%s leave a text', (_kind, points) => {
    for (const point of points) {
      const character = String.fromCodePoint(point);
      expect(legibleLine(`${character}A${character}${TITLE}：${character}1${character}`)).toBe(`A${TITLE}：1`);
    }
  });

  test('between, before and behind any characters, once or more', () => {
    const points = Object.values(INVISIBLE)
      .flat()
      .filter((point) => point !== 0xe01ef);
    const hidden = fc.array(
      fc.constantFrom(...points).map((point) => String.fromCodePoint(point)),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.array(hidden, { minLength: TITLE.length + 1, maxLength: TITLE.length + 1 }), (places) => {
        const text = places.map((place, at) => place.join('') + TITLE.charAt(at)).join('');
        expect(legibleLine(text)).toBe(TITLE);
        expect(withoutInvisible(withoutInvisible(text))).toBe(withoutInvisible(text));
      }),
    );
  });

  test.each(['葛\u{E0100}城', '☎\uFE0F', '👩\u200D🌾', '\u1820\u180B', '㎡①Ⅲ𠮷👍﷽', 'a b'])('%s stays', (text) => {
    expect(withoutInvisible(text)).toBe(text);
  });
});
