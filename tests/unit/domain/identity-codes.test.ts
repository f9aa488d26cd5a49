import { describe, expect, test } from 'vitest';
import { birthYearOf, isIdCardNumber, isOldIdCardNumber } from '#src/domain/identifiers/id-card.ts';
import { isUscc, normaliseUscc } from '#src/domain/identifiers/uscc.ts';

describe('unified social credit codes', () => {
  const VALID = [
    '91350100M000100Y43',
    '11370899MB0E000111',
    '123708990000000278',
    '12370899MB0W0000XP',
    '91370899000001003U',
    '12370800MB00000008',
    '91370811MA0000015F',
    '91370800000000000X',
    '91370811MA00003490',
    '91370811MA000004XW',
  ];

  test.each(VALID)('%s is valid', (code) => expect(isUscc(code)).toBe(true));

  test.each(VALID)('%s with another check character is not', (code) => {
    const others = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].filter((character) => character !== code[17]);
    for (const character of others) expect(isUscc(code.slice(0, 17) + character)).toBe(false);
  });

  test('letters that the standard leaves out, wrong kinds and wrong lengths are refused', () => {
    for (const code of ['91370811MI0000015F', '99370811MA0000015F', '91370811MA0000015', ''])
      expect(isUscc(code)).toBe(false);
  });

  test('full-width, spaced and lower-case forms are one code', () => {
    expect(normaliseUscc(' ９１３70811ma00 00015f ')).toBe('91370811MA0000015F');
  });
});

describe('citizen identity numbers', () => {
  test('the check character decides', () => {
    expect(isIdCardNumber('11010519491231002X')).toBe(true);
    expect(isIdCardNumber('11010519491231002x')).toBe(true);
    for (const last of '0123456789') expect(isIdCardNumber(`11010519491231002${last}`)).toBe(false);
  });

  test.each(['11010519490231002X', '99010519491231002X', '1101051949123100', '11010520991331002X'])(
    '%s has no such province, day or length',
    (number) => expect(isIdCardNumber(number)).toBe(false),
  );

  test('birth years are read; numbers of 15 digits have no check character', () => {
    expect(birthYearOf('11010519491231002X')).toBe(1949);
    expect(isOldIdCardNumber('110105491231002')).toBe(true);
    expect(isOldIdCardNumber('110105491331002')).toBe(false);
  });
});
