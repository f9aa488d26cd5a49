import { normaliseText } from './fold.ts';

/** A stretch of text of one character class. Everything else (blanks, punctuation, symbols) separates runs. */
export interface Run {
  kind: 'han' | 'latin' | 'digit';
  chars: string[];
}

/** What must stand in a text, one opaque word after the other. */
export interface Phrase {
  words: string[];
  /** The last word is the beginning of a word: set when the phrase ends in a single Han character. */
  prefix: boolean;
}

const HAN = /^[\p{Script=Han}]$/u;
const DIGIT = /^\p{Nd}$/u;
const LETTER = /^[\p{L}\p{N}\p{M}]$/u;

function classOf(char: string): Run['kind'] | undefined {
  if (HAN.test(char)) return 'han';
  if (DIGIT.test(char)) return 'digit';
  return LETTER.test(char) ? 'latin' : undefined;
}

/** Longest run that is kept whole: engines drop longer words. */
const MAXIMUM_RUN = 50;

/** Cuts a normalised text wherever the class changes between Han, letter and digit: `128排ct` → 128, 排, ct. */
export function splitRuns(text: string): Run[] {
  const runs: Run[] = [];
  let open: Run | undefined;
  for (const char of text) {
    const kind = classOf(char);
    if (!kind) {
      open = undefined;
    } else if (open?.kind === kind && (kind === 'han' || open.chars.length < MAXIMUM_RUN)) {
      open.chars.push(char);
    } else {
      open = { kind, chars: [char] };
      runs.push(open);
    }
  }
  return runs;
}

/**
 * The word under which a gram is indexed: each UTF-16 unit as four letters a–p. Search engines cut Han text by
 * dictionaries of their own and digits by rules of their own; a word of plain letters is left whole by all of them.
 * One Han character is always four letters, so a single character is found as the beginning of a word.
 */
export function toOpaqueWord(gram: string): string {
  let word = '';
  for (let index = 0; index < gram.length; index++) {
    const unit = gram.charCodeAt(index);
    for (let shift = 12; shift >= 0; shift -= 4) word += String.fromCharCode(97 + ((unit >> shift) & 15));
  }
  return word;
}

/** Overlapping two-character grams of a Han run and its last character alone; other runs whole. */
function runGrams({ kind, chars }: Run): string[] {
  if (kind !== 'han') return [chars.join('')];
  return chars.map((char, index) => char + (chars[index + 1] ?? ''));
}

/**
 * The text as it is indexed: opaque words of its grams, joined by blanks. A phrase of adjacent words is then an exact
 * piece of the text, wherever word borders may lie.
 */
export function toGrams(text: string): string {
  return splitRuns(normaliseText(text)).flatMap(runGrams).map(toOpaqueWord).join(' ');
}

/** What to look for so that `text` stands in a document, as a piece of any Han run and as whole letters and digits. */
export function toPhrase(text: string): Phrase {
  const runs = splitRuns(normaliseText(text));
  const last = runs.at(-1);
  const grams = runs.flatMap(runGrams);
  if (last?.kind !== 'han') return { words: grams.map(toOpaqueWord), prefix: false };
  if (last.chars.length > 1) grams.pop();
  return { words: grams.map(toOpaqueWord), prefix: last.chars.length === 1 };
}

/** Letters, digits and Han characters of a folded text alone, one after the other. */
export function compactText(text: string): string {
  return splitRuns(text)
    .map(({ chars }) => chars.join(''))
    .join('');
}
