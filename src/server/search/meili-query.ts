import type { MultiSearchQuery } from 'meilisearch';
import type { NoticeFilter } from '#src/domain/notice-filter.ts';
import type { Phrase } from '#src/domain/search/text.ts';
import { addDays, startOfDay } from '#src/domain/time.ts';
import { DIMENSIONS, type SearchStep } from './backend.ts';
import { INDEX_UID } from './settings.ts';

/** Instants as the index holds them: whole seconds since 1970. */
export const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);

/** A filter value as a quoted literal: nothing a person typed can end it. */
export function quoteValue(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** Engine filters for a notice filter, all of which must hold. */
export function toEngineFilter(filter: NoticeFilter, at: string, exclude: readonly string[]): string[] {
  const parts: string[] = [];
  for (const key of DIMENSIONS) if (filter[key]) parts.push(`${key} = ${quoteValue(filter[key])}`);
  if (filter.buyer) parts.push(`buyer = ${quoteValue(filter.buyer)}`);
  if (filter.supplier) parts.push(`suppliers = ${quoteValue(filter.supplier)}`);
  if (filter.from) parts.push(`publishedAt >= ${seconds(startOfDay(filter.from))}`);
  if (filter.to) parts.push(`publishedAt < ${seconds(addDays(startOfDay(filter.to), 1))}`);
  if (filter.min !== undefined) parts.push(`amountFen >= ${filter.min}`);
  if (filter.max !== undefined) parts.push(`amountFen <= ${filter.max}`);
  if (filter.status) parts.push(`deadlineAt ${filter.status === 'open' ? '>' : '<='} ${seconds(at)}`);
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
