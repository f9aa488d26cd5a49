import { countCharacters, type FactRule, type TextSpan } from '#src/domain/facts/fact-evidence.ts';
import type { FactKey } from '#src/domain/facts/facts.ts';
import type { Line } from './document.ts';
import { findLabel, type Labels } from './labels.ts';

/** A value found beside a label, not yet judged. */
export interface Candidate {
  key: FactKey;
  tier: number;
  value: string;
  /** The label as written: it may name the unit. */
  label: string;
  rule: FactRule;
  /** Where the value begins; undefined outside the body. */
  at?: number;
  /** The row of a total in a table. */
  isTotal?: boolean;
  /** One lot, parcel or bidder of perhaps several. */
  isPart?: boolean;
  /** Which lot or parcel, where it is named. */
  part?: string;
  /** Whose bid, among several. */
  bidder?: string;
}

/** A piece of text and where it begins, as spans count. */
export type Piece = Omit<Line, 'at'> & { at?: number };

const LONGEST_VALUE = 500;
/** Marks behind a value, with the number of the item that follows: `；3、`. */
const TRAILING = /(?:[\s；;，,。]+(?:[（(]?\d{1,2}(?:[）)、.．]|\.\d{1,2})+\s*)?)+$/;
/** `原投标截止时间`: what was, not what is. The original notice's code and name are those of this one. */
const FORMER =
  /^(?:[\d一二三四五六七八九十、.（）()\s]*)(?:原(?!公告的?(?:采购|招标|项目)|公告(?:日期|时间|发布))|更正前|变更前|修改前|调整前|延期前)/;

/** The candidates of one label and value; none when the label is unknown or the value empty. */
export function candidatesOf(label: string, value: Piece, labels: Labels, rule: FactRule): Candidate[] {
  if (FORMER.test(label)) return changedOf(label, value, labels, rule);
  const found = findLabel(label, labels);
  const trimmed = found && trimPiece(value);
  if (!found || !trimmed || trimmed.text === '') return [];
  return found.known.map(({ key, tier }) => ({
    key,
    tier,
    label,
    value: trimmed.text,
    rule,
    ...(trimmed.at === undefined ? {} : { at: trimmed.at }),
    ...(found.lot ? { isPart: true } : {}),
  }));
}

const WAS = /^.*?(?:原(?:公告|(?:招标|采购|磋商|谈判|询价)?文件)?(?:中|的)*|更正前|变更前|修改前|调整前|延期前)/;
const CHANGED = /[，,；;。]?\s*(?:现)?(?:更改|变更|更正|修改|调整|延期|推迟|顺延)(?:为|至|到)\s*[:：“"]{0,2}/;

/** `原中标金额：5元，现更正为：6元`: what is valid stands behind the change. */
function changedOf(label: string, value: Piece, labels: Labels, rule: FactRule): Candidate[] {
  const change = value.text.length <= LONGEST_VALUE ? CHANGED.exec(value.text) : null;
  if (!change) return [];
  return candidatesOf(label.replace(WAS, ''), pieceFrom(value, change.index + change[0].length), labels, rule);
}

/** Without blanks and colons in front and marks behind, cut to what facts can hold. */
export function trimPiece({ text, at }: Piece): Piece {
  const head = /^[\s:：]+/.exec(text)?.[0] ?? '';
  const kept = text.slice(head.length, head.length + LONGEST_VALUE).replace(TRAILING, '');
  return { text: kept, ...(at === undefined ? {} : { at: at + countCharacters(head) }) };
}

/** The part of a piece from `from` on. */
export function pieceFrom({ text, at }: Piece, from: number, to?: number): Piece {
  return {
    text: text.slice(from, to),
    ...(at === undefined ? {} : { at: at + countCharacters(text.slice(0, from)) }),
  };
}

/** Where the words of a value stand: `part` of it when given, else all of it. */
export function spanOf({ value, at }: Pick<Candidate, 'value' | 'at'>, part = value): TextSpan | undefined {
  if (at === undefined) return undefined;
  const offset = Math.max(0, value.indexOf(part));
  const start = at + countCharacters(value.slice(0, offset));
  const words = value.includes(part) ? part : value;
  return [start, start + countCharacters(words)];
}
