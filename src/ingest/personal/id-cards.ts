import { birthYearOf, isIdCardNumber, isOldIdCardNumber } from '#src/domain/id-card.ts';
import { type DigitSpan, endsInCode } from './spans.ts';

const LABEL = /身份证|证件号|身份号|身份证明|公民身份|ID\s*(?:card|no)/i;
const USCC_LABEL = /(?:信用代码|税号|识别号)[^0-9A-Za-z]{0,6}$/;
const LENGTH = 18;
/** Codes carry dates of their own time; without a label, a number glued to letters must name an older birth. */
const LATEST_BIRTH = { labelled: 2099, plain: 2012, inCode: 2000 };

/**
 * Identity numbers in a span, as `[start, end)` in the projected text. Numbers glued to names, to other numbers, or
 * written in groups are found; 15-digit ones only behind a label. The birth day keeps credit codes out; one of the few
 * that could be both is a credit code only behind its label.
 */
export function findIdCards(span: DigitSpan): [number, number][] {
  const labelled = LABEL.test(span.before);
  if (!labelled && USCC_LABEL.test(span.before)) return [];
  const inCode = endsInCode(span.before) || /^[A-WYZa-wyz_]/.test(span.after);
  const latest = labelled ? LATEST_BIRTH.labelled : inCode ? LATEST_BIRTH.inCode : LATEST_BIRTH.plain;
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
    if (!(contiguous || whole) || !isIdCardNumber(candidate) || birthYearOf(candidate) > latest) continue;
    found.push([start, last + 1]);
    at += LENGTH - 1;
  }
  if (found.length === 0 && labelled && isOldIdCardNumber(text)) {
    found.push([positions[0] ?? 0, (positions[text.length - 1] ?? 0) + 1]);
  }
  return found;
}

/** Digits of the span without separators, with the check character X that may follow them. */
function joined(span: DigitSpan): { text: string; positions: number[] } {
  const positions = span.groups.flatMap(({ start, digits }) => Array.from(digits, (_, index) => start + index));
  const text = span.groups.map((group) => group.digits).join('');
  const check = /^[ -]?[Xx](?![A-Za-z0-9])/.exec(span.after);
  if (!check) return { text, positions };
  return { text: `${text}X`, positions: [...positions, (positions.at(-1) ?? 0) + check[0].length] };
}
