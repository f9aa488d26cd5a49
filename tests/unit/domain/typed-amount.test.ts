import { describe, expect, test } from 'vitest';
import { parseTypedAmount } from '#src/domain/money/money.ts';

describe('an amount as it is typed', () => {
  test.each([
    ['5000000', 500_000_000],
    ['5,000,000.5', 500_000_050],
    ['500万', 500_000_000],
    ['500 万元', 500_000_000],
    ['１．２亿', 12_000_000_000],
    ['0.000001万', 1],
    ['10.50元', 1_050],
  ])('%s is %i fen', (text, fen) => {
    expect(parseTypedAmount(text)).toBe(fen);
  });

  test.each(['', '万', '五百万', '-5', '1.234', '0.0000001万', '5千', '1e6', '9999999999999亿'])(
    '%s is refused',
    (text) => {
      expect(parseTypedAmount(text)).toBeUndefined();
    },
  );
});
