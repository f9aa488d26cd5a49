/** A label before a colon, and the value behind it. */
export interface LabelHead {
  label: string;
  start: number;
  /** Behind the colon. */
  end: number;
  /** The label with what an enumeration comma parts from it: `投标截止时间、开标时间`. */
  wide: string;
}

const DELIMITERS = new Set('；;，,。、\t|【】');
const OPENING = '（([〔【《';
const BRACKETS = /[（([〔【《）)\]〕】》]/g;
const COLON = /[：:]/;
const LONGEST_LABEL = 60;
const LABEL = /^[\d.．、？?（）()〔〕\s\p{Script=Han}［］[\]A-Za-z/*•·●■◆▲★☆※①-⑳:：，,-]{2,60}$/u;

/**
 * Places where a label stands before a colon: at the head of the text, behind a blank or a mark; not in brackets and not in
 * times of day. Linear in the length of the text.
 */
export function labelHeads(text: string): LabelHead[] {
  if (!COLON.test(text)) return [];
  const heads: LabelHead[] = [];
  const partners = bracketPartners(text);
  let from = 0;
  let wideFrom = 0;
  let isFirst = true;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const partner = partners.get(at);
    if (partner !== undefined) at = partner;
    else if (character === '：' || character === ':') {
      if (isClock(text, at)) continue;
      const head = headBefore(text, from, at, isFirst);
      const isParted = head && text.slice(wideFrom, head.start).trimEnd().endsWith('、');
      const wide = isParted ? text.slice(Math.max(wideFrom, at - LONGEST_LABEL), at) : undefined;
      if (head) heads.push({ ...head, wide: wide ?? head.label });
      from = at + 1;
      wideFrom = from;
      isFirst = false;
    } else if (DELIMITERS.has(character) && !isThousands(text, at)) {
      from = at + 1;
      if (character !== '、') wideFrom = from;
    }
  }
  return heads;
}

/** Closing bracket of each opening one that has a partner. */
function bracketPartners(text: string): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: bracket, index } of text.matchAll(BRACKETS)) {
    if (OPENING.includes(bracket)) open.push(index);
    else {
      const start = open.pop();
      if (start !== undefined) partners.set(start, index);
    }
  }
  return partners;
}

function isClock(text: string, at: number): boolean {
  return /\d/.test(text.charAt(at - 1)) && /\d/.test(text.charAt(at + 1));
}

/** Commas between digits part thousands, not labels. */
function isThousands(text: string, at: number): boolean {
  return text[at] === ',' && /\d/.test(text.charAt(at + 1));
}

function headBefore(text: string, from: number, colon: number, isFirst: boolean): Omit<LabelHead, 'wide'> | undefined {
  const earliest = Math.max(from, colon - LONGEST_LABEL);
  const segment = text.slice(earliest, colon);
  // Labels are spread with blanks (`项 目 编 号`) at the head of a line; inside, a blank ends what stood before.
  const isWhole = isFirst && earliest === from && !/[^\s（）()]{5,}\s+\S+\s*$/.test(segment);
  const start = isWhole ? 0 : (gluedLabel(segment) ?? gluedItem(segment) ?? lastWord(segment));
  const label = afterBracket(segment.slice(start), isFirst);
  const isLot = LOT.test(label.trim());
  const isLabel =
    isLot || (LABEL.test(label) && /\p{Script=Han}\s*\p{Script=Han}/u.test(label) && !(earliest > from && start === 0));
  return isLabel ? { label, start: colon - label.length, end: colon + 1 } : undefined;
}

/** `（RMB2,288,231.72）主要标的情况：`: what stands behind a bracket with digits in it is the label. */
function afterBracket(label: string, isFirst: boolean): string {
  if (isFirst) return label;
  const behind = /\d[^（()）]*[)）]\s*(\p{Script=Han}[^（()）]{1,20})$/u.exec(label)?.[1];
  return behind ?? label;
}

/** `第2包：甲公司`: a lot in front of its colon. */
const LOT = /^(?:第?\d{1,2}(?:包|标段|标包)|(?:包|标段|标包)\d{1,2})$/;

const GLUED = /(?:联\s*系\s*人|联系电话|联系方式|电\s*话|地\s*址|邮\s*编|传\s*真|邮\s*箱)\s*$/;

/** Start of a label of contacts that no blank parts from the name before it. */
function gluedLabel(segment: string): number | undefined {
  const match = GLUED.exec(segment.slice(-12));
  return match ? segment.length - match[0].length : undefined;
}

/** `14时30分6.2开标地点`: the number of an item behind a time, with no blank between. */
const ITEM = /[时分秒点日）)](\d{1,2}\.\d{1,2}\p{Script=Han}{2,12})\s*$/u;

/** Start of a numbered label that is glued to the time before it. */
function gluedItem(segment: string): number | undefined {
  const item = ITEM.exec(segment.slice(-24));
  return item ? segment.length - item[0].length + 1 : undefined;
}

/** Start of the last word; single characters parted by blanks are one word (`联 系 人`). */
function lastWord(segment: string): number {
  const end = segment.trimEnd().length;
  let start = segment.lastIndexOf(' ', end - 1) + 1;
  if (end - start > 1) return start;
  while (start >= 2 && (start === 2 || segment.charAt(start - 3) === ' ')) start -= 2;
  return start;
}
