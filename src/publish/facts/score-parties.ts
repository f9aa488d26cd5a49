import type { FactValue } from '#src/domain/facts/facts.ts';
import { isUscc, normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import type { Candidate } from './candidates.ts';
import { confirmedBy } from './confidence.ts';
import { isAnyLabel } from './labels.ts';
import { normaliseLabel } from './normalise-label.ts';
import { cleanParty, isParty, splitParties } from './parties.ts';
import { evidence } from './reads.ts';
import { clip } from './values.ts';

const MOST_NAMES = 20;
/** What a fact shows of many names: none of them is ever cut. */
const LONGEST_NAMES = 300;

/** The first organization that candidates name. */
export function partyFact(candidates: readonly Candidate[]): FactValue | undefined {
  for (const candidate of candidates) {
    const text = partyIn(candidate.value);
    if (!text) continue;
    const isRow = candidate.rule === 'column' && candidate.isPart;
    const others = isRow ? candidates.filter(({ value, isPart }) => isPart && (partyIn(value) ?? text) !== text) : [];
    if (others.length > 0) return { ...evidence(candidate, clip(text)), doubt: 'several' };
    const agreeing = candidates.filter(({ value }) => partyIn(value) === text);
    return confirmedBy(evidence(candidate, clip(text)), agreeing);
  }
  return undefined;
}

/** The organization that a value names; undefined when it is none, or a label. */
function partyIn(value: string): string | undefined {
  const name = cleanParty(value);
  return name && isParty(name, false) && !isAnyLabel(normaliseLabel(name)) ? name : undefined;
}

/** Can a name be that of a supplier? Persons win too. */
export function isSupplier(name: string, persons: boolean): boolean {
  return isParty(name, persons) && !isAnyLabel(normaliseLabel(name));
}

/** All winners that candidates name, each once. */
export function suppliersFact(candidates: readonly Candidate[]): FactValue | undefined {
  const named = candidates.flatMap((candidate) => {
    const names = splitParties(candidate.value);
    return names.every((name) => isSupplier(name, candidate.rule !== 'sentence')) ? names : [];
  });
  const [first] = candidates.filter(({ value }) => splitParties(value).some((name) => named.includes(name)));
  const names = joinNames([...new Set(named)]);
  return first && names !== '' ? evidence(first, names) : undefined;
}

/** The one valid credit code. */
export function creditCodeFact(candidates: readonly Candidate[]): FactValue | undefined {
  const valid = candidates.filter(({ value }) => isUscc(normaliseUscc(value)));
  const codes = new Set(valid.map(({ value }) => normaliseUscc(value)));
  const [code] = codes;
  return code && codes.size === 1 && valid[0] ? confirmedBy(evidence(valid[0], code), valid) : undefined;
}

/** As many whole names as a fact can show. */
export function joinNames(names: readonly string[]): string {
  let joined = '';
  for (const name of names.slice(0, MOST_NAMES)) {
    const longer = joined === '' ? name : `${joined}、${name}`;
    if (longer.length > LONGEST_NAMES) break;
    joined = longer;
  }
  return joined;
}
