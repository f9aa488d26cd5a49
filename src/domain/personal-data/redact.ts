import { birthYearOf, isIdCardNumber, isOldIdCardNumber } from '#src/domain/identifiers/id-card.ts';
import { isUscc } from '#src/domain/identifiers/uscc.ts';
import { findMobiles } from './mobiles.ts';
import { project } from './projection.ts';
import { type DigitSpan, digitSpans, endsInCode } from './spans.ts';

const LABEL = /身份证|证件号|身份号|身份证明|公民身份|ID\s*(?:card|no)/i;
const CODE_LABEL = /(?:信用代码|机构代码|税号|识别号)[^0-9A-Za-z]{0,12}$/;
const LENGTH = 18;
/** Codes carry dates of their own time; without a label, a number glued to letters must name an older birth. */
const LATEST_BIRTH = { labelled: 2099, plain: 2012, inCode: 2000 };

/**
 * Identity numbers in a span, as `[start, end)` in the projected text, by their value: check character, birth day and province
 * (GB 11643), whatever the label says. Numbers glued to names, to other numbers, or written in groups are found; 15-digit
 * ones, which have no check character, only behind a label. A number that can be either is a credit code only behind the
 * label of one: a hidden code costs less than a shown person.
 */
function findIdCards(span: DigitSpan): [number, number][] {
  const labelled = LABEL.test(span.before);
  const codeLabelled = CODE_LABEL.test(span.before);
  const inCode = endsInCode(span.before) || /^[A-WYZa-wyz_]/.test(span.after);
  const latest = labelled || codeLabelled ? LATEST_BIRTH.labelled : inCode ? LATEST_BIRTH.inCode : LATEST_BIRTH.plain;
  const { text, positions } = joined(span);
  const boundaries = new Set(span.groups.map((group) => group.start));
  const found: [number, number][] = [];
  for (let at = 0; at + LENGTH <= text.length; at += 1) {
    const start = positions[at] ?? 0;
    const last = positions[at + LENGTH - 1] ?? 0;
    const candidate = text.slice(at, at + LENGTH);
    const contiguous = last - start === LENGTH - 1;
    const whole =
      boundaries.has(start) && (at + LENGTH === text.length || boundaries.has(positions[at + LENGTH] ?? -1));
    if (
      !(span.isSpread ? whole && !contiguous : contiguous || whole) ||
      !isIdCardNumber(candidate) ||
      birthYearOf(candidate) > latest
    )
      continue;
    if (codeLabelled && !labelled && isCreditCode(candidate)) continue;
    found.push([start, last + 1]);
    at += LENGTH - 1;
  }
  if (found.length === 0 && labelled && !span.isSpread && isOldIdCardNumber(text)) {
    found.push([positions[0] ?? 0, (positions[text.length - 1] ?? 0) + 1]);
  }
  return found;
}

/**
 * Can a right identity number be a credit code (GB 32100) too? Where one has the century of birth, 19 or 20, the other has the
 * last two digits of a division (GB/T 2260): a district's, of which only the four municipalities have so many.
 */
function isCreditCode(number: string): boolean {
  return /^..(?:11|12|31|50)01/.test(number) && isUscc(number.toUpperCase());
}

/** Digits of the span without separators, with the check character X that may follow them. */
function joined(span: DigitSpan): { text: string; positions: number[] } {
  const positions = span.groups.flatMap(({ start, digits }) => Array.from(digits, (_, index) => start + index));
  const text = span.groups.map((group) => group.digits).join('');
  const check = (span.isSpread ? /^[\s-]{0,6}[Xx](?![A-Za-z0-9])/ : /^[ -]?[Xx](?![A-Za-z0-9])/).exec(span.after);
  if (!check) return { text, positions };
  return { text: `${text}X`, positions: [...positions, (positions.at(-1) ?? 0) + check[0].length] };
}

const CARD_LABEL = /卡号|银行卡|储蓄卡|借记卡|信用卡/;
const ACCOUNT_LABEL = /账号|帐号|账户|帐户/;

/**
 * Personal bank cards in a span, as `[start, end)`: 16–19 digits with a right Luhn check digit behind a label.
 * Accounts of institutions, to which deposits are paid, are no cards: behind 账号 only numbers of UnionPay cards (62…) count.
 */
function findBankCards(span: DigitSpan): [number, number][] {
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

export type PersonalDataKind = 'idCard' | 'mobile' | 'bankCard';

export interface Screened {
  value: string;
  /** How many numbers were masked. */
  masked: number;
  kinds: PersonalDataKind[];
}

/** A number of a person, where it stands in the source. */
export interface PersonalNumber {
  kind: PersonalDataKind;
  /** Positions of its digits in the source, in order. */
  positions: number[];
  /** How many of them stay readable when it is masked. */
  readable: number;
}

interface Rule {
  kind: PersonalDataKind;
  /** Digits left readable at the head: an operator (mobile), a city (identity card), a bank (card). */
  readable: number;
  find(span: DigitSpan): [number, number][];
}

/** In this order: what one kind claims is no longer there for the next. */
const RULES: readonly Rule[] = [
  { kind: 'bankCard', readable: 4, find: findBankCards },
  { kind: 'idCard', readable: 4, find: findIdCards },
  { kind: 'mobile', readable: 3, find: findMobiles },
];

/** Every kind of number has eleven digits at least. Most values are short, and looked at no further. */
const FEWEST_DIGITS = /(?:[\d０-９][^\d０-９]*){11}/;

/**
 * Identity-card numbers, mobile numbers and personal bank cards in plain text or in HTML made by `sanitizeBody` (个人信息保护法
 * 第六条). Numbers split over inline tags, glued to names or to each other, in groups or in full-width digits are found. Credit
 * codes, project and contract codes, amounts and landlines are not. Linear in the length of the text.
 */
export function findPersonalNumbers(value: string): PersonalNumber[] {
  if (!FEWEST_DIGITS.test(value)) return [];
  const { text, positions } = project(value);
  const found: PersonalNumber[] = [];
  let rest = text;
  let spans = digitSpans(rest);
  for (const { kind, readable, find } of RULES) {
    const ranges = withoutOverlaps(spans.flatMap(find));
    if (ranges.length === 0) continue;
    const digits = ranges.map((range) => digitPositions(text, range));
    for (const places of digits) found.push({ kind, positions: places.map((at) => positions[at] ?? 0), readable });
    rest = replaceAt(rest, digits.flat());
    spans = digitSpans(rest);
  }
  return found;
}

/** Masks what `findPersonalNumbers` finds: `3708**************`, `138********`. */
export function redactPersonalData(value: string): Screened {
  const numbers = findPersonalNumbers(value);
  const kinds = [...new Set(numbers.map(({ kind }) => kind))];
  if (numbers.length === 0) return { value, masked: 0, kinds };
  const hidden = numbers.flatMap(({ positions, readable }) => positions.slice(readable));
  return { value: replaceAt(value, hidden), masked: numbers.length, kinds };
}

/** A number that is found twice, as it stands and as part of what is spread over lines, counts once. */
function withoutOverlaps(ranges: readonly [number, number][]): [number, number][] {
  const kept: [number, number][] = [];
  for (const range of ranges) if (!kept.some(([start, end]) => start < range[1] && range[0] < end)) kept.push(range);
  return kept;
}

function digitPositions(text: string, [start, end]: [number, number]): number[] {
  const found: number[] = [];
  for (let at = start; at < end; at += 1) if (/[\dXx]/.test(text.charAt(at))) found.push(at);
  return found;
}

/** The text with a `*` at each position. */
function replaceAt(value: string, positions: number[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const position of positions.sort((a, b) => a - b)) {
    parts.push(value.slice(from, position), '*');
    from = position + 1;
  }
  return parts.join('') + value.slice(from);
}
