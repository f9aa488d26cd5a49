import type { NoticeFilterKey } from '#src/domain/notices/notice-filter.ts';
import type { Rewriting } from '#src/domain/search/aliases.ts';
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
  /** Where all of it was found: `head` is title, parties and place; `all` includes the body; `code` is a code. */
  scope: 'head' | 'all' | 'code';
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
  /** On zero hits: each filter whose removal gives hits, most hits first. */
  help: FilterHelp[];
}
