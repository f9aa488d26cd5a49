import type { FactValue } from '#src/domain/facts/facts.ts';
import type { Candidate } from './candidates.ts';
import { confirm, confirmedBy } from './confidence.ts';
import { placesOf, preferCertain, type Read, readAll, severalTexts, toValue } from './reads.ts';
import { readMoney } from './values.ts';

/** An amount of the whole, from what is said of the whole and of its lots. */
export function moneyFact(candidates: readonly Candidate[]): FactValue | undefined {
  const reads = readAll(candidates, readMoney);
  const whole = preferCertain(reads.filter(({ candidate }) => !candidate.isPart));
  const parts = preferCertain(reads.filter(({ candidate }) => candidate.isPart));
  const [first] = whole;
  if (!first) return partsFact(parts);
  const { fen } = first.reading;
  if (whole.some(({ reading }) => reading.fen !== fen)) return severalTexts(whole);
  if (fen !== undefined && !agree(fen, parts)) return severalTexts([...whole, ...parts]);
  const fact = toValue(first);
  return fen !== undefined && parts.length > 1 ? confirm(fact) : confirmedBy(fact, placesOf(whole));
}

/** Do lots fit their total? One lot may be a part of it; several must add up to it, or each repeat it. */
function agree(total: number, parts: readonly Read[]): boolean {
  const amounts = parts.map(({ reading }) => reading.fen);
  if (amounts.includes(undefined) || parts.length === 0) return true;
  const known = amounts as number[];
  if (known.every((amount) => amount === total)) return true;
  if (known.length === 1) return (known[0] ?? 0) < total;
  return known.reduce((sum, amount) => sum + amount, 0) === total;
}

/** One lot's amount is the notice's; those of several lots are not added up. */
function partsFact(parts: readonly Read[]): FactValue | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const fens = new Set(parts.map(({ reading }) => reading.fen));
  const named = new Set(
    parts.flatMap(({ candidate: { part, bidder } }) => [part, bidder].filter(Boolean).join(' ') || []),
  );
  const isOne = parts.length === 1 || (fens.size === 1 && first.reading.fen !== undefined && named.size <= 1);
  return isOne ? toValue(first) : severalTexts(parts);
}

/** Is an amount told of the whole not what its lots add up to? */
export function contradictsLots({ fen }: FactValue, candidates: readonly Candidate[]): boolean {
  if (fen === undefined) return false;
  const lots = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = candidate.part === undefined ? candidate : lots.get(candidate.part);
    if (candidate.part !== undefined && (!known || candidate.tier < known.tier)) lots.set(candidate.part, candidate);
  }
  const sums = [...lots.values()].map((candidate) => readMoney(candidate)?.fen);
  if (sums.length < 2 || sums.includes(undefined)) return false;
  const known = sums as number[];
  if (known.every((sum) => sum === fen)) return false;
  return known.reduce((sum, lot) => sum + lot, 0) !== fen;
}

/** The fact without its value, for it contradicts others. */
export function doubtful({ text, rule, span }: FactValue): FactValue {
  return { text, ...(rule ? { rule } : {}), ...(span ? { span } : {}), doubt: 'several' };
}
