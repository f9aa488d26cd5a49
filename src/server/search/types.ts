import type { NoticeFilterKey } from '#src/domain/notices/notice-filter.ts';
import type { Condition } from '#src/domain/search/conditions.ts';
import type { Scope } from '#src/domain/search/plan.ts';
import type { Rewriting } from '#src/domain/search/synonyms.ts';
import type { NoticePage, NoticeSummary } from '#src/domain/site/views.ts';

/** A stretch of text; `mark` where it is what was looked for. */
export interface Segment {
  text: string;
  mark: boolean;
}

export interface SearchHit extends NoticeSummary {
  /** The whole title. */
  titleSegments: Segment[];
  /** About 120 characters of the body around the best place; empty when the notice has no body. */
  snippetSegments: Segment[];
}

/** How a query was read, in the words of the query. */
export interface SearchPlan {
  /** What had to stand in every hit. */
  words: string[];
  /** Quoted parts. */
  phrases: string[];
  /** What must not stand in any hit. */
  excluded: string[];
  /** Parts that were recognised as codes, in compact form. */
  codes: string[];
  /** Short names that were also read as the printed ones. */
  rewritten: Rewriting[];
  /** Set when nothing was found as typed and the answer is for another text: "已为您搜索 to". */
  corrected: Rewriting | null;
  /** Words that were left out because nothing held all of them. */
  dropped: string[];
  /** Words that were read as filters: what was typed, and what it asks for. */
  conditions: { typed: string; label: string; kind: Condition['kind'] }[];
  /** The query as text that is read as it stands, and its hits where they were counted; null when it was read so. */
  literal: { q: string; total: number | null } | null;
  /** Set when the words as typed have few hits, which lead, and others follow: their words stand apart, or some are missing. */
  loose: { whole: string[]; strict: number; without: string[]; isCut: boolean } | null;
  /** What is counted: hits in title, buyer and place; with suppliers and agencies; with the body; or with a code. */
  scope: Scope | 'code';
}

/** What one dropped filter would give. */
export interface FilterHelp {
  key: NoticeFilterKey;
  total: number;
}

export type SearchEngineName = 'meilisearch' | 'fts5';

/** Why the built-in index answers: the engine does not, or its index lacks changes that the built-in one has. */
export type Fallback = 'unavailable' | 'behind';

/** A page of search results. `total` and `facets` are exact; hits are read from the database, never from the engine. */
export interface SearchPage extends Omit<NoticePage, 'items'> {
  items: SearchHit[];
  engine: SearchEngineName;
  /** Why it is not the engine that answers; null when it is, or when nothing had to be looked for. */
  fallback: Fallback | null;
  /** True when the index that answered lacks changes that have been there for seconds: `asOf` says since when. */
  behind: boolean;
  /** Null when there was no search text. */
  plan: SearchPlan | null;
  /** Hits in title, buyer and place, and anywhere, under all filters; null when there was no search text. */
  counts: { subject: number; all: number } | null;
  /** On zero hits: each filter whose removal gives hits, most hits first. */
  help: FilterHelp[];
  /** Why the text asks for nothing: it has signs alone, or only words that must not stand there. */
  nothingAsked: 'symbols' | 'excluded' | null;
  /** On zero hits: how many there are without any filter. */
  without: number;
}
