import { expect, it } from 'vitest';
import { CREDIT_FORMULA, scoreCredit } from '#src/domain/credit/score.ts';
import { parseVerifyCode } from '#src/domain/tlog/print-code.ts';

it('a credit score is what its published formula says', () => {
  expect(scoreCredit({ blacklist: 0, exposures: 0, honours: 0 })).toBe(100);
  expect(scoreCredit({ blacklist: 0, exposures: 2, honours: 3 })).toBe(86);
  expect(scoreCredit({ blacklist: 2, exposures: 1, honours: 0 })).toBe(0);
  expect(scoreCredit({ blacklist: 0, exposures: 0, honours: 50 })).toBe(120);
  expect(CREDIT_FORMULA).toMatch(/100 分.*减 50 分.*减 10 分.*加 2 分/);
});

it('a printed code is read whatever its case, spaces and dashes, and nothing else is', () => {
  const printed = { version: 12, seal: '9f3a12cd' };
  expect(parseVerifyCode(' K3VQ7MZT2F5A－12 - 9F3A12CD')).toEqual({ id: 'k3vq7mzt2f5a', printed });
  expect(parseVerifyCode('k3vq7mzt2f5a')).toEqual({ id: 'k3vq7mzt2f5a', printed: null });
  for (const typed of ['', 'k3vq7mzt2f5', 'k3vq7mzt2f5a-0-9f3a12cd', 'k3vq7mzt2f5a-1-9f3a12c', '公告']) {
    expect(parseVerifyCode(typed)).toBeNull();
  }
});
