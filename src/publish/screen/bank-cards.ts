import type { DigitSpan } from './spans.ts';

const CARD_LABEL = /卡号|银行卡|储蓄卡|借记卡|信用卡/;
const ACCOUNT_LABEL = /账号|帐号|账户|帐户/;

/**
 * Personal bank cards in a span, as `[start, end)`: 16–19 digits with a right Luhn check digit behind a label.
 * Accounts of institutions, to which deposits are paid, are no cards: behind 账号 only numbers of UnionPay cards (62…) count.
 */
export function findBankCards(span: DigitSpan): [number, number][] {
  if (span.isSpread) return [];
  const first = span.groups[0];
  const last = span.groups.at(-1);
  const digits = span.groups.map((group) => group.digits).join('');
  if (!first || !last || digits.length < 16 || digits.length > 19 || !isLuhn(digits)) return [];
  const isCard = CARD_LABEL.test(span.before) || (ACCOUNT_LABEL.test(span.before) && digits.startsWith('62'));
  return isCard ? [[first.start, last.start + last.digits.length]] : [];
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += index % 2 === 1 ? doubled : digit;
  }
  return sum % 10 === 0;
}
