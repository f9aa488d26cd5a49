import type { Candidate } from './candidates.ts';
import type { EntryValue, RawEntry } from './entries.ts';
import { type Labels, listsBidders } from './labels.ts';
import { mergeRanks, ownEntries } from './lists.ts';

const FIRST = /^(?:第?[一1](?:名|位)?|.*第[一1](?:名|中标|成交)?.*)$/;

/**
 * Candidates without those that a table gives for bidders who did not win, and with the bidders of a list as the
 * suppliers of a notice that has no winner yet.
 */
export function keepWinners(
  candidates: readonly Candidate[],
  entries: readonly RawEntry[],
  labels: Labels,
): Candidate[] {
  if (labels.stage === 'openingRecord') return [...candidates];
  // Who is to win is said beside the list of those who were ranked.
  const isNamed = candidates.some(({ key, tier, label }) => key === 'supplier' && tier === 0 && !/候选/.test(label));
  if (listsBidders(labels.stage) && isNamed)
    return candidates.filter(({ key, tier, label }) => key !== 'supplier' || (tier === 0 && !/候选/.test(label)));
  if (listsBidders(labels.stage))
    return [
      ...candidates.filter(({ key }) => key !== 'supplier'),
      ...bidders(ownEntries(mergeRanks(entries), labels.stage)),
    ];
  if (labels.phase !== 'award') return [...candidates];
  const losing = losersOf(entries);
  return candidates.filter(({ rule, at }) => rule !== 'column' || at === undefined || !losing.has(at));
}

/** Names and prices of the listed candidates. */
function bidders(entries: readonly RawEntry[]): Candidate[] {
  return entries.flatMap(({ values, rule }) => {
    const named = values.get('supplier');
    const price = values.get('awardAmount');
    return named
      ? [
          toCandidate('supplier', named, rule),
          ...(price ? [{ ...toCandidate('awardAmount', price, rule), bidder: named.text }] : []),
        ]
      : [];
  });
}

function toCandidate(key: 'supplier' | 'awardAmount', value: EntryValue, rule: RawEntry['rule']): Candidate {
  const { text, label, at } = value;
  return { key, tier: 0, value: text, label, rule, isPart: true, ...(at === undefined ? {} : { at }) };
}

/** Places of the values of rows that are ranked behind the first, or that name no price where others do. */
function losersOf(entries: readonly RawEntry[]): ReadonlySet<number> {
  const named = entries.filter(({ values }) => values.has('supplier'));
  const priced = named.some(({ values }) => values.has('awardAmount') || values.has('dealPrice'));
  const losers = named.filter(({ values }) => {
    const rank = values.get('rank')?.text.replace(/\s/g, '');
    const isBehind = rank !== undefined && /[一二三四五六七八九十\d]/.test(rank) && !FIRST.test(rank);
    return isBehind || (priced && !values.has('awardAmount') && !values.has('dealPrice'));
  });
  return new Set(losers.flatMap(({ values }) => [...values.values()].flatMap(({ at }) => at ?? [])));
}
