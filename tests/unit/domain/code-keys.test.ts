import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeKeys, compactCode } from '#src/domain/identifiers/code-keys.ts';

test('codes are compared half-width, upper case, without separators', () => {
  expect(compactCode('sdgp－370883〔2026〕 000123')).toBe('SDGP3708832026000123');
});

test('a code is found by itself and by every suffix of four or more characters', () => {
  expect(codeKeys(['AB-1234'])).toEqual([
    { key: 'AB1234', whole: true },
    { key: 'B1234', whole: false },
    { key: '1234', whole: false },
  ]);
  expect(codeKeys(['A1'])).toEqual([{ key: 'A1', whole: true }]);
  expect(codeKeys([null, undefined, '', '—'])).toEqual([]);
});

test('a code that is the end of another stays whole', () => {
  expect(
    codeKeys(['AB-1234', '1234'])
      .filter(({ whole }) => whole)
      .map(({ key }) => key),
  ).toEqual(['AB1234', '1234']);
});

test('every run of four or more characters begins some key, and keys are unique', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9]{4,20}$/), fc.nat(), fc.nat(), (code, start, length) => {
      const keys = codeKeys([code]).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      const from = start % (code.length - 3);
      const part = code.slice(from, from + 4 + (length % (code.length - from - 3)));
      expect(keys.some((key) => key.startsWith(part))).toBe(true);
    }),
  );
});
