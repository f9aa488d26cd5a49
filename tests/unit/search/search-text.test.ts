import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseText } from '#src/domain/search/fold.ts';
import { splitRuns, toGrams, toOpaqueWord, toPhrase } from '#src/domain/search/text.ts';

const grams = (text: string) => toGrams(text).split(' ');
const opaque = (...words: string[]) => words.map(toOpaqueWord);

/** A phrase stands in a text when its words do, one after the other. */
function stands(document: string, piece: string): boolean {
  const words = grams(document);
  const phrase = toPhrase(piece);
  return words.some((_, start) =>
    phrase.words.every((word, index) => {
      const found = words[start + index] ?? '';
      return phrase.prefix && index === phrase.words.length - 1 ? found.startsWith(word) : found === word;
    }),
  );
}

describe('normaliseText', () => {
  test('makes full-width forms half-width and letters small', () => {
    expect(normaliseText('ＡＢＣ１２３，ＬＥＤ')).toBe('abc123,led');
  });
  test('removes zero-width characters and soft hyphens', () => {
    expect(normaliseText('邹\u200b城\u00ad市\ufeff')).toBe('邹城市');
  });
});

describe('splitRuns', () => {
  test('separates wherever Han, letters and digits meet', () => {
    expect(splitRuns('2020年128排ct').map(({ chars }) => chars.join(''))).toEqual(['2020', '年', '128', '排', 'ct']);
  });
});

describe('grams', () => {
  test('a Han run is its overlapping pairs and its last character', () => {
    expect(grams('在建工程')).toEqual(opaque('在建', '建工', '工程', '程'));
  });
  test('opaque words are letters only, four for each unit', () => {
    expect(toOpaqueWord('在建')).toMatch(/^[a-p]{8}$/);
  });
  test('工程 stands in 在建工程, 农业 in 岱岳川农业服务站, pieces across word borders too', () => {
    expect(stands('在建工程', '工程')).toBe(true);
    expect(stands('岱岳川农业服务站', '农业')).toBe(true);
    expect(stands('老旧小区改造工程', '区改造工')).toBe(true);
    expect(stands('老旧小区改造工程', '小区工程')).toBe(false);
  });
  test('digits and letters stand whole', () => {
    expect(stands('采购128排CT设备', '128排CT')).toBe(true);
    expect(stands('采购1280排CT设备', '128排CT')).toBe(false);
    expect(stands('2020年度计划', '2020年')).toBe(true);
  });
  test('every piece of a Han text stands in it, and only pieces do', () => {
    const han = fc.string({ unit: fc.constantFrom(...'工程农业招商公司'), minLength: 1, maxLength: 12 });
    fc.assert(fc.property(han, han, (document, piece) => stands(document, piece) === document.includes(piece)));
  });
});
