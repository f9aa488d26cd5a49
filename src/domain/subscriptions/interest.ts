import type { Category } from '../categories.ts';
import type { County } from '../counties/counties.ts';
import { compactCode } from '../identifiers/code-keys.ts';
import type { Fen } from '../money/money.ts';
import { type NoticeClause, type NoticeField, type NoticeFilter, toClauses } from '../notices/notice-filter.ts';
import { type Level, type PlanOptions, planQuery, type Scope } from '../search/plan.ts';
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
  tenderers: readonly string[];
  /** Codes of project and lot, as they stand. */
  codes: readonly string[];
  /** Title, buyer and place as opaque words (`toGrams`). */
  subject: string;
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
  /** Words that are filters: of each list one must hold. */
  conditions: readonly (readonly NoticeClause[])[];
}

/** Ways in which one text may be met: every choice of spellings is one. */
const MOST_READINGS = 64;

/**
 * Reads a filter's text as the search does: words that are filters; what was typed anywhere, in every spelling; the words that it is
 * cut into in title, parties and place; or a code. Only the loosest reading of the search is left out: words scattered over a
 * body are worth a look at the end of a list, but no message. `options` are those of the search: with them words mean the same in both.
 */
export function toInterest(filter: NoticeFilter, options: PlanOptions = {}): Interest {
  const query = parseQuery(filter.q ?? '');
  const { levels, conditions } = planQuery(query, options);
  const coded = query.codes.map(({ compact, start, end }): Reading => {
    const rest = query.terms.filter((_, index) => index < start || index >= end);
    return { scope: 'all', code: compact, phrases: rest.map(({ text }) => toPhrase(text)) };
  });
  const worded = levels
    .filter(({ without }) => without.length === 0)
    .flatMap((level) => chooseSpellings(level).map((phrases): Reading => ({ scope: toScope(filter, level), phrases })));
  return {
    filter,
    readings: worded.length > 0 || conditions.length === 0 ? [...worded, ...coded] : [],
    excluded: query.excluded.map(toPhrase),
    conditions: conditions.flatMap(({ clauses }) => clauses),
  };
}

function toScope({ scope }: NoticeFilter, { isCut }: Level): Scope {
  if (scope === 'subject') return 'subject';
  return isCut ? 'head' : 'all';
}

function chooseSpellings({ slots }: Level): Phrase[][] {
  return slots.reduce<Phrase[][]>(
    (chosen, { alternatives }) =>
      alternatives.flatMap((own) => chosen.map((phrases) => [...phrases, ...own])).slice(0, MOST_READINGS),
    [[]],
  );
}

/** True when a notice is what someone asked to be told of. `at` is the instant that "open" is judged by. */
export function isOfInterest(interest: Interest, notice: MatchableNotice, at: Instant): boolean {
  const { filter, readings, excluded, conditions } = interest;
  if (!meetsFilter(filter, notice, at)) return false;
  if (!conditions.every((anyOf) => anyOf.some((clause) => meetsClause(clause, notice)))) return false;
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
  tenderer: ({ tenderers }) => tenderers,
};

/** Instants are texts whose order is that of the times. */
const COMPARE: Record<NoticeClause['is'], (own: string | number, wanted: string | number) => boolean> = {
  '=': (own, wanted) => own === wanted,
  '<': (own, wanted) => own < wanted,
  '<=': (own, wanted) => own <= wanted,
  '>': (own, wanted) => own > wanted,
  '>=': (own, wanted) => own >= wanted,
};

const meetsFilter = (filter: NoticeFilter, notice: MatchableNotice, at: Instant) =>
  toClauses(filter, at).every((clause) => meetsClause(clause, notice));

function meetsClause({ field, is, value }: NoticeClause, notice: MatchableNotice): boolean {
  return VALUES[field](notice).some((own) => own !== null && COMPARE[is](own, value));
}

const TEXTS: Record<Scope, (notice: MatchableNotice) => string> = {
  subject: ({ subject }) => subject,
  head: ({ head }) => head,
  all: ({ words }) => words,
};

function meetsReading({ scope, phrases, code }: Reading, notice: MatchableNotice): boolean {
  if (code !== undefined && !notice.codes.some((own) => compactCode(own).includes(code))) return false;
  return phrases.every((phrase) => holds(TEXTS[scope](notice), phrase));
}

function holds(text: string, { words, prefix }: Phrase): boolean {
  return text.includes(` ${words.join(' ')}${prefix ? '' : ' '}`);
}
