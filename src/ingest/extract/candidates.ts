import type { FactKey } from '#src/domain/facts.ts';
import { type KnownLabel, normaliseLabel } from './labels.ts';

/** A value found beside a label. */
export interface Candidate {
  key: FactKey;
  rank: number;
  value: string;
  /** The label as written: it may name the unit. */
  label: string;
  /** The row of a total in a table. */
  isTotal?: boolean;
  /** A row below headers: one lot, parcel or candidate of perhaps several. */
  isPart?: boolean;
}

export type Labels = ReadonlyMap<string, KnownLabel>;

const LONGEST_LABEL = 30;
const LONGEST_VALUE = 500;
const DELIMITERS = /[；;，,。、\t|]/;
const FORMER = /^(?:[\d一二三四五六七八九十、.（）()\s]*)原(?!公告的?(?:采购|招标|项目))/;

/** Values of a feed's own labelled fields. */
export function fromFields(fields: Readonly<Record<string, string>>, labels: Labels): Candidate[] {
  return Object.entries(fields).flatMap(([label, value]) => candidate(label, value, labels) ?? []);
}

/** The candidate of one label and value; undefined when the label is unknown or the value empty. */
export function candidate(label: string, value: string, labels: Labels): Candidate | undefined {
  const known = labels.get(normaliseLabel(label));
  const text = value
    .trim()
    .replace(/^[:：]\s*/, '')
    .slice(0, LONGEST_VALUE);
  if (!known || text === '' || FORMER.test(label)) return undefined;
  return { ...known, value: text, label };
}

/** Every `label：value` of a line, also several in one line. */
export function fromLine(line: string, labels: Labels): Candidate[] {
  const heads = labelHeads(line);
  return heads.flatMap(({ label, end }, index) => {
    const value = line.slice(end, heads[index + 1]?.start ?? line.length).replace(/[\s；;，,。]+$/, '');
    // `报价：1、勘察费为：…` has a list for its value; the number of the first item is none.
    return /^\s*\d{1,2}、$/.test(value) ? [] : (candidate(label, value, labels) ?? []);
  });
}

interface LabelHead {
  label: string;
  start: number;
  /** Behind the colon. */
  end: number;
}

/** Places where a label stands before a colon: at the head of the line, or behind a blank or a mark. */
function labelHeads(line: string): LabelHead[] {
  const heads: LabelHead[] = [];
  let from = 0;
  for (let at = nextColon(line, 0); at >= 0; at = nextColon(line, at + 1)) {
    const head = headBefore(line, Math.max(from, at - LONGEST_LABEL), at, heads.length === 0);
    if (head) heads.push(head);
    from = at + 1;
  }
  return heads;
}

function nextColon(line: string, from: number): number {
  for (let at = from; at < line.length; at += 1) if (line[at] === '：' || line[at] === ':') return at;
  return -1;
}

/** Commas between digits part thousands, not labels. */
function isDelimiter(line: string, at: number): boolean {
  return DELIMITERS.test(line.charAt(at)) && !(line[at] === ',' && /\d/.test(line.charAt(at + 1)));
}

function headBefore(line: string, from: number, colon: number, isFirst: boolean): LabelHead | undefined {
  let start = colon;
  while (start > from && !isDelimiter(line, start - 1)) start -= 1;
  if (isFirst && from > 0) return undefined;
  // Labels are spread with blanks (`项 目 编 号`) only at the head of a line; inside, a blank ends what stood before.
  const segment = line.slice(start, colon);
  const blank = !isFirst || /\S{5,}\s+\S+$/.test(segment) ? segment.trimEnd().lastIndexOf(' ') : -1;
  const label = segment.slice(blank + 1);
  const isOpen = (label.match(/[（(]/g)?.length ?? 0) > (label.match(/[）)]/g)?.length ?? 0);
  const isLabel =
    !isOpen &&
    /^[\d.、（）()\s一-鿿［］[\]A-Za-z/*•·①-⑳]{2,30}$/.test(label) &&
    /[一-鿿]{2}|[一-鿿]\s+[一-鿿]/.test(label);
  return isLabel ? { label, start: start + blank + 1, end: colon + 1 } : undefined;
}
