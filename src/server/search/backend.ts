import type { NoticeClause, NoticeFilter, NoticeSort } from '#src/domain/notices/notice-filter.ts';
import type { Step } from '#src/domain/search/plan.ts';
import type { Phrase } from '#src/domain/search/text.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { Tally } from '../notices/tally.ts';
import type { SearchEngineName } from './types.ts';

/** A step of the plan, or a look-up of notices whose code holds every one of `codes` (compact form). */
export interface SearchStep extends Step {
  codes?: readonly string[];
  /** What this step finds is left out: the narrower one before it. */
  minus?: Step;
}

/** What every query of one search shares. */
export interface SearchContext {
  filter: NoticeFilter;
  /** Words of the query that are filters: of each list one must hold. */
  conditions: readonly (readonly NoticeClause[])[];
  /** What "open" is judged by. */
  at: Instant;
  /** Notices that are no longer public but may still be in the index. */
  hidden: readonly string[];
}

export interface PageRequest {
  sort: NoticeSort;
  /** Ids that stand elsewhere in the result. */
  exclude: readonly string[];
  offset: number;
  /** 0: only the counts are wanted. */
  limit: number;
}

/** What a step finds. */
export interface Found {
  /** The ids asked for, under all filters. */
  ids: string[];
  /** Exact numbers of hits under all filters but those by category, stage and county: total and facets are their sums. */
  tallies: readonly Tally[];
}

/** A reading with this many hits answers alone; fewer lead, and a looser one follows, which the answer says. */
export const ENOUGH = 10;
/** So many first hits are put in order by what they say; those behind them stand as the index gives them. */
export const WINDOW = 100;

/** One way of answering steps: the engine or the built-in index. */
export interface Backend {
  readonly name: SearchEngineName;
  /** The same page of each step. */
  find(steps: readonly SearchStep[], context: SearchContext, request: PageRequest): Promise<Found[]>;
  /** Number of notices that hold each phrase anywhere. */
  countPhrases(phrases: readonly Phrase[]): Promise<number[]>;
}

/** The filters that have facets; how a query is read does not depend on them, so facet counts come out as totals. */
export const DIMENSIONS = ['category', 'stage', 'county'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The filter without category, stage and county. */
export function withoutDimensions(filter: NoticeFilter): NoticeFilter {
  const { category: _category, stage: _stage, county: _county, ...rest } = filter;
  return rest;
}

/** True when the filter holds a category, stage or county. */
export function hasFacets(filter: NoticeFilter): boolean {
  return DIMENSIONS.some((key) => filter[key]);
}
