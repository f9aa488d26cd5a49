import { stableId } from '../identifiers/ids.ts';
import { project } from '../personal-data/projection.ts';
import { findPersonalNumbers } from '../personal-data/redact.ts';
import type { Stage } from '../stages.ts';
import { expertsAreSecret, findExpertNames } from './expert-names.ts';
import { findListedWords, type ListedWord } from './listed-words.ts';
import type { ScreeningRuleKey, TextFind } from './rules.ts';
import { findMarks } from './secrecy-marks.ts';

/** What is screened of a draft: everything that would be public. */
export interface ScreenedContent {
  /** Null of what belongs to no deal. */
  stage: Stage | null;
  title: string;
  /** As the public page would show it. */
  bodyHtml: string;
  /** Labelled values, by label. */
  fields: Readonly<Record<string, string>>;
  attachments: readonly {
    name: string;
    /** SHA-256 (hex) of the file. */
    sha256: string;
    /** All text in it, what cannot be seen included. */
    text: string;
  }[];
}

/** Where a find stands: `name` is the label of the field, or the hash of the attachment. */
export interface Place {
  part: 'title' | 'body' | 'field' | 'attachmentName' | 'attachment';
  name: string;
}

/** Something that may not be published unless somebody says why it may. */
export interface Find extends Place {
  /** The same for the same words in the same part, wherever in it they stand: what was justified stays so when the rest is edited. */
  key: string;
  rule: ScreeningRuleKey;
  /** Where it begins and ends in the part's source, `[start, end)`. */
  start: number;
  end: number;
  /** As it is read. */
  text: string;
  /** What stands around it, as it is read. */
  before: string;
  after: string;
  remark?: string;
}

const AROUND = 16;

/**
 * Everything in a draft that may not be published as it is: numbers of persons, marks of secrecy, names of those who judge bids before
 * there is a result, words that the installation lists. In the order of the parts, and in each from the beginning.
 */
export function screenDraft(content: ScreenedContent, words: readonly ListedWord[] = []): Find[] {
  const { title, bodyHtml, fields, attachments } = content;
  const parts: [Place, string][] = [
    [{ part: 'title', name: '' }, title],
    [{ part: 'body', name: '' }, bodyHtml],
    ...Object.entries(fields).map(([name, value]): [Place, string] => [{ part: 'field', name }, value]),
    ...attachments.map(({ name, sha256 }): [Place, string] => [{ part: 'attachmentName', name: sha256 }, name]),
    ...attachments.map(({ text, sha256 }): [Place, string] => [{ part: 'attachment', name: sha256 }, text]),
  ];
  const options = { words, expertNames: content.stage === null || expertsAreSecret(content.stage) };
  return numbered(parts.flatMap(([place, source]) => screenText(place, source, options)));
}

interface Options {
  words: readonly ListedWord[];
  expertNames: boolean;
}

function screenText(place: Place, source: string, { words, expertNames }: Options): Find[] {
  if (source === '') return [];
  const { text, positions } = project(source);
  const read: TextFind[] = [
    ...findMarks(text),
    ...(expertNames ? findExpertNames(labelled(place, text)).map((find) => shifted(place, find)) : []),
    ...findListedWords(text, words),
  ];
  const sourceEnd = (end: number) => (positions[end - 1] ?? 0) + 1;
  const placed = read.map(({ start, end, ...find }) => ({
    ...find,
    start: positions[start] ?? 0,
    end: sourceEnd(end),
  }));
  const numbers = findPersonalNumbers(source).map(({ kind, positions: digits }) => ({
    rule: kind,
    start: digits[0] ?? 0,
    end: (digits.at(-1) ?? 0) + 1,
  }));
  return withoutInner([...numbers, ...placed]).map((find) => ({ ...place, ...find, ...around(source, find), key: '' }));
}

/** The label of a field says whose names its value holds. */
const labelled = ({ part, name }: Place, text: string): string => (part === 'field' ? `${name}：${text}` : text);
function shifted({ part, name }: Place, find: TextFind): TextFind {
  const by = part === 'field' ? name.length + 1 : 0;
  return { ...find, start: find.start - by, end: find.end - by };
}

/** What stands within another find of its rule is told by that one. */
function withoutInner(finds: TextFind[]): TextFind[] {
  const kept: TextFind[] = [];
  for (const find of finds.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const isInner = kept.some(({ rule, start, end }) => rule === find.rule && start <= find.start && find.end <= end);
    if (!isInner && find.start >= 0) kept.push(find);
  }
  return kept;
}

function around(source: string, { start, end }: TextFind): Pick<Find, 'text' | 'before' | 'after'> {
  const asRead = (from: number, to: number) => project(source.slice(Math.max(0, from), to)).text.replaceAll('\n', ' ');
  return {
    text: asRead(start, end),
    before: asRead(start - AROUND * 4, start).slice(-AROUND),
    after: asRead(end, end + AROUND * 4).slice(0, AROUND),
  };
}

/** Gives finds their keys: alike ones in one part are counted. */
function numbered(finds: Find[]): Find[] {
  const seen = new Map<string, number>();
  return finds.map((find) => {
    const alike = [find.part, find.name, find.rule, find.text].join('\n');
    const count = seen.get(alike) ?? 0;
    seen.set(alike, count + 1);
    return { ...find, key: stableId('find', alike, String(count)) };
  });
}
