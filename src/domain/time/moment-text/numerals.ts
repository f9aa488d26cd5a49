/** Characters that numbers of dates and clocks are written with beside digits, everyday and formal; 廿 is 20, 卅 is 30. */
export const NUMERALS = '〇○零一二三四五六七八九十两廿卅壹贰叁肆伍陆柒捌玖拾';

const DIGITS = new Map(
  [...'〇一二三四五六七八九']
    .map((character, value): [string, number] => [character, value])
    .concat(
      [...'零壹贰叁肆伍陆柒捌玖'].map((character, value): [string, number] => [character, value]),
      [
        ['○', 0],
        ['两', 2],
      ],
    ),
);
const TENS = new Map([
  ['十', 10],
  ['拾', 10],
  ['廿', 20],
  ['卅', 30],
]);

/** The text with full-width and compatibility forms made plain, each character in its place, so that positions hold. */
export function toPlain(text: string): string {
  return text.replace(/[^\p{ASCII}\u4e00-\u9fff]/gu, (character) => {
    if (character === '∶' || character === '︰') return ':';
    const plain = character.normalize('NFKC');
    return plain.length === character.length ? plain : character;
  });
}

/** A whole number from 0 to 99 in digits (`0 9`) or Chinese numerals (`廿一`, `二十一`, `零五`, `三〇`); NaN when it is none. */
export function readNumber(text: string): number {
  const plain = text.replace(/\s/g, '');
  if (/^\d{1,2}$/.test(plain)) return Number(plain);
  const values = [...plain].map((character) => TENS.get(character) ?? DIGITS.get(character) ?? Number.NaN);
  const [first = Number.NaN, second, third] = values;
  if (values.length === 1) return first;
  // 十一, 廿一, 卅一
  if (values.length === 2 && first >= 10) return (second ?? 0) < 10 ? first + (second ?? 0) : Number.NaN;
  // 二十
  if (values.length === 2 && second === 10) return first * 10;
  // 零五, 三〇
  if (values.length === 2) return (second ?? 10) < 10 ? first * 10 + (second ?? 0) : Number.NaN;
  // 二十一
  return values.length === 3 && second === 10 && first < 10 && (third ?? 10) < 10
    ? first * 10 + (third ?? 0)
    : Number.NaN;
}

/** A year of four digits or four Chinese numerals (`二〇二六`); NaN when it is none. */
export function readYear(text: string): number {
  const digits = [...text.replace(/\s/g, '')].map((character) => DIGITS.get(character) ?? character).join('');
  return /^\d{4}$/.test(digits) ? Number(digits) : Number.NaN;
}
