import { normaliseText } from '#src/domain/search/fold.ts';
import { splitRuns } from '#src/domain/search/text.ts';
import type { Segment } from './types.ts';

const SNIPPET = 120;
const BEFORE = 30;
/** Places that are looked at for the best one. */
const CANDIDATES = 200;
/** Characters of a body in which the place is looked for first; the rest is read only when nothing stands there. */
const FIRST_LOOK = 8_000;

/** A character that is not compared as it stands: where it is in the compared text and in the original, and both lengths. */
interface Change {
  at: number;
  length: number;
  from: number;
  width: number;
}

/** A text as it is compared, and every place in which it is not the original's. */
interface Mapped {
  text: string;
  changes: Change[];
}

const MEANING = /[\p{L}\p{N}]/u;

/** All but plain Han characters, digits and small letters, which are the same in every form and need no rules. */
const UNLIKE = /[^\u4e00-\u9fff0-9a-z]/gu;

const compared = new Map<string, string>();
/** Forms that are kept, besides the plain ones: enough for every character that bodies repeat. */
const KEPT_FORMS = 5_000;

/** What a character is compared as: normalised, nothing when it has no meaning of its own. */
function toCompared(char: string): string {
  const known = compared.get(char);
  if (known !== undefined) return known;
  const form = [...normaliseText(char)].filter((part) => MEANING.test(part)).join('');
  if (compared.size < KEPT_FORMS) compared.set(char, form);
  return form;
}

/** Only letters, digits and Han characters, normalised; so a mark may run over blanks and punctuation. */
function mapText(original: string): Mapped {
  const changes: Change[] = [];
  let shift = 0;
  const text = original.replace(UNLIKE, (char, from: number) => {
    const form = toCompared(char);
    changes.push({ at: from + shift, length: form.length, from, width: char.length });
    shift += form.length - char.length;
    return form;
  });
  return { text, changes };
}

/** The stretch of the original that the character at a place of the compared text comes from. */
function locate({ changes }: Mapped, place: number): Range {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.at ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  const last = changes[low - 1];
  if (!last) return [place, place + 1];
  if (place < last.at + last.length) return [last.from, last.from + last.width];
  const start = last.from + last.width + place - last.at - last.length;
  return [start, start + 1];
}

type Range = [start: number, end: number];

const isLatin = (char: string | undefined) => char !== undefined && /[a-z]/.test(char);
const isDigit = (char: string | undefined) => char !== undefined && /\d/.test(char);

/** Letters and digits are found whole: 12 is not marked inside 2012. */
function cutsRun(text: string, start: number, end: number): boolean {
  const cuts = (a: string | undefined, b: string | undefined) =>
    (isLatin(a) && isLatin(b)) || (isDigit(a) && isDigit(b));
  return cuts(text[start - 1], text[start]) || cuts(text[end - 1], text[end]);
}

/** Where the terms stand in a text, in the original's positions, merged and in order. */
function findRanges(mapped: Mapped, terms: readonly string[], free: boolean): Range[] {
  const { text } = mapped;
  const ranges: Range[] = [];
  for (const term of terms) {
    for (let found = text.indexOf(term); term && found >= 0; found = text.indexOf(term, found + 1)) {
      const end = found + term.length;
      if (!free && cutsRun(text, found, end)) continue;
      ranges.push([locate(mapped, found)[0], locate(mapped, end - 1)[1]]);
    }
  }
  ranges.sort(([a], [b]) => a - b);
  const merged: Range[] = [];
  for (const [start, end] of ranges) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

function toSegments(text: string, ranges: readonly Range[], from: number, to: number): Segment[] {
  const segments: Segment[] = [];
  let position = from;
  const push = (end: number, mark: boolean) => {
    if (end > position) segments.push({ text: text.slice(position, end), mark });
    position = Math.max(position, end);
  };
  for (const [start, end] of ranges) {
    if (end <= from || start >= to) continue;
    push(Math.max(start, from), false);
    push(Math.min(end, to), true);
  }
  push(to, false);
  return segments;
}

/** What to mark: the terms in compared form, longest first. `codes` may stand inside longer letters and digits. */
export interface Marks {
  terms: readonly string[];
  codes: readonly string[];
}

/** Marks for the given texts of a query. */
export function toMarks(terms: readonly string[], codes: readonly string[]): Marks {
  const compact = (text: string) =>
    splitRuns(normaliseText(text))
      .map(({ chars }) => chars.join(''))
      .join('');
  return { terms: terms.map(compact).filter(Boolean), codes: codes.map(compact).filter(Boolean) };
}

function rangesOf(text: string, { terms, codes }: Marks): Range[] {
  const mapped = mapText(text);
  const ranges = [...findRanges(mapped, terms, false), ...findRanges(mapped, codes, true)];
  return ranges.sort(([a], [b]) => a - b);
}

/** The whole text with what was looked for marked. */
export function markText(text: string, marks: Marks): Segment[] {
  return toSegments(text, rangesOf(text, marks), 0, text.length);
}

/** The range around which most different texts are marked, then most marks; among the first ones. */
function findBest(text: string, ranges: readonly Range[]): Range | undefined {
  const candidates = ranges.slice(0, CANDIDATES);
  let best: Range | undefined;
  let most = 0;
  for (const [index, range] of candidates.entries()) {
    const limit = range[0] + SNIPPET - BEFORE;
    const seen = new Set<string>();
    let inside = 0;
    for (let next = index; (candidates[next]?.[0] ?? limit) < limit; next++) {
      const [start, end] = candidates[next] as Range;
      if (end > limit) continue;
      seen.add(text.slice(start, end));
      inside++;
    }
    const weight = seen.size * 100 + inside;
    if (weight > most) [best, most] = [range, weight];
  }
  return best;
}

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();

/** About 120 characters around the place with the most marks; the beginning when there are none. */
export function markSnippet(body: string, marks: Marks): Segment[] {
  // Never half a character at the cut.
  let text = squeeze(body.slice(0, FIRST_LOOK).replace(/[\ud800-\udbff]$/, ''));
  let ranges = rangesOf(text, marks);
  let cut = body.length > FIRST_LOOK;
  if (cut && ranges.length === 0) {
    text = squeeze(body);
    ranges = rangesOf(text, marks);
    cut = false;
  }
  const best = findBest(text, ranges);
  const from = best ? Math.max(0, Math.min(best[0] - BEFORE, text.length - SNIPPET)) : 0;
  const to = Math.min(text.length, from + SNIPPET);
  const segments = toSegments(text, ranges, from, to);
  if (from > 0) segments.unshift({ text: '…', mark: false });
  if (to < text.length || cut) segments.push({ text: '…', mark: false });
  return segments;
}
