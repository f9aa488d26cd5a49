import type { FactValue } from '#src/domain/facts/facts.ts';
import { type Candidate, spanOf } from './candidates.ts';
import { clip, type Reading } from './values.ts';

export const MOST_VALUES = 10;

/** A candidate with what its words are. */
export interface Read {
  candidate: Candidate;
  reading: Reading;
}

/** Candidates that hold a value of their kind. */
export function readAll(candidates: readonly Candidate[], read: (entry: Candidate) => Reading | undefined): Read[] {
  return candidates.flatMap((candidate) => {
    const reading = read(candidate);
    return reading ? [{ candidate, reading }] : [];
  });
}

/** The fact that a candidate is by itself. */
export function toValue({ candidate, reading }: Read): FactValue {
  const span = spanOf(candidate);
  return { ...reading, rule: candidate.rule, ...(span ? { span } : {}) };
}

/** Every text and no value: which of them counts is not ours to guess. Values of several lots are no doubt. */
export function severalTexts(reads: readonly Read[]): FactValue {
  const [first] = reads as readonly [Read, ...Read[]];
  const texts = [...new Set(reads.map(({ reading }) => reading.text))].slice(0, MOST_VALUES);
  const areParts = reads.every(({ candidate }) => candidate.isPart);
  const forms = new Set(reads.map(({ reading }) => reading.form));
  const [form] = forms;
  const value = toValue({ candidate: first.candidate, reading: { text: clip(texts.join('；')) } });
  if (forms.size === 1 && form) return { ...value, form };
  return areParts ? value : { ...value, doubt: 'several' };
}

/** A value without its unit, or a placeholder, does not contradict one that is certain. */
export function preferCertain(reads: readonly Read[]): Read[] {
  const certain = reads.filter(({ reading }) => isTyped(reading));
  const weak = ({ doubt, form }: Reading) => ['unit', 'zero', 'unreadable'].includes(doubt ?? '') || form !== undefined;
  return certain.length === 0 ? [...reads] : reads.filter(({ reading }) => isTyped(reading) || !weak(reading));
}

/** The candidates of readings. */
export function placesOf(reads: readonly Read[]): Candidate[] {
  return reads.map(({ candidate }) => candidate);
}

function isTyped({ fen, instant, squareMetres }: Reading): boolean {
  return fen !== undefined || instant !== undefined || squareMetres !== undefined;
}

/** A fact of words, with where they stand. */
export function evidence(candidate: Candidate, text: string, part = text): FactValue {
  const span = spanOf(candidate, part);
  return { text, rule: candidate.rule, ...(span ? { span } : {}) };
}
