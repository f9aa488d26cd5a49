import type { FactDoubt } from '../facts/fact-evidence.ts';
import { FORMAL_AMOUNT, normaliseNumerals, parseFormalAmount } from './chinese-number.ts';
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
const UNIT = '(?:千元|仟元|百万元|千万元|万元|万圆|亿元|元|圆|万(?![\\d零壹贰叁肆伍陆柒捌玖拾佰仟])|亿)';
const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,4}(?:,\d{4})+(?![\d,])|\d+(?!\d*,\d))(?:\.\d+)?`;
/** A number with its unit before or behind it: `(元): 5`, `¥5`, `5万元`, `5.0(万元)`, `5 单位:万元`. */
const FIGURE = String.raw`(?:(\(${UNIT}\))\s*[:：]?\s*)?(¥)?\s*(-?${NUMBER})\s*(${UNIT}|\(\s*(?:人民币)?\s*${UNIT}\)|\(?\s*(?:价格|金额|货币)?单位\s*[:：]\s*(?:人民币)?${UNIT}\)?)?`;
const UNITS = new RegExp(UNIT, 'g');
const ANY_AMOUNT = new RegExp(String.raw`\d\s*\(?${UNIT}|¥\s*\d|${FORMAL_AMOUNT.source}`);
const TOKEN = new RegExp(`(${FORMAL_AMOUNT.source})|${FIGURE}`, 'g');

const RATE = /[%‰]|费率|折扣|下浮|上浮|优惠率|让利|收费标准|计取|百分之|折$/;
const PER_UNIT =
  /[元万亿]\)?\s*\/|\/\s*[元万亿]|[元万亿]\)?每|每(?:平方|立方)?(?:吨|年|月|日|天|次|人|份|套|台|个|件|亩|平方米|公里|米|m|km|立方|千瓦|张|户|学期|床|标段|包|人次)|单价|[年月]租金/i;
const FOREIGN = /美元|欧元|港[元币]|日元|英镑|澳元|韩元|USD|EUR|HKD|JPY|GBP|\$|€|£/i;
const INFORMAL = /[一二两三四五六七八九十百]+[千万亿]*(?:元|圆)/;
/** Words that may stand beside an amount without changing it. */
const FILLER =
  /人民币|RMB|CNY|大写|小写|交易|竞买|金额|价格|报价|总价|合计|共计|总计|总额|形式|投标|中标|成交|预算|采购|招标|合同|最高|限价|控制价|保证金|起始价|挂牌价|评估[值价]|转让|底价|标的|项目|工程|本次|评审|最终|签约|其中|含税|(?:不|未)含税|单位|约|应[交缴]|缴纳|固定|暂定|服务费|设计费|监理费|施工|费用?|租金|年度|一次性|按|本|标段|包|[的总价额整正计为是共]|[()[\]:：,，;；。.、=¥\s*_"“”\-/]/g;
/** Parts of a total that are told behind it. */
const PARTS = /其中|含|包括|包含|分别为|组成/;
/** A remark that says nothing about money. */
const REMARK = /\((?![^()]*(?:\d|[元圆万亿]|[壹贰叁肆伍陆柒捌玖拾]))[^()]*\)/g;
/** What software left in a value. */
const MARK = /\{[A-Z_]{2,12}\}|\?+$/g;
const LONGEST = 600;

/**
 * The amount that a text names, in fen. `headerUnit` is the header or label of the value and may name its unit (`预算金额(万元)`).
 * Undefined when there is no amount at all (`无`, `详见附件`, `面议`, a header read as a value). Doubtful, never a number:
 * rates, prices per unit, several different amounts, a number without any unit, a unit that contradicts the header's,
 * zero (a placeholder in feeds), fractions of a fen, foreign currency, and words we do not know (docs/feeds.md#traps, 21).
 * A total followed by its parts is that total; a sum in 元 stays one whatever its label mentions besides.
 */
export function parseAmount(text: string, headerUnit = ''): AmountReading | undefined {
  const plain = toPlain(text).slice(0, LONGEST);
  const header = headerUnit.normalize('NFKC');
  const doubtful = (reason: NoAmount) => ({ doubtful: text.trim(), reason });
  if (!/\d/.test(plain) && !FORMAL_AMOUNT.test(plain)) return INFORMAL.test(plain) ? doubtful('unreadable') : undefined;
  const other = otherPrice(plain, header);
  if (other) return doubtful(other);
  const stated = withoutClauses(plain).replace(REMARK, ' ');
  const figures = readFigures(stated, header);
  return judge(stated, figures, doubtful);
}

function toPlain(text: string): string {
  return normaliseNumerals(
    text
      .normalize('NFKC')
      .replace(/￥|RMB\s*(?=\d)/g, '¥')
      .replace(/\p{Cf}/gu, '')
      .replace(MARK, ''),
  ).trim();
}

/** Is it another kind of price than a sum in yuan? What a label merely mentions does not make one of a sum. */
function otherPrice(plain: string, header: string): NoAmount | undefined {
  const sum = ANY_AMOUNT.exec(plain);
  const head = sum ? plain.slice(0, sum.index + sum[0].length) : plain;
  const rest = plain.slice(head.length);
  if (RATE.test(plain)) return 'rate';
  if (
    PER_UNIT.test(head) ||
    /^\)?\s*(?:\/|每|一?(?:年|月|天|次)(?:$|[,，;；]))/.test(rest.replace(/^[\s元圆)整]*/, '')) ||
    PER_UNIT.test(head + rest.slice(0, 4))
  )
    return 'unitPrice';
  if (FOREIGN.test(head) || FOREIGN.test(rest.slice(0, 6)) || FOREIGN.test(header)) return 'currency';
  if (sum) return undefined;
  const label = header.replace(/\([^()]*\)/g, (bracket) => (ANY_UNIT.test(bracket) ? bracket : ''));
  if (RATE.test(label) || /%/.test(header)) return 'rate';
  if (PER_UNIT.test(label)) return 'unitPrice';
  return RATE.test(header) ? 'unit' : undefined;
}

const ANY_UNIT = /元|圆/;

/** Without the clauses behind the amount: `48万元，超过的投标无效`. Clauses that name money stay. */
function withoutClauses(plain: string): string {
  const end = /[。;]|,(?!\d{3}(?!\d))/.exec(plain)?.index ?? -1;
  if (end <= 0 || !ANY_AMOUNT.test(plain.slice(0, end))) return plain;
  const rest = plain.slice(end);
  return ANY_AMOUNT.test(rest) ? plain : plain.slice(0, end);
}

interface Figure {
  /** Undefined for a figure whose unit is missing or contradicted. */
  fen: Fen | undefined;
  isFormal: boolean;
  start: number;
  end: number;
}

function readFigures(plain: string, header: string): Figure[] {
  return [...plain.matchAll(TOKEN)].map((match) => {
    const [all, formal, before, sign, digits = '', after] = match;
    const start = match.index;
    const place = { start, end: start + all.length };
    if (formal) return { fen: parseFormalAmount(formal), isFormal: true, ...place };
    return { fen: toFen(digits, readUnit(before, sign, after, header)), isFormal: false, ...place };
  });
}

function judge<T>(stated: string, figures: readonly Figure[], doubtful: (reason: NoAmount) => T): { fen: Fen } | T {
  const [first] = figures;
  if (!first) return doubtful('unreadable');
  const whole = figures.filter((figure, index) => index === 0 || !isPart(stated, first, figure));
  if (whole.some(({ fen, isFormal }) => fen === undefined && !isFormal)) return doubtful('unit');
  if (whole.some(({ fen }) => fen === undefined)) return doubtful('words');
  const amounts = whole.map(({ fen }) => fen as Fen);
  const [total = 0, ...others] = amounts;
  if (total <= 0) return doubtful('zero');
  if (amounts.some((amount) => amount !== total) && !isSum(total, others)) {
    const formal = new Set(whole.filter(({ isFormal }) => isFormal).map(({ fen }) => fen));
    const digits = new Set(whole.filter(({ isFormal }) => !isFormal).map(({ fen }) => fen));
    return doubtful(formal.size === 1 && digits.size === 1 ? 'words' : 'several');
  }
  return isClear(stated, figures, others) ? { fen: total } : doubtful('unreadable');
}

/** A figure behind `其中` or `含`, no larger than the first: it says what the first is made of. */
function isPart(stated: string, first: Figure, figure: Figure): boolean {
  if (figure.isFormal || first.fen === undefined) return false;
  return PARTS.test(stated.slice(first.end, figure.start)) && (figure.fen ?? 0) <= first.fen;
}

/** Does nothing beside the amounts change them? What stands behind a total and before its parts does not. */
function isClear(stated: string, figures: readonly Figure[], others: readonly Fen[]): boolean {
  const [first] = figures;
  if (!first) return false;
  if (stated.slice(0, first.start).replace(FILLER, '') !== '') return false;
  const behind = stated.slice(first.end);
  const hasParts = PARTS.test(behind) || others.length > 1;
  const rest = hasParts
    ? (behind.split(/[,，;；。(（]|其中|含|包括/)[0] ?? '')
    : removed(stated, figures).slice(first.start);
  return rest.replace(FILLER, '') === '';
}

function removed(stated: string, figures: readonly Figure[]): string {
  let text = stated;
  for (const { start, end } of figures) text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  return text;
}

/** Is the total the sum of the others? */
function isSum(total: Fen, parts: readonly Fen[]): boolean {
  return parts.length > 1 && parts.reduce((sum, part) => sum + part, 0) === total;
}

/** Power of ten of the one unit that number and header agree on; undefined when there is none or they disagree. */
function readUnit(before = '', sign = '', after = '', header: string): number | undefined {
  const units = [before, after].flatMap((unit) => unit.match(UNITS) ?? []);
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
