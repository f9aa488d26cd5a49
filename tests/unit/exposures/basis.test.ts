import { expect, it } from 'vitest';
import { describeBasis } from '#src/domain/exposures/basis.ts';
import { MISCONDUCT_KEYS, MISCONDUCT_TYPES } from '#src/domain/exposures/misconduct.ts';

it.each([
  ['BLR 76；GPR 72', '《招标投标法实施条例》第七十六条；《政府采购法实施条例》第七十二条'],
  ['BLR 39–40；BL 53', '《招标投标法实施条例》第三十九条至第四十条；《招标投标法》第五十三条'],
  ['GPR 28、67', '《政府采购法实施条例》第二十八条、第六十七条'],
  ['见决定书', '见决定书'],
])('%s is told as %s', (basis, words) => expect(describeBasis(basis)).toBe(words));

it('leaves no short name of a law to readers', () => {
  for (const key of MISCONDUCT_KEYS) expect(describeBasis(MISCONDUCT_TYPES[key].basis)).not.toMatch(/[A-Z]|\d/);
});
