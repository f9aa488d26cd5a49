import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import { compactCode } from '../identifiers/code-keys.ts';
import type { Fen } from '../money/money.ts';
import { type NoticeClause, type NoticeField, type NoticeFilter, toClauses } from '../notices/notice-filter.ts';
import { planQuery, type Scope } from '../search/plan.ts';
import { parseQuery } from '../search/query.ts';
import { type Phrase, toPhrase } from '../search/text.ts';
import type { Stage } from '../stages.ts';
import type { Instant } from '../time/time.ts';

/** What interests are held against: a notice as the index knows it. */
export interface MatchableNotice {
  category: Category;
  stage: Stage;
  county: County;
  publishedAt: Instant;
  amountFen: Fen | null;
  /** When the deadline has passed. */
  closesAt: Instant | null;
  projectId: string;
  buyer: string | null;
  agency: string | null;
  suppliers: readonly string[];
  /** Codes of project and lot, as they stand. */
  codes: readonly string[];
  /** Title, parties and place as opaque words (`toGrams`); a `|` stands between parts, and blanks at both ends. */
  head: string;
  /** Everything that is searched, in the same form. */
  words: string;
}

/** One way in which a text search is met: all phrases stand in the scope, and one of the notice's codes holds `code`. */
export interface Reading {
  scope: Scope;
  phrases: readonly Phrase[];
  code?: string;
}

/** A filter made ready to be held against many notices. */
export interface Interest {
  filter: NoticeFilter;
  /** Any of these; empty when the filter has no words to look for. */
  readings: readonly Reading[];
  excluded: readonly Phrase[];
}

/**
 * Reads a filter's text as the search does: what was typed anywhere, as it is and with printed names for short ones; the words that it
 * is cut into in title, parties and place; or a code. Only the loosest reading of the search is left out: words scattered over a
 * body are worth a look at the end of a list, but no message.
 */
export function toInterest(filter: NoticeFilter): Interest {
  const query = parseQuery(filter.q ?? '');
  const { steps } = planQuery(query);
  const coded = query.codes.map(({ compact, start, end }): Reading => {
    const rest = query.terms.filter((_, index) => index < start || index >= end);
    return { scope: 'all', code: compact, phrases: rest.map(({ text }) => toPhrase(text)) };
  });
  const worded = steps.filter(({ scope, phrases }) => scope === 'head' || phrases.length === query.terms.length);
  return { filter, readings: [...worded, ...coded], excluded: query.excluded.map(toPhrase) };
}

/** True when a notice is what someone asked to be told of. `at` is the instant that "open" is judged by. */
export function isOfInterest({ filter, readings, excluded }: Interest, notice: MatchableNotice, at: Instant): boolean {
  if (!meetsFilter(filter, notice, at)) return false;
  if (excluded.some((phrase) => holds(notice.words, phrase))) return false;
  return readings.length === 0 || readings.some((reading) => meetsReading(reading, notice));
}

/** What a notice has in a field: none, one or several values. */
const VALUES: Record<NoticeField, (notice: MatchableNotice) => readonly (string | number | null)[]> = {
  category: ({ category }) => [category],
  stage: ({ stage }) => [stage],
  county: ({ county }) => [county],
  publishedAt: ({ publishedAt }) => [publishedAt],
  closesAt: ({ closesAt }) => [closesAt],
  amountFen: ({ amountFen }) => [amountFen],
  projectId: ({ projectId }) => [projectId],
  buyer: ({ buyer }) => [buyer],
  agency: ({ agency }) => [agency],
  supplier: ({ suppliers }) => suppliers,
};

/** Instants are texts whose order is that of the times. */
const COMPARE: Record<NoticeClause['is'], (own: string | number, wanted: string | number) => boolean> = {
  '=': (own, wanted) => own === wanted,
  '<': (own, wanted) => own < wanted,
  '<=': (own, wanted) => own <= wanted,
  '>': (own, wanted) => own > wanted,
  '>=': (own, wanted) => own >= wanted,
};

function meetsFilter(filter: NoticeFilter, notice: MatchableNotice, at: Instant): boolean {
  return toClauses(filter, at).every(({ field, is, value }) =>
    VALUES[field](notice).some((own) => own !== null && COMPARE[is](own, value)),
  );
}

function meetsReading({ scope, phrases, code }: Reading, notice: MatchableNotice): boolean {
  if (code !== undefined && !notice.codes.some((own) => compactCode(own).includes(code))) return false;
  return phrases.every((phrase) => holds(scope === 'head' ? notice.head : notice.words, phrase));
}

function holds(text: string, { words, prefix }: Phrase): boolean {
  return text.includes(` ${words.join(' ')}${prefix ? '' : ' '}`);
}
