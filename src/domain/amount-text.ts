import { FORMAL_AMOUNT, parseFormalAmount } from './chinese-number.ts';
import type { FactDoubt } from './fact-evidence.ts';
import type { Fen } from './money.ts';

/** Why a text about money is no sum of money: a doubt, or another kind of price. */
export type NoAmount = FactDoubt | 'rate' | 'unitPrice';

/** An amount read from text: exact fen, or the text itself where reading it would be a guess. */
export type AmountReading = { fen: Fen } | { doubtful: string; reason: NoAmount };

/** Zeros that a unit adds to yuan. */
const UNIT_POWERS: Record<string, number> = {
  元: 0,
  圆: 0,
  千元: 3,
  仟元: 3,
  万: 4,
  万元: 4,
  万圆: 4,
  百万元: 6,
  千万元: 7,
  亿: 8,
  亿元: 8,
};
const UNIT = '(?:千元|仟元|百万元|千万元|万元|万圆|亿元|元|圆|万|亿)';
const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const MONEY = new RegExp(
  String.raw`(?:(\(${UNIT}\))\s*[:：]?\s*)?(¥)?\s*(-?${NUMBER})\s*(${UNIT}|\(\s*(?:人民币)?\s*${UNIT}\))?`,
  'g',
);
const UNITS = new RegExp(UNIT, 'g');
const FORMAL = new RegExp(FORMAL_AMOUNT, 'g');
const ANY_AMOUNT = new RegExp(String.raw`\d\s*${UNIT}|${FORMAL_AMOUNT.source}`);

const RATE = /[%‰]|费率|折扣|下浮|上浮|优惠率|让利|收费标准|计取|百分之|折$/;
const PER_UNIT =
  /[元万亿]\)?\s*\/|\/\s*[元万亿]|每(?:吨|年|月|日|天|次|人|份|套|台|个|件|亩|平方米|公里|米|m|km|立方|千瓦|张|户|学期)|单价/;
const FOREIGN = /美元|欧元|港[元币]|日元|英镑|澳元|韩元|USD|EUR|HKD|JPY|GBP|\$|€|£/i;
const INFORMAL = /[一二两三四五六七八九十百]+[千万亿]*(?:元|圆)/;
/** Words that may stand beside an amount without changing it. */
const FILLER =
  /人民币|RMB|CNY|大写|小写|金额|价格|报价|总价|合计|共计|总计|总额|形式|投标|中标|成交|预算|采购|招标|合同|最高|限价|控制价|保证金|起始价|挂牌价|评估[值价]|转让|底价|标的|项目|工程|本次|评审|最终|签约|其中|含税|(?:不|未)含税|[总价额整正计为是的]|[()[\]:：,，;；。.、=¥\s]/g;
/** A remark that says nothing about money. */
const REMARK = /\((?![^()]*(?:\d|[元圆万亿]|[壹贰叁肆伍陆柒捌玖拾]))[^()]*\)/g;

/**
 * The amount that a text names, in fen. `headerUnit` is the header or label of the value and may name its unit (`预算金额(万元)`).
 * Undefined when there is no amount at all (`无`, `详见附件`, `面议`, a header read as a value). Doubtful, never a number:
 * rates, prices per unit, several different amounts, a number without any unit, a unit that contradicts the header's,
 * zero (a placeholder in feeds), fractions of a fen, foreign currency, and words we do not know (feeds README, trap 21).
 * A total followed by the parts that add up to it is that total.
 */
export function parseAmount(text: string, headerUnit = ''): AmountReading | undefined {
  const plain = toPlain(text);
  const header = headerUnit.normalize('NFKC');
  const doubtful = (reason: NoAmount) => ({ doubtful: text.trim(), reason });
  if (!/\d/.test(plain) && !FORMAL_AMOUNT.test(plain)) return INFORMAL.test(plain) ? doubtful('unreadable') : undefined;
  for (const [reason, pattern] of [
    ['rate', RATE],
    ['unitPrice', PER_UNIT],
    ['currency', FOREIGN],
  ] as const) {
    if (pattern.test(plain) || pattern.test(header)) return doubtful(reason);
  }
  const stated = withoutClauses(plain).replace(REMARK, ' ');
  const { formal, figures, rest } = readFigures(stated, header);
  if (rest.replace(FILLER, '') !== '' && !isSum(figures)) return doubtful('unreadable');
  return judge(formal, figures, doubtful);
}

function toPlain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/￥/g, '¥')
    .replace(/[\p{Cf}]/gu, '')
    .trim();
}

/** Without the clauses behind the amount: `48万元，超过的投标无效`. Clauses that name money stay. */
function withoutClauses(plain: string): string {
  const end = /[。;]|,(?!\d{3}(?!\d))/.exec(plain)?.index ?? -1;
  if (end <= 0 || !ANY_AMOUNT.test(plain.slice(0, end))) return plain;
  return /\d|[壹贰叁肆伍陆柒捌玖]/.test(plain.slice(end)) ? plain : plain.slice(0, end);
}

interface Figures {
  formal: (Fen | undefined)[];
  /** Undefined for a figure whose unit is missing or contradicted. */
  figures: (Fen | undefined)[];
  rest: string;
}

function readFigures(plain: string, header: string): Figures {
  const formal = (plain.match(FORMAL) ?? []).map(parseFormalAmount);
  const figures: (Fen | undefined)[] = [];
  const rest = plain.replace(FORMAL, ' ').replace(MONEY, (_all, before, sign, digits, after) => {
    figures.push(toFen(digits, readUnit(before, sign, after, header)));
    return ' ';
  });
  return { formal, figures, rest };
}

function judge<T>(
  formal: readonly (Fen | undefined)[],
  figures: readonly (Fen | undefined)[],
  doubtful: (reason: NoAmount) => T,
): { fen: Fen } | T {
  if (figures.includes(undefined)) return doubtful('unit');
  if (formal.includes(undefined)) return doubtful('words');
  const amounts = [...formal, ...figures] as Fen[];
  const [first] = amounts;
  if (first === undefined) return doubtful('unreadable');
  if (first <= 0) return doubtful('zero');
  if (amounts.every((amount) => amount === first) || isSum(figures)) {
    return formal.length > 0 && figures.length > 0 && formal[0] !== figures[0]
      ? doubtful('words')
      : { fen: figures[0] ?? first };
  }
  return doubtful(formal.length === 1 && figures.length === 1 ? 'words' : 'several');
}

/** Is the first the sum of the others? */
function isSum([total, ...parts]: readonly (Fen | undefined)[]): boolean {
  return parts.length > 1 && parts.reduce((sum = Number.NaN, part = Number.NaN) => sum + part, 0) === total;
}

/** Power of ten of the one unit that number and header agree on; undefined when there is none or they disagree. */
function readUnit(before = '', sign = '', after = '', header: string): number | undefined {
  const units = [before, after].map((unit) => unit.replace(/[()\s]|人民币/g, '')).filter((unit) => unit !== '');
  const own = new Set(units.map((unit) => UNIT_POWERS[unit]));
  if (own.size === 0 && sign) own.add(0);
  const headers = new Set((header.match(UNITS) ?? []).map((unit) => UNIT_POWERS[unit]));
  if (own.size === 0) return headers.size === 1 ? [...headers][0] : undefined;
  const agreed = new Set([...own, ...headers]);
  return agreed.size === 1 ? [...agreed][0] : undefined;
}

/** Exact fen of a decimal number times a power of ten; undefined when it is negative, no whole fen or too large. */
function toFen(digits: string, power: number | undefined): Fen | undefined {
  if (power === undefined || digits.startsWith('-')) return undefined;
  const [whole = '', fraction = ''] = digits.replace(/,/g, '').split('.');
  const places = power + 2;
  if (/[1-9]/.test(fraction.slice(places))) return undefined;
  const fen = Number(whole + fraction.slice(0, places).padEnd(places, '0'));
  return Number.isSafeInteger(fen) ? fen : undefined;
}
