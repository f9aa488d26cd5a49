import type { FactValue } from '#src/domain/facts/facts.ts';
import { FORMAL_AMOUNT } from '#src/domain/money/chinese-number.ts';
import type { Candidate } from './candidates.ts';

/** The fact, confirmed when the candidates that say the same stand in more than one place. */
export function confirmedBy(fact: FactValue, agreeing: readonly Candidate[]): FactValue {
  return new Set(agreeing.map(({ at }) => at)).size > 1 ? confirm(fact) : fact;
}

/** The fact, said twice. */
export function confirm(fact: FactValue): FactValue {
  return { ...fact, confidence: 'confirmed' };
}

/** A fact with its confidence in the end: what nothing confirms is as sure as the rule that found it. */
export function withConfidence(fact: FactValue): FactValue {
  if (fact.doubt) return { ...fact, confidence: 'doubtful' };
  if (fact.confidence || isWrittenTwice(fact)) return confirm(fact);
  return { ...fact, confidence: fact.rule === 'sentence' ? 'inferred' : 'stated' };
}

/** Is it an amount in figures and in formal numerals? They agree, or it would be doubtful. */
function isWrittenTwice({ fen, text }: FactValue): boolean {
  return fen !== undefined && /\d/.test(text) && FORMAL_AMOUNT.test(text);
}
