/**
 * Bytes that belong to no character of their encoding stand in decoded text as marks that carry their place: `MARK` and the
 * place in hexadecimal, written in noncharacters. Parsers pass them through as text, so they arrive with the item that
 * holds them, and are told from a U+FFFD that a site itself has sent.
 */
const MARK = '\uFDEF';
const DIGIT_ZERO = 0xfdd0;
const DAMAGE = /\uFDEF([\uFDD0-\uFDDF]*)|[\uFDD0-\uFDEE]|(\uFFFD)/;
const ALL_DAMAGE = new RegExp(DAMAGE, 'g');
const MARKS = /\uFDEF[\uFDD0-\uFDDF]*/g;

/** The mark of a damaged byte at a place counted from 0. */
export function markAt(offset: number): string {
  const digits = [...offset.toString(16)].map((digit) => String.fromCharCode(DIGIT_ZERO + Number.parseInt(digit, 16)));
  return MARK + digits.join('');
}

/** Marks of a text and where they stand in it. */
export function findMarks(text: string): { index: number; mark: string }[] {
  return text.includes(MARK) ? [...text.matchAll(MARKS)].map(({ index, 0: mark }) => ({ index, mark })) : [];
}

/**
 * What is damaged in a text, in Chinese and with its place in the answer; undefined when nothing is. Both what could not be
 * decoded here and what the site itself could not (it then sends U+FFFD) count.
 */
export function describeDamage(text: string): string | undefined {
  const found = DAMAGE.exec(text);
  if (!found) return undefined;
  if (found[2]) return '含替换字符 U+FFFD，来源自己没有正确转码';
  const digits = [...(found[1] ?? '')].map((digit) => (digit.charCodeAt(0) - DIGIT_ZERO).toString(16)).join('');
  return digits ? `含无法识别的字节（第 ${Number.parseInt(digits, 16) + 1} 字节）` : '含无法识别的字符';
}

/** Whether a reason is damage that may have happened on the way: the same item may arrive whole the next time. */
export function mayBeTransient(reason: string): boolean {
  return reason.includes('无法识别的字节');
}

/** The text as it can be shown: U+FFFD in place of marks. */
export function showDamage(text: string): string {
  return text.replace(ALL_DAMAGE, '\uFFFD');
}

/** Characters around a mark that tell what it was. */
const AROUND = 2_000;
const TAG_START = /^\/?[a-z][a-z0-9]*(?=[\s>/])/i;
const INSIDE_TAG = /<\/?[a-z][^<>]*$/i;

/**
 * HTML whose damaged bytes were brackets or quotes of tags, mended, with each mark inside the tag it belongs to: else the
 * parser would take a row into its neighbour.
 */
export function mendTags(html: string): string {
  const marks = findMarks(html);
  if (marks.length === 0) return html;
  const done: string[] = [];
  /** The end of what is done; what a mark may take back. */
  let tail = '';
  let from = 0;
  for (const { index, mark } of marks) {
    if (index < from) continue;
    tail += html.slice(from, index);
    from = index + mark.length;
    const mended = mendAt(tail.slice(-AROUND), mark, html.slice(from, from + AROUND));
    tail = tail.slice(0, tail.length - (mended.back ?? 0)) + mended.done;
    from += mended.skip;
    done.push(tail.slice(0, -AROUND));
    tail = tail.slice(-AROUND);
  }
  return done.join('') + tail + html.slice(from);
}

/** What to write for a mark between two texts, and how much it takes in of the second and, seldom, of the first. */
function mendAt(before: string, mark: string, after: string): { done: string; skip: number; back?: number } {
  const attribute = ` data-damaged="${mark}"`;
  const tag = INSIDE_TAG.exec(before)?.[0];
  const open = after.indexOf('<');
  const close = after.indexOf('>');
  const same = { done: mark, skip: 0 };
  const ending = /<\/[a-z0-9]*$/i.exec(before);
  const nameEnd = /^[a-z0-9]*>/i.exec(after)?.[0];
  if (ending && nameEnd) {
    const name = innermostOpen(before.slice(0, ending.index));
    return name ? { done: `</${name}>${mark}`, skip: nameEnd.length, back: ending[0].length } : same;
  }
  if (tag === undefined) {
    // The stroke of an end tag, which has no attributes that could hold the mark.
    const end = before.endsWith('<') ? /^[a-z][a-z0-9]*>/i.exec(after)?.[0] : undefined;
    if (end) return { done: `/${end}${mark}`, skip: end.length };
    const name = TAG_START.exec(after)?.[0];
    if (name === undefined || close < 0 || (open >= 0 && open < close)) return same;
    if (name.startsWith('/')) return { done: `${mark}<`, skip: 0 };
    return { done: `<${name}${attribute}`, skip: name.length };
  }
  const isOpenValue = tag.split('"').length % 2 === 0;
  const quote = after.indexOf('"');
  // The value would run on beyond its tag: the damaged byte was its closing quote.
  if (isOpenValue && close >= 0 && (quote < 0 || close < quote)) return { done: `"${attribute}`, skip: 0 };
  if (!isOpenValue && open >= 0 && (close < 0 || open < close)) {
    return { done: tag.startsWith('</') ? `>${mark}` : `${attribute}>`, skip: 0 };
  }
  return same;
}

const VOID = /^(?:area|br|col|hr|img|input|link|meta|wbr)$/i;

/** The element that an end tag without a readable name closes. */
function innermostOpen(html: string): string | undefined {
  const open: string[] = [];
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?=[\s>/])/gi)) {
    if (!slash && !VOID.test(name)) open.push(name);
    else if (slash && open.lastIndexOf(name) >= 0) open.length = open.lastIndexOf(name);
  }
  return open.at(-1);
}
