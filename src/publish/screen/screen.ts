import { findBankCards } from './bank-cards.ts';
import { findIdCards } from './id-cards.ts';
import { findMobiles } from './mobiles.ts';
import { project } from './projection.ts';
import { type DigitSpan, digitSpans } from './spans.ts';

export type PersonalDataKind = 'idCard' | 'mobile' | 'bankCard';

export interface Screened {
  value: string;
  /** How many numbers were masked. */
  masked: number;
  kinds: PersonalDataKind[];
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
 * Masks identity-card numbers, mobile numbers and personal bank cards in plain text or in HTML made by `sanitizeBody`
 * (个人信息保护法 第六条): `3708**************`, `138********`. Numbers split over inline tags, glued to names or to
 * each other, in groups or in full-width digits are found. Credit codes, project and contract codes, amounts and
 * landlines stay. Linear in the length of the text.
 */
export function screenPersonalData(value: string): Screened {
  if (!FEWEST_DIGITS.test(value)) return { value, masked: 0, kinds: [] };
  const { text, positions } = project(value);
  const hidden: number[] = [];
  const kinds: PersonalDataKind[] = [];
  let masked = 0;
  let rest = text;
  let spans = digitSpans(rest);
  for (const { kind, readable, find } of RULES) {
    const ranges = withoutOverlaps(spans.flatMap(find));
    if (ranges.length === 0) continue;
    kinds.push(kind);
    masked += ranges.length;
    const digits = ranges.map((range) => digitPositions(text, range));
    for (const places of digits) hidden.push(...places.slice(readable));
    rest = replaceAt(rest, digits.flat());
    spans = digitSpans(rest);
  }
  return masked === 0
    ? { value, masked, kinds }
    : {
        value: replaceAt(
          value,
          hidden.map((at) => positions[at] ?? 0),
        ),
        masked,
        kinds,
      };
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
