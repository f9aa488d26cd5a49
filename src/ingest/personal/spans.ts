/** A run of digits in a projected text. */
export interface DigitGroup {
  start: number;
  digits: string;
}

/** Groups with single or double blanks or dashes between them, and what stands around them. */
export interface DigitSpan {
  groups: DigitGroup[];
  /** What stands before and after the span, as far as the rules look. */
  before: string;
  after: string;
}

const SPAN = /\d+(?:[ -]{1,2}\d+)*/g;
const LOOK_BACK = 24;
const LOOK_AHEAD = 12;
const LONGEST_SPAN = 400;

/** All spans of a projected text, in order. Linear. Runs of more than 400 characters are tables of figures and left out. */
export function digitSpans(text: string): DigitSpan[] {
  const spans: DigitSpan[] = [];
  for (const match of text.matchAll(SPAN)) {
    if (match[0].length < 11 || match[0].length > LONGEST_SPAN) continue;
    const end = match.index + match[0].length;
    const groups = [...match[0].matchAll(/\d+/g)].map((group) => ({
      start: match.index + group.index,
      digits: group[0],
    }));
    spans.push({
      groups,
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
