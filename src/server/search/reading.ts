import { and, desc, eq, gte, lt } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { codeKeys, searchAliases, searchTerms } from '#db/schema/index.ts';
import type { QueryPlan } from '#src/domain/search/plan.ts';
import { planQuery } from '#src/domain/search/plan.ts';
import type { CodeCandidate, ParsedQuery, Term } from '#src/domain/search/query.ts';
import { normaliseText, toPhrase } from '#src/domain/search/text.ts';
import { listAllTallies } from '../notices/tally.ts';
import type { SearchStep } from './backend.ts';
import { fitsEngine } from './meili-query.ts';
import type { Resolver } from './probe.ts';

/** A query as steps, with what the answer says about it. */
export interface Reading {
  steps: SearchStep[];
  plan: QueryPlan;
  codes: string[];
  dropped: string[];
}

/** Digits alone up to this length are a number first (a model, a size) and the end of a code second. */
const NUMBER_LENGTH = 5;

const CODES = defineQuery((db, p: Params<{ from: string; below: string }>) =>
  db
    .select({ key: codeKeys.key })
    .from(codeKeys)
    .where(and(gte(codeKeys.key, p.from), lt(codeKeys.key, p.below)))
    .limit(1),
);
const isCode = (db: Db, compact: string) =>
  CODES.first(db, { from: compact, below: `${compact}\u{10FFFF}` }) !== undefined;

const FULL_NAMES = defineQuery((db, p: Params<{ alias: string }>) =>
  db
    .select({ name: searchAliases.name })
    .from(searchAliases)
    .innerJoin(searchTerms, eq(searchTerms.term, searchAliases.name))
    .where(eq(searchAliases.alias, p.alias))
    .orderBy(desc(searchTerms.frequency))
    .limit(2),
);

/** True when parts of the query are the built-in index's to answer: codes that exist, exclusions, very many words. */
export function needsBuiltIn(db: Db, query: ParsedQuery): boolean {
  if (query.excluded.length > 0 || query.codes.some(({ compact }) => isCode(db, compact))) return true;
  return !planQuery(query).steps.every(fitsEngine);
}

/**
 * Reads a query: codes that exist are looked up, everything else goes through the planner. A code answers alone with
 * the words beside it; a short number is looked for as a number first.
 */
export function readQuery(db: Db, query: ParsedQuery): Reading {
  const found = query.codes.filter(({ compact }) => isCode(db, compact));
  const codes = chooseCodes(found);
  const plan = planQuery(query, expandNames(db, query.terms));
  if (codes.length === 0) return { steps: plan.steps, plan, codes: [], dropped: [] };
  const rest = query.terms.filter((_, index) => !codes.some(({ start, end }) => index >= start && index < end));
  const compacts = codes.map(({ compact }) => compact);
  const restPlan = planQuery({ ...query, terms: rest });
  const looked: SearchStep[] =
    rest.length > 0
      ? restPlan.steps.filter(({ scope }) => scope === 'all').map((step) => ({ ...step, codes: compacts }))
      : [{ scope: 'all', phrases: [], excluded: query.excluded.map(toPhrase), codes: compacts }];
  const number = compacts.every((compact) => /^\d+$/.test(compact) && compact.length <= NUMBER_LENGTH);
  const head = plan.steps.filter(({ scope }) => scope === 'head');
  const body = plan.steps.filter(({ scope }) => scope === 'all');
  if (number) return { steps: [...head, ...looked, ...body], plan, codes: compacts, dropped: [] };
  return { steps: rest.length > 0 ? [...looked, ...plan.steps] : looked, plan, codes: compacts, dropped: [] };
}

/** Candidates that do not overlap; the one that stands for the most terms first. */
function chooseCodes(found: readonly CodeCandidate[]): CodeCandidate[] {
  const chosen: CodeCandidate[] = [];
  for (const candidate of found) {
    if (chosen.every(({ start, end }) => candidate.end <= start || candidate.start >= end)) chosen.push(candidate);
  }
  return chosen;
}

/** Readings in which a short form of a party's name is the full name, most frequent party first. */
function expandNames(db: Db, terms: readonly Term[]): Term[][] {
  return terms.flatMap((term, index) => {
    if (term.kind === 'phrase') return [];
    const names = FULL_NAMES.all(db, { alias: normaliseText(term.text) });
    return names.map(({ name }) => terms.map((other, at) => (at === index ? { ...term, text: name } : other)));
  });
}

/** Share of the query's weight that must be left when words are left out. */
const KEPT_WEIGHT = 0.5;
/** Readings of a long sentence with ever more words left out; all of them are asked for. */
const MOST_LOOSE = 12;

interface Weighed {
  word: string;
  count: number;
  weight: number;
}

/**
 * For a sentence that finds nothing: readings that leave out words nobody uses, then the words that say least, while at
 * least half of what the sentence says is kept. Rare words weigh more; a word that stands nowhere weighs most, so that
 * a query about something unknown still finds nothing.
 */
export async function loosen({ db, backend }: Resolver, { plan }: Reading): Promise<Reading[]> {
  if (!plan.long || plan.words.length < 2) return [];
  const total = listAllTallies(db).reduce((sum, tally) => sum + tally.total, 0);
  const counts = await backend.countPhrases(plan.words.map(toPhrase));
  const weighed = plan.words.map((word, index): Weighed => {
    const count = counts[index] ?? 0;
    return { word, count, weight: Math.log(1 + total / (count + 0.5)) };
  });
  const whole = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const kept = weighed.filter(({ count }) => count > 0).sort((a, b) => a.weight - b.weight);
  const readings: Reading[] = [];
  const atOnce = Math.ceil(kept.length / MOST_LOOSE);
  while (kept.length > 0 && kept.reduce((sum, { weight }) => sum + weight, 0) >= whole * KEPT_WEIGHT) {
    const words = plan.words.filter((word) => kept.some((other) => other.word === word));
    const terms = words.map((text): Term => ({ text, kind: 'phrase' }));
    const loose = planQuery({ terms, excluded: plan.excluded });
    const dropped = plan.words.filter((word) => !words.includes(word));
    readings.push({ steps: loose.steps, plan: loose, codes: [], dropped });
    kept.splice(0, atOnce);
  }
  return readings;
}
