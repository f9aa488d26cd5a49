import type { Fen } from '#src/domain/money/money.ts';
import { formatYuan } from '#src/domain/money/money.ts';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿'];

/** Whole yuan in capitals, without 元; empty for nought. */
function capitalYuan(yuan: number): string {
  const digits = String(yuan);
  let text = '';
  let zero = false;
  let groupHasValue = false;
  for (let index = 0; index < digits.length; index++) {
    const place = digits.length - 1 - index;
    const digit = Number(digits[index]);
    if (digit === 0) zero = true;
    else {
      text += `${zero && text ? '零' : ''}${DIGITS[digit]}${PLACES[place % 4]}`;
      zero = false;
      groupHasValue = true;
    }
    if (place % 4 === 0) {
      text += groupHasValue ? (GROUPS[place / 4] ?? '') : '';
      groupHasValue = false;
    }
  }
  return text;
}

/** An amount in the capitals that contracts use: `壹佰贰拾叁万肆仟伍佰元整`. Below 1,000,000,000,000 yuan. */
export function formatCapitals(fen: Fen): string {
  const whole = capitalYuan(Math.floor(fen / 100)) || '零';
  const jiao = Math.floor(fen / 10) % 10;
  const cent = fen % 10;
  if (jiao === 0 && cent === 0) return `${whole}元整`;
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : '零';
  return `${whole}元${tenths}${cent > 0 ? `${DIGITS[cent]}分` : ''}`;
}

/** `569,800.00元`. */
export function yuan(fen: Fen): string {
  return formatYuan(fen).replace(' ', '');
}

/** `56.98万元`, exact to the fen. */
export function wan(fen: Fen): string {
  const text = (fen / 1_000_000).toFixed(6).replace(/\.?0+$/, '');
  return `${text}万元`;
}

/** `￥56.980000 万元（人民币）`, as the national procurement site writes it. */
export function wanFull(fen: Fen): string {
  return `￥${(fen / 1_000_000).toFixed(6)} 万元（人民币）`;
}

/** The price in one of the ways real notices write it; `style` chooses, so that a notice stays consistent. */
export function price(fen: Fen, style: number): string {
  switch (style % 5) {
    case 0:
      return yuan(fen);
    case 1:
      return wan(fen);
    case 2:
      return `人民币${yuan(fen)}（大写：${formatCapitals(fen)}）`;
    case 3:
      return `${(fen / 100).toFixed(2)}元`;
    default:
      return `${formatCapitals(fen)}（￥${yuan(fen)}）`;
  }
}
