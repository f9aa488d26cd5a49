const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const SMALL: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 };

/** Other ways to write formal numerals: traditional, old and simple forms. */
const VARIANTS: Record<string, string> = {
  〇: '零',
  弌: '壹',
  壱: '壹',
  貳: '贰',
  弍: '贰',
  弐: '贰',
  叄: '叁',
  叅: '叁',
  參: '叁',
  弎: '叁',
  陸: '陆',
  漆: '柒',
  扒: '捌',
  萬: '万',
  億: '亿',
  圓: '圆',
  圎: '圆',
  廿: '贰拾',
  卄: '贰拾',
  卅: '叁拾',
  卌: '肆拾',
};
const VARIANT = new RegExp(`[${Object.keys(VARIANTS).join('')}]`, 'g');

/** The text with every variant of a formal numeral in its usual form. */
export function normaliseNumerals(text: string): string {
  return text.replace(VARIANT, (character) => VARIANTS[character] ?? character);
}

/** Formal Chinese numerals as written in amounts, with an optional 元/角/分 tail. */
export const FORMAL_AMOUNT =
  /[零壹贰叁肆伍陆柒捌玖拾][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*(?:元|圆)(?:整|正|[零壹贰叁肆伍陆柒捌玖角分整正]*)/;

/** Fen of a formal amount (`伍拾陆万玖仟捌佰元整` → 56980000); undefined when it is not well formed. */
export function parseFormalAmount(text: string): number | undefined {
  const match =
    /^([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)(?:元|圆)(?:([零壹贰叁肆伍陆柒捌玖])角)?(?:零?([零壹贰叁肆伍陆柒捌玖])分)?(?:整|正)?$/.exec(
      text,
    );
  if (!match?.[1]) return undefined;
  const yuan = parseFormalInteger(match[1]);
  if (yuan === undefined) return undefined;
  const fen = yuan * 100 + digit(match[2]) * 10 + digit(match[3]);
  return Number.isSafeInteger(fen) ? fen : undefined;
}

function digit(character: string | undefined): number {
  return character ? DIGITS.indexOf(character) : 0;
}

/** Splits at 亿 and 万: the part before counts whole. */
function parseFormalInteger(text: string): number | undefined {
  for (const [unit, size] of [
    ['亿', 1e8],
    ['万', 1e4],
  ] as const) {
    const at = text.lastIndexOf(unit);
    if (at < 0) continue;
    const high = parseFormalInteger(text.slice(0, at));
    const low = at + 1 === text.length ? 0 : parseSection(text.slice(at + 1), size);
    return high === undefined || low === undefined || high === 0 ? undefined : high * size + low;
  }
  return parseSection(text, 1e4);
}

/** A part below 亿 or 万; it may itself hold a 万. */
function parseSection(text: string, limit: number): number | undefined {
  if (text.includes('万')) return limit > 1e4 ? parseFormalInteger(text) : undefined;
  let total = 0;
  let pending: number | undefined;
  let last = 1e4;
  for (const character of text) {
    const unit = SMALL[character];
    if (unit === undefined) {
      if (pending) return undefined;
      pending = DIGITS.indexOf(character);
      continue;
    }
    if (unit >= last) return undefined;
    total += (pending ?? (total === 0 ? 1 : 0)) * unit;
    last = unit;
    pending = undefined;
  }
  return total + (pending ?? 0);
}
