/** A run of digits in a projected text. */
export interface DigitGroup {
  start: number;
  digits: string;
}

/** Groups with single or double blanks or dashes between them, and what stands around them. */
export interface DigitSpan {
  groups: DigitGroup[];
  /** The groups stand in different cells or lines: only what cannot be anything else counts as one number. */
  isSpread: boolean;
  /** What stands before and after the span, as far as the rules look. */
  before: string;
  after: string;
}

const SPAN = /\d+(?:[ -]{1,2}\d+)*/g;
/** A number with a cell for each digit, or broken over lines. Between two cells stand the ends of their blocks. */
const SPREAD_SPAN = /\d+(?:[\s-]{1,6}\d+)+/g;
const LOOK_BACK = 24;
const LOOK_AHEAD = 12;
const LONGEST_SPAN = 400;

/**
 * All spans of a projected text, in order, and after them those that are spread over cells or lines. Linear. Runs of more than
 * 400 characters are tables of figures and left out.
 */
export function digitSpans(text: string): DigitSpan[] {
  return [...findSpans(text, SPAN, false), ...findSpans(text, SPREAD_SPAN, true)];
}

function findSpans(text: string, pattern: RegExp, isSpread: boolean): DigitSpan[] {
  const spans: DigitSpan[] = [];
  for (const match of text.matchAll(pattern)) {
    if (match[0].length < 11 || match[0].length > LONGEST_SPAN) continue;
    if (isSpread && !/[^\d -]/.test(match[0])) continue;
    const end = match.index + match[0].length;
    const groups = [...match[0].matchAll(/\d+/g)].map((group) => ({
      start: match.index + group.index,
      digits: group[0],
    }));
    spans.push({
      groups,
      isSpread,
      before: text.slice(Math.max(0, match.index - LOOK_BACK), match.index),
      after: text.slice(end, end + LOOK_AHEAD),
    });
  }
  return spans;
}

/** Ends inside a code: letters and digits glued to the number, other than words for "telephone". */
export function endsInCode(before: string): boolean {
  const token = /[A-Za-z0-9_/\-.]*$/.exec(before)?.[0] ?? '';
  return /[A-Za-z]/.test(token) && !/(?:tel|phone|mobile|mob|cell|wechat|wx|vx|qq|fax|id|no)[.\-/_]?$/i.test(token);
}
