import { findMarks } from './damage.ts';

/** What a damaged byte between the values may have been; the last ones are letters of `true`, `false` and `null`. */
const CANDIDATES = ['"', ',', ':', '{', '}', '[', ']', '\\', '0', ' ', ...'truefalsn'];
/** Damaged bytes outside texts that are mended; an answer with more is refused. */
const MOST_REPAIRS = 20;
/** Marks before a contradiction that may be its cause. */
const SUSPECTS = 3;

const BLANK = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in texts
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Reads JSON only as far as to know where it goes wrong. */
class Checker {
  #at = 0;
  /** Where the objects and arrays begin that are open. */
  readonly open: number[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Index of the first contradiction, -1 when there is none. Stops before `until`, with the containers open there in `open`. */
  run(until = this.#text.length): number {
    let state: 'value' | 'first' | 'key' | 'next' = 'value';
    for (;;) {
      this.#skip(BLANK);
      if (this.#at >= until && until < this.#text.length) return -1;
      const character = this.#text[this.#at];
      if (state === 'next' && this.open.length === 0) return character === undefined ? -1 : this.#at;
      const isObject = this.#text[this.open.at(-1) ?? -1] === '{';
      if ((state === 'next' || state === 'first') && character === (isObject ? '}' : ']')) {
        this.open.pop();
        this.#at += 1;
        state = 'next';
      } else if (state === 'next') {
        if (character !== ',') return this.#at;
        this.#at += 1;
        state = isObject ? 'key' : 'value';
      } else if (isObject && state !== 'value') {
        if (!this.#skip(TEXT)) return this.#at;
        this.#skip(BLANK);
        if (this.#text[this.#at] !== ':') return this.#at;
        this.#at += 1;
        state = 'value';
      } else if (character === '{' || character === '[') {
        this.open.push(this.#at);
        this.#at += 1;
        state = 'first';
      } else if (this.#skip(TEXT) || this.#skip(SCALAR)) state = 'next';
      else return this.#at;
    }
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.test(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}

/**
 * JSON whose damaged bytes stood between texts, mended so that it can be read: each such byte gets the character with which the
 * document goes on the furthest, and its mark becomes a member of the object that held it. Marks inside texts stay where
 * they are. A document that cannot be mended is returned as far as it was.
 */
export function mendJson(source: string): string {
  let text = source;
  const repaired: { at: number; mark: string }[] = [];
  for (let tried = 0; tried < MOST_REPAIRS; tried += 1) {
    const error = new Checker(text).run();
    if (error < 0) return withMembers(text, repaired);
    const best = findRepair(text, error);
    if (!best) break;
    const { at, mark } = best;
    for (const other of repaired) if (other.at > at) other.at += best.text.length - text.length;
    if (mark) repaired.push({ at, mark });
    text = best.text;
  }
  return source;
}

interface Repair {
  text: string;
  at: number;
  /** The mark that has to be put back in as a member; absent where it still stands in a text. */
  mark?: string;
}

function findRepair(text: string, error: number): Repair | undefined {
  const marks = findMarks(text);
  const behind = marks.findIndex(({ index }) => index > error);
  // A text that does not end well is reported where it begins.
  const end = behind < 0 ? marks.length : behind + 1;
  const suspects = marks.slice(Math.max(0, end - SUSPECTS), end).reverse();
  let best: (Repair & { rest: number }) | undefined;
  for (const { index, mark } of suspects) {
    for (const candidate of CANDIDATES) {
      const repair = replaceMark(text, index, mark, candidate);
      const next = new Checker(repair.text).run();
      // Counted from the end, because repairs differ in length.
      const rest = next < 0 ? 0 : repair.text.length - next;
      if (rest < (best?.rest ?? text.length - error)) best = { ...repair, rest };
      if (next < 0) return best;
    }
  }
  return best;
}

/** A backslash, and what it escapes, stood inside a text: there the mark goes behind them. */
function replaceMark(text: string, at: number, mark: string, candidate: string): Repair {
  const before = text.slice(0, at) + candidate;
  const after = text.slice(at + mark.length);
  if (candidate === '\\') return { text: before + after.slice(0, 1) + mark + after.slice(1), at };
  return text[at - 1] === '\\' ? { text: before + mark + after, at } : { text: before + after, at, mark };
}

/** The document with each repaired mark as a member of the innermost object around its place. */
function withMembers(text: string, repaired: readonly { at: number; mark: string }[]): string {
  let marked = text;
  for (const { at, mark } of [...repaired].sort((one, other) => other.at - one.at)) {
    const checker = new Checker(marked);
    // A bracket that opens here is the container itself.
    checker.run(at + ('{['.includes(marked[at] ?? ' ') ? 1 : 0));
    const start = findHolder(marked, checker.open);
    if (start === undefined) continue;
    const member = marked[start] === '{' ? `"${mark}":0` : `"${mark}"`;
    const isEmpty = /^\s*[}\]]/.test(marked.slice(start + 1, start + 100));
    marked = `${marked.slice(0, start + 1)}${member}${isEmpty ? '' : ','}${marked.slice(start + 1)}`;
  }
  return marked;
}

/** Where the item begins that holds what is damaged: the innermost object, or a list of values in a list. Between objects in a list no item is damaged. */
function findHolder(text: string, open: readonly number[]): number | undefined {
  for (let depth = open.length - 1; depth >= 0; depth -= 1) {
    const start = open[depth] ?? 0;
    if (text[start] === '{') return start;
    if (/^\s*\{/.test(text.slice(start + 1, start + 100))) return undefined;
    if (text[open[depth - 1] ?? -1] === '[') return start;
  }
  return undefined;
}
