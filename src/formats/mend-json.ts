import { findMarks } from './damage.ts';
import { JsonChecker, type Opening } from './json-checker.ts';

/** What a damaged byte between the values may have been; the last ones are letters of `true`, `false` and `null`. */
const CANDIDATES = ['"', ',', ':', '{', '}', '[', ']', '\\', '0', '1', ' ', ...'truefalsn'];
/** Damaged bytes outside texts that are mended; an answer with more is refused. */
const MOST_REPAIRS = 30;
/** Marks before a contradiction that may be its cause. */
const SUSPECTS = 3;
/** Characters behind a mark that a repair must make readable to be believed; the rest is read with the whole. */
const REACH = 5_000;
/** Characters around a repair that it is tried on: the longest text in a row should end within. */
const WINDOW = 200_000;

/** What takes the place of a mark. */
interface Repair {
  at: number;
  mark: string;
  /** Text in place of `length` characters from `at`. */
  text: string;
  length: number;
  /** Whether the mark has to be put back in as a member: else it stands in `text`. */
  isGone: boolean;
}

/**
 * JSON whose damaged bytes stood between texts, mended so that it can be read: each such byte gets the character with which the
 * document goes on the furthest, and its mark becomes a member of the object that held it. Marks inside texts stay where
 * they are. A document that cannot be mended is returned as it was.
 */
export function mendJson(source: string): string {
  let text = source;
  let checker = new JsonChecker(text);
  const repaired: { at: number; mark: string }[] = [];
  for (let tried = 0; tried <= MOST_REPAIRS; tried += 1) {
    const error = checker.run();
    if (error < 0) return withMembers(text, repaired, checker);
    const best = findRepair(text, error, checker);
    if (!best) break;
    const { at, mark, isGone } = best;
    for (const other of repaired) if (other.at > at) other.at += best.text.length - best.length;
    if (isGone) repaired.push({ at, mark });
    text = applied(text, best);
    checker = new JsonChecker(text, checker.snapshotsBefore(at));
  }
  return source;
}

function applied(text: string, { at, length, text: own }: Repair): string {
  return text.slice(0, at) + own + text.slice(at + length);
}

function findRepair(text: string, error: number, checker: JsonChecker): Repair | undefined {
  let best: (Repair & { reach: number }) | undefined;
  for (const { index, mark } of suspectsOf(text, error)) {
    const from = checker.snapshotsBefore(index).slice(-1);
    const base = from[0]?.at ?? 0;
    const window = text.slice(base, error + WINDOW);
    for (const candidate of CANDIDATES) {
      const repair = toRepair(text, index, mark, candidate);
      const shift = repair.text.length - repair.length;
      const tried = new JsonChecker(applied(window, { ...repair, at: index - base }), from, base);
      const next = tried.run(error + shift + REACH);
      // Counted as if nothing had been replaced, because repairs differ in length.
      const reach = next < 0 ? Number.POSITIVE_INFINITY : next - shift;
      if (reach > (best?.reach ?? error)) best = { ...repair, reach };
      if (next < 0) return best;
    }
  }
  return best;
}

/** The marks that may be the cause of a contradiction, the likeliest first. A text that does not end well is reported where it begins. */
function suspectsOf(text: string, error: number): ReturnType<typeof findMarks> {
  const start = Math.max(0, error - REACH);
  const marks = findMarks(text.slice(start, error + REACH)).map(({ index, mark }) => ({ index: index + start, mark }));
  const behind = marks.findIndex(({ index }) => index > error);
  const end = behind < 0 ? marks.length : behind + 1;
  return marks.slice(Math.max(0, end - SUSPECTS), end).reverse();
}

/** A backslash, and what it escapes, stood inside a text: there the mark goes behind them. */
function toRepair(text: string, at: number, mark: string, candidate: string): Repair {
  const { length } = mark;
  if (candidate === '\\') {
    const escaped = text.slice(at + length, at + length + 1);
    return { at, mark, text: candidate + escaped + mark, length: length + escaped.length, isGone: false };
  }
  const isEscaped = (/\\*$/.exec(text.slice(Math.max(0, at - 100), at))?.[0].length ?? 0) % 2 === 1;
  return { at, mark, text: isEscaped ? candidate + mark : candidate, length, isGone: !isEscaped };
}

/** The document with each repaired mark as a member of the innermost object around its place. */
function withMembers(text: string, repaired: readonly { at: number; mark: string }[], checker: JsonChecker): string {
  const places = repaired.flatMap(({ at, mark }) => {
    const local = new JsonChecker(text, checker.snapshotsBefore(at).slice(-1));
    // A bracket that opens here is the container itself.
    local.run(at + ('{['.includes(text[at] ?? ' ') ? 1 : 0));
    const holder = findHolder(text, local.open);
    return holder ? [{ ...holder, mark }] : [];
  });
  let marked = text;
  // From the end, so that what stands before keeps its place.
  for (const { at, isObject, mark } of places.sort((one, other) => other.at - one.at)) {
    const isEmpty = /^\s*[}\]]/.test(marked.slice(at + 1, at + 100));
    const member = (isObject ? `"${mark}":0` : `"${mark}"`) + (isEmpty ? '' : ',');
    marked = marked.slice(0, at + 1) + member + marked.slice(at + 1);
  }
  return marked;
}

/**
 * What holds the damaged place: the innermost object, or a list of values in a list. Between the objects of a list it is the object
 * that has the list, if that is an item itself: between the rows of an answer no item is damaged.
 */
function findHolder(text: string, open: readonly Opening[]): Opening | undefined {
  for (let depth = open.length - 1; depth >= 0; depth -= 1) {
    const holder = open[depth];
    if (holder?.isObject) return holder;
    const start = holder?.at ?? 0;
    const isInItem = open.slice(0, depth).some(({ isObject }) => !isObject);
    if (!isInItem && /^\s*\{/.test(text.slice(start + 1, start + 100))) return undefined;
    if (open[depth - 1]?.isObject === false) return holder;
  }
  return undefined;
}
