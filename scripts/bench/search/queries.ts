import { countyDefinition } from '#src/domain/counties/counties.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { planQuery, stepsOf } from '#src/domain/search/plan.ts';
import { parseQuery } from '#src/domain/search/query.ts';
import { filterQuery } from '#src/domain/site/urls.ts';
import { baseQuery, toEngineFilter } from '#src/server/search/meili-query.ts';
import type { CorpusNotice } from '../search-quality/corpus.ts';
import { toPlainQuery } from './plain-index.ts';

const PAGE_SIZE = 20;

/** One search: what the API is asked, and what the engine is asked in its place. */
export interface BenchQuery {
  /** Path and query of the API. */
  address: string;
  /** Body for the plain index: the same question, for the same content. */
  plain: string;
  /** Body for our own index: the ids of the strictest reading, without any text. */
  idsOnly: string;
}

/** A piece of a title, beginning at a place that depends on the number. */
const piece = ({ title }: CorpusNotice, number: number, length: number) => {
  const start = number % Math.max(1, title.length - length);
  return title.slice(start, start + length);
};

/** What people ask, in turn: a word, place and words, a buyer, words under filters, a long piece since a day. */
const SHAPES: readonly ((notice: CorpusNotice, number: number) => NoticeFilter)[] = [
  (notice, number) => ({ q: piece(notice, number, 2 + (number % 3)) }),
  (notice, number) => ({ q: `${countyDefinition(notice.county).short} ${piece(notice, number, 3)}` }),
  (notice) => ({ q: notice.buyer }),
  (notice, number) => ({ q: piece(notice, number, 2), county: notice.county, category: notice.category }),
  (notice, number) => ({ q: piece(notice, number, 5), from: notice.publishedAt.slice(0, 10) }),
];

/** The engine's query for the strictest reading: all words in title, parties or place; page, exact total and facets. */
function toIdsOnly(filter: NoticeFilter): string {
  const [level] = planQuery(parseQuery(filter.q ?? '')).levels;
  const [, step] = stepsOf(level ?? { slots: [] }, []);
  return JSON.stringify({
    ...(step ? baseQuery(step, toEngineFilter(filter, { at: new Date().toISOString(), conditions: [] }, [])) : {}),
    facets: ['category', 'stage', 'county'],
    page: 1,
    hitsPerPage: PAGE_SIZE,
  });
}

/** Up to `count` different searches over the corpus. Codes are left out: they are never the engine's to answer. */
export function makeQueries(corpus: readonly CorpusNotice[], count: number): BenchQuery[] {
  const queries = new Map<string, BenchQuery>();
  for (let number = 0; number < corpus.length && queries.size < count; number++) {
    const notice = corpus[(number * 7_919) % corpus.length];
    const filter = notice && SHAPES[number % SHAPES.length]?.(notice, number);
    if (!filter || parseQuery(filter.q ?? '').codes.length > 0) continue;
    const address = `/api/v1/search?${new URLSearchParams(filterQuery(filter))}`;
    queries.set(address, { address, plain: toPlainQuery(filter, PAGE_SIZE), idsOnly: toIdsOnly(filter) });
  }
  return [...queries.values()];
}
