import { type Candidate, candidatesOf, type Piece, pieceFrom, trimPiece } from './candidates.ts';
import type { Line } from './document.ts';
import { addValue, type RawEntry } from './entries.ts';
import { type LabelHead, labelHeads } from './label-heads.ts';
import { RANKED } from './label-words.ts';
import { findColumn, findLabel, type Labels, listsBidders } from './labels.ts';
import { normaliseLabel } from './normalise-label.ts';

/** A label with the value behind it. */
export interface Labelled {
  label: string;
  value: Piece;
}

/** A price of which a part is a rate: what follows its first number belongs to it. */
const PARTLY_RATE = /费率|下浮率|折扣率|其中[^。]{0,200}[%％]/;
const LONGEST_LINE = 5_000;

/** What labelled lines say: candidates, and groups of labels that each begin with a bidder or a lot. */
export interface LineReading {
  candidates: Candidate[];
  entries: RawEntry[];
}

/** Words before a colon that belong to the value of a price. */
const WITHIN = /^(?:人民币)?(?:大写|小写|人民币|金额)$/;

/** Every `label：value` of a line, also several in one line. */
export function labelledValues(line: Piece, labels: Labels): Labelled[] {
  if (line.text.length > LONGEST_LINE) return [];
  const isRate = PARTLY_RATE.test(line.text);
  const heads = labelHeads(line.text).filter(({ label }, index) => index === 0 || !WITHIN.test(normaliseLabel(label)));
  return heads.flatMap(({ label, wide, end }, index) => {
    const to = isRate && /价/.test(label) ? undefined : startOf(heads[index + 1], labels);
    const value = pieceFrom(line, end, to);
    // `报价：1、勘察费为：…` has a list for its value; the number of the first item is none.
    if (/^\s*\d{1,2}、\s*$/.test(value.text)) return [];
    return [{ label: wide !== label && findLabel(wide, labels) ? wide : label, value }];
  });
}

function startOf(head: LabelHead | undefined, labels: Labels): number | undefined {
  if (!head) return undefined;
  return head.wide !== head.label && findLabel(head.wide, labels) ? head.end - 1 - head.wide.length : head.start;
}

/** Reads labelled lines in order. */
export function readLines(lines: readonly Line[], labels: Labels): LineReading {
  const groups = new Groups(labels);
  const candidates = lines.flatMap((line) => {
    const found = labelledValues(line, labels);
    if (found.length === 0) groups.heading(line);
    return [
      ...found.flatMap(({ label, value }) => {
        const isPart = groups.take(label, value);
        const read = candidatesOf(label, value, labels, 'line');
        return isPart ? read.map((candidate) => ({ ...candidate, isPart })) : read;
      }),
      ...bracketedCodes(line, labels),
    ];
  });
  return { candidates, entries: groups.entries };
}

/** `某某采购（项目编号：X）`: codes that stand in brackets behind a name. */
function bracketedCodes(line: Line, labels: Labels): Candidate[] {
  if (line.text.length > LONGEST_LINE || !/[（(]/.test(line.text)) return [];
  return [...line.text.matchAll(/[（(]([^（）()：:]{2,14})[：:]([^（）()]{3,60})[）)]/g)].flatMap((match) => {
    const from = match.index + 1 + (match[1]?.length ?? 0) + 1;
    const value = pieceFrom(line, from, from + (match[2]?.length ?? 0));
    return candidatesOf(match[1] ?? '', value, labels, 'line')
      .filter(({ key }) => key === 'projectCode' || key === 'supplierCode')
      .map((candidate) => ({ ...candidate, tier: candidate.tier + 5 }));
  });
}

/** Lines that sources broke: a label from its value, a range of time in its middle. Places count on from line to line. */
export function joinBroken(lines: readonly Line[], labels: Labels): Line[] {
  const joined: Line[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last && continues(last.text, line.text, labels))
      joined[joined.length - 1] = { text: last.text + line.text, at: last.at };
    else joined.push(line);
  }
  return joined;
}

function continues(before: string, text: string, labels: Labels): boolean {
  if (before.length > 200) return false;
  if (/^\d{1,2}$/.test(before) && /^[.．、]/.test(text)) return true;
  if (/^\d{1,2}[.．、]\p{Script=Han}{2,5}$/u.test(before) && text === '信息') return true;
  if (/^[:：]\s*\S/.test(text) && before.length <= 30) return true;
  if (/[至到~—-]$/.test(before) && /^\s*\d{4}\s*[年-]/.test(text)) return true;
  if (/^[至到~—]\s*(?:\d{4}|$)/.test(text) && /\d{4}.*\d/.test(before)) return true;
  return (
    /[:：]$/.test(before) && before.length <= 40 && !/^[^：:，。]{2,14}[：:]/.test(text) && !isHeading(text, labels)
  );
}

function isHeading(text: string, labels: Labels): boolean {
  return /^[一二三四五六七八九十]+、/.test(text) || (text.length <= 20 && findLabel(text, labels) !== undefined);
}

/** Labelled values that belong to one bidder or lot: they begin with a rank, a bidder or a lot. */
class Groups {
  readonly entries: RawEntry[] = [];
  readonly #labels: Labels;
  readonly #isBidders: boolean;
  #current: RawEntry | undefined;

  constructor(labels: Labels) {
    this.#labels = labels;
    this.#isBidders = listsBidders(labels.stage);
  }

  /** A line without labels may head a group (`第一中标候选人`); a numbered heading ends it. */
  heading({ text, at }: Line): void {
    const rank = this.#isBidders && RANKED.test(normaliseLabel(text));
    if (rank) this.#begin('rank', text, { text, at });
    else if (/^[一二三四五六七八九十]+、/.test(text)) this.#current = undefined;
  }

  /** Takes a value into its group. True when the value is that of one bidder of several. */
  take(label: string, value: Piece): boolean {
    if (!this.#isBidders && this.#labels.phase !== 'award') return false;
    const word = normaliseLabel(label);
    const piece = trimPiece(value);
    if (this.#isBidders && RANKED.test(word)) {
      this.#begin('rank', label, { text: word });
      if (this.#current) addValue(this.#current, 'supplier', { ...piece, label });
      return true;
    }
    const key =
      findColumn(label, this.#labels) ?? (/^(?:单位)?名称$/.test(word) && this.#current ? 'supplier' : undefined);
    if (!key) return false;
    const begins = key === 'lot' || (key === 'supplier' && (!this.#current || this.#current.values.has('supplier')));
    if (begins) this.#begin(key, label, piece);
    else if (this.#current) addValue(this.#current, key, { ...piece, label });
    return this.#isBidders && this.#current !== undefined;
  }

  #begin(key: 'rank' | 'lot' | 'supplier', label: string, piece: Piece): void {
    this.#current = { values: new Map(), rule: 'line' };
    addValue(this.#current, key, { ...piece, label });
    this.entries.push(this.#current);
  }
}
