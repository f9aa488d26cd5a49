import { birthYearOf, isIdCardNumber, isOldIdCardNumber } from '#src/domain/identifiers/id-card.ts';
import { isUscc } from '#src/domain/identifiers/uscc.ts';
import { type DigitSpan, endsInCode } from './spans.ts';

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
export function findIdCards(span: DigitSpan): [number, number][] {
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
