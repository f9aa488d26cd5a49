import type { MultiSearchQuery } from 'meilisearch';
import {
  type NoticeClause,
  type NoticeField,
  type NoticeFilter,
  toClauses,
} from '#src/domain/notices/notice-filter.ts';
import type { Scope, Step } from '#src/domain/search/plan.ts';
import type { Phrase } from '#src/domain/search/text.ts';
import type { SearchContext, SearchStep } from './backend.ts';
import { INDEX_UID } from './settings.ts';

/** Instants as the index holds them: whole seconds since 1970. */
export const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);

/** A filter value as a quoted literal: nothing a person typed can end it. */
export function quoteValue(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** The attribute of the engine's documents that holds a field, and how its values are written. */
const ATTRIBUTES: Record<NoticeField, { attribute: string; write: (value: string | number) => string }> = {
  category: { attribute: 'category', write: (value) => quoteValue(String(value)) },
  stage: { attribute: 'stage', write: (value) => quoteValue(String(value)) },
  county: { attribute: 'county', write: (value) => quoteValue(String(value)) },
  publishedAt: { attribute: 'publishedAt', write: (value) => String(seconds(String(value))) },
  amountFen: { attribute: 'amountFen', write: String },
  closesAt: { attribute: 'deadlineAt', write: (value) => String(seconds(String(value))) },
  projectId: { attribute: 'projectId', write: (value) => quoteValue(String(value)) },
  buyer: { attribute: 'buyer', write: (value) => quoteValue(String(value)) },
  agency: { attribute: 'agency', write: (value) => quoteValue(String(value)) },
  tenderer: { attribute: 'tenderers', write: (value) => quoteValue(String(value)) },
  supplier: { attribute: 'suppliers', write: (value) => quoteValue(String(value)) },
};

function toEngineClause({ field, is, value }: NoticeClause): string {
  const { attribute, write } = ATTRIBUTES[field];
  return `${attribute} ${is} ${write(value)}`;
}

/** Engine filters for a notice filter and the words that are filters: all must hold, of a list one. */
export function toEngineFilter(
  filter: NoticeFilter,
  { at, conditions }: Pick<SearchContext, 'at' | 'conditions'>,
  exclude: readonly string[],
): (string | string[])[] {
  const parts: (string | string[])[] = toClauses(filter, at).map(toEngineClause);
  for (const anyOf of conditions) parts.push(anyOf.map(toEngineClause));
  if (exclude.length > 0) parts.push(`id NOT IN [${exclude.map(quoteValue).join(', ')}]`);
  return parts;
}

/** Phrases of a step as query text: quoted; a single character, which is the beginning of a word, comes last and unquoted. */
function toQueryText(phrases: readonly Phrase[]): string {
  const whole = phrases.filter(({ prefix }) => !prefix).map(({ words }) => `"${words.join(' ')}"`);
  const open = phrases.filter(({ prefix }) => prefix).flatMap(({ words }) => words);
  return [...whole, ...open].join(' ');
}

/** The engine looks at so many words and phrases of a query, and silently ignores the others. */
const MOST_PHRASES = 10;

/** The phrases of a step without choices; undefined where something may stand in the place of something else. */
function phrasesOf({ slots }: Step): readonly Phrase[] | undefined {
  return slots.every((slot) => slot.length === 1) ? slots.flatMap(([only]) => only ?? []) : undefined;
}

/** True when the engine looks for all that a step asks for: no choices, exclusions or codes, and not too many phrases. */
export function fitsEngine(step: SearchStep): boolean {
  const phrases = step.codes || step.minus || step.excluded.length > 0 ? undefined : phrasesOf(step);
  if (!phrases) return false;
  const open = phrases.filter(({ prefix }) => prefix);
  // The engine takes the last word alone for the beginning of one, and never inside a phrase: 128排 is more than it can look for.
  return phrases.length <= MOST_PHRASES && open.length <= 1 && open.every(({ words }) => words.length === 1);
}

/** The attributes of each scope; all of them where none are named. */
const ATTRIBUTES_OF: Record<Scope, string[] | undefined> = {
  subject: ['title', 'buyerText', 'place'],
  head: ['title', 'buyerText', 'place', 'parties'],
  all: undefined,
};

/** A step's query for ids under engine filters. */
export function baseQuery(step: SearchStep, filter: (string | string[])[]): MultiSearchQuery {
  const attributes = ATTRIBUTES_OF[step.scope];
  return {
    indexUid: INDEX_UID,
    q: toQueryText(phrasesOf(step) ?? []),
    ...(attributes ? { attributesToSearchOn: attributes } : {}),
    matchingStrategy: 'all',
    attributesToRetrieve: ['id'],
    filter,
  };
}
