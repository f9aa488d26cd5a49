import { type Rewriting, rewriteAliases } from './aliases.ts';
import type { ParsedQuery, Term } from './query.ts';
import { type Phrase, splitRuns, toPhrase } from './text.ts';
import { isQuestion, splitWords } from './words.ts';

/** Where a step looks: title, parties and place, or the body as well. */
export type Scope = 'head' | 'all';

/** One way of reading a query: every phrase must stand in the scope, none of the excluded ones anywhere. */
export interface Step {
  scope: Scope;
  phrases: Phrase[];
  excluded: Phrase[];
}

/** A query as steps from the strictest reading to the loosest. */
export interface QueryPlan {
  steps: Step[];
  /** The terms as typed, then what they are cut into. */
  terms: string[];
  words: string[];
  rewritten: Rewriting[];
  excluded: string[];
  /** A sentence: when no step finds anything, the words that say least may be left out. */
  long: boolean;
}

/** A query of this many words is a sentence. */
const LONG = 4;
/** Readings with a party's full name in place of a short one: every one asks the index four times more. */
const MOST_NAMES = 4;

/**
 * Reads a query as steps: its terms as exact pieces of title, parties or place; its words there; the terms anywhere;
 * its words anywhere; each as typed and then with printed names for short ones.
 */
export function planQuery(query: Pick<ParsedQuery, 'terms' | 'excluded'>, names: readonly Term[][] = []): QueryPlan {
  const { terms: rewrittenTerms, rewritten } = rewriteTerms(query.terms);
  const readings = [query.terms, ...names.slice(0, MOST_NAMES), ...(rewritten.length > 0 ? [rewrittenTerms] : [])];
  const whole = readings.map((terms) => terms.map(({ text }) => text));
  const cut = readings.map((terms) => cutTerms(terms));
  const excluded = query.excluded.map(toPhrase);
  const sets = (scope: Scope, texts: string[][]) =>
    texts.map((texts): Step => ({ scope, phrases: texts.map(toPhrase), excluded }));
  const words = cut[0] ?? [];
  return {
    steps: dropRepeated([...sets('head', whole), ...sets('head', cut), ...sets('all', whole), ...sets('all', cut)]),
    terms: whole[0] ?? [],
    words,
    rewritten,
    excluded: query.excluded,
    long: words.length >= LONG || query.terms.some(({ text, kind }) => kind === 'word' && isQuestion(text)),
  };
}

function rewriteTerms(terms: readonly Term[]): { terms: Term[]; rewritten: Rewriting[] } {
  const all = terms.map((term) => (term.kind === 'phrase' ? undefined : rewriteAliases(term.text)));
  return {
    terms: terms.map((term, index) => ({ ...term, text: all[index]?.text ?? term.text })),
    rewritten: all.flatMap((result) => result?.rewritten ?? []),
  };
}

/** The words of all terms; quoted terms stay whole. */
function cutTerms(terms: readonly Term[]): string[] {
  const words = terms.flatMap(({ text, kind }) => (kind === 'phrase' ? [text] : splitWords(text)));
  return [...new Set(words)].filter((word) => splitRuns(word).length > 0);
}

function dropRepeated(steps: Step[]): Step[] {
  const seen = new Set<string>();
  return steps.filter((step) => {
    const key = `${step.scope} ${step.phrases
      .map(({ words }) => words.join('.'))
      .sort()
      .join(' ')}`;
    const fresh = step.phrases.length > 0 && !seen.has(key);
    seen.add(key);
    return fresh;
  });
}
