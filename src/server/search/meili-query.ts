import type { MultiSearchQuery } from 'meilisearch';
import { type NoticeField, type NoticeFilter, toClauses } from '#src/domain/notices/notice-filter.ts';
import type { Step } from '#src/domain/search/plan.ts';
import type { Phrase } from '#src/domain/search/text.ts';
import type { SearchStep } from './backend.ts';
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
  supplier: { attribute: 'suppliers', write: (value) => quoteValue(String(value)) },
};

/** Engine filters for a notice filter, all of which must hold. */
export function toEngineFilter(filter: NoticeFilter, at: string, exclude: readonly string[]): string[] {
  const parts = toClauses(filter, at).map(({ field, is, value }) => {
    const { attribute, write } = ATTRIBUTES[field];
    return `${attribute} ${is} ${write(value)}`;
  });
  if (exclude.length > 0) parts.push(`id NOT IN [${exclude.map(quoteValue).join(', ')}]`);
  return parts;
}

/** Phrases of a step as query text: quoted; the one that ends in the beginning of a word comes last, that word unquoted. */
export function toQueryText(phrases: readonly Phrase[]): string {
  const whole = phrases.filter(({ prefix }) => !prefix).map(({ words }) => `"${words.join(' ')}"`);
  const open = phrases
    .filter(({ prefix }) => prefix)
    .flatMap(({ words }) => [...(words.length > 1 ? [`"${words.slice(0, -1).join(' ')}"`] : []), words.at(-1) ?? '']);
  return [...whole, ...open].join(' ');
}

/** The engine looks at so many words and phrases of a query, and silently ignores the others. */
const MOST_PHRASES = 10;

/** True when the engine looks for every phrase of a step. */
export function fitsEngine({ phrases }: Step): boolean {
  const parts = phrases.reduce((sum, { prefix, words }) => sum + (prefix && words.length > 1 ? 2 : 1), 0);
  return parts <= MOST_PHRASES;
}

const HEAD = ['title', 'parties', 'place'];

/** A step's query for ids under engine filters. */
export function baseQuery(step: SearchStep, filter: string[]): MultiSearchQuery {
  return {
    indexUid: INDEX_UID,
    q: toQueryText(step.phrases),
    ...(step.scope === 'head' ? { attributesToSearchOn: HEAD } : {}),
    matchingStrategy: 'all',
    attributesToRetrieve: ['id'],
    filter,
  };
}
