import type { Instant } from '../time/time.ts';
import type { EntryKey, FactKey, Facts, FactValue } from './facts.ts';

/**
 * What staff may decide of a fact. `set`: another value counts; `absent`: the notice says no such thing; `seen`: the notice itself leaves
 * it open, and the doubt stays; `undo`: whatever was decided before counts no more.
 */
export const FACT_CORRECTION_KINDS = ['set', 'absent', 'seen', 'undo'] as const;
export type FactCorrectionKind = (typeof FACT_CORRECTION_KINDS)[number];

/** A decision of staff about a fact of a notice. */
export interface FactCorrection {
  id: number;
  place: FactPlace;
  kind: FactCorrectionKind;
  value: FactValue | Record<string, never>;
  /** Whole lines of the notice that it rests on. */
  passage: string;
  /** What the rules read when it was decided; '' where they read nothing. */
  before: string;
  reason: string;
  at: Instant;
}

/** A fact, or the cell of a list: `budget`, `candidates.0.awardAmount`. */
export type FactPlace = string;

/** The parts of a place. */
export interface PlaceParts {
  key: FactKey;
  cell?: { row: number; column: EntryKey };
}

export function toPlace({ key, cell }: PlaceParts): FactPlace {
  return cell ? `${key}.${cell.row}.${cell.column}` : key;
}

/** The parts of a place that was made by `toPlace`. */
export function partsOf(place: FactPlace): PlaceParts {
  const [key = '', row, column] = place.split('.');
  if (row === undefined) return { key: key as FactKey };
  return { key: key as FactKey, cell: { row: Number(row), column: column as EntryKey } };
}

/** What stands at a place. */
export function valueAt(facts: Facts, place: FactPlace): FactValue | undefined {
  const { key, cell } = partsOf(place);
  return cell ? facts[key]?.entries?.[cell.row]?.[cell.column] : facts[key];
}

const plain = (text: string): string => text.replaceAll(/\s/g, '');

/** The whole lines of a text that hold some words, apart from blanks; null when they do not stand in it. */
export function linesWith(text: string, words: string): string | null {
  const wanted = plain(words);
  if (wanted === '') return null;
  const lines = text.split('\n');
  const one = lines.find((line) => plain(line).includes(wanted));
  if (one !== undefined) return one;
  for (let first = 0; first < lines.length; first++) {
    let joined = '';
    for (
      let last = first;
      last < lines.length && joined.length < wanted.length + plain(lines[first] ?? '').length;
      last++
    ) {
      joined += plain(lines[last] ?? '');
      if (joined.includes(wanted)) return lines.slice(first, last + 1).join('\n');
    }
  }
  return null;
}

/** The decisions that count: of each place the last, unless it undoes, while the text holds its passage. */
export function livingCorrections(corrections: readonly FactCorrection[], text: string): FactCorrection[] {
  const last = new Map([...corrections].sort((one, other) => one.id - other.id).map((each) => [each.place, each]));
  const lines = new Set(text.split('\n').map(plain));
  return [...last.values()].filter(
    ({ kind, passage }) => kind !== 'undo' && passage.split('\n').every((line) => lines.has(plain(line))),
  );
}

/**
 * Lays what staff decided over what the rules read. A cell of a list is found by its row and by what the rules read there then: where
 * rules read another list now, the decision waits.
 * @param text the notice in lines: its title, its labelled values, its body (`textOf`)
 */
export function correctFacts(facts: Facts, corrections: readonly FactCorrection[], text: string): Facts {
  return livingCorrections(corrections, text).reduce(correct, facts);
}

function correct(facts: Facts, correction: FactCorrection): Facts {
  const { key, cell } = partsOf(correction.place);
  const own = facts[key];
  if (!cell) return put(facts, key, decide(own, correction));
  const row = own?.entries?.[cell.row];
  const value = row?.[cell.column];
  if (!own?.entries || !row || (value?.text ?? '') !== correction.before) return facts;
  const changed = put(row, cell.column, decide(value, correction));
  return put(facts, key, { ...own, entries: own.entries.map((each, index) => (index === cell.row ? changed : each)) });
}

function put<Key extends string>(
  values: Partial<Record<Key, FactValue>>,
  key: Key,
  value: FactValue | undefined,
): Partial<Record<Key, FactValue>> {
  const { [key]: _before, ...rest } = values;
  return value === undefined ? (rest as Partial<Record<Key, FactValue>>) : { ...values, [key]: value };
}

function decide(
  own: FactValue | undefined,
  { kind, value, at, reason, before }: FactCorrection,
): FactValue | undefined {
  if (kind === 'absent') return undefined;
  if (kind === 'seen') {
    if (!own?.doubt) return own;
    const { doubt, ...rest } = own;
    // In this order: the index of open doubts looks for these words.
    return { ...rest, isSeen: true, doubt };
  }
  const span = own?.span;
  const corrected = { at, reason, ...(before === '' ? {} : { before }) };
  return { ...(value as FactValue), rule: 'manual', confidence: 'corrected', ...(span ? { span } : {}), corrected };
}
