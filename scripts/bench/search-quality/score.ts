import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { SearchPage } from '#src/server/search/types.ts';
import type { CorpusNotice } from './corpus.ts';
import { gradeOf, type JudgedQuery } from './queries.ts';

export interface QueryScore {
  query: JudgedQuery;
  ndcg: number;
  first: number;
  /** Nothing found although something is there, or something found although nothing is. */
  zeroHit: boolean;
  /** Paging to the end gave exactly `total` different notices, and each facet adds up to it. */
  exact: boolean;
  total: number;
  relevant: number;
}

export type Searcher = (filter: NoticeFilter) => Promise<SearchPage>;

const gain = (grade: number, rank: number) => (2 ** grade - 1) / Math.log2(rank + 2);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Walks to the last page; a result of thousands is walked in pages of 200. */
async function isExact(search: Searcher, filter: NoticeFilter, first: SearchPage): Promise<boolean> {
  const ids = new Set<string>();
  let seen = 0;
  let cursor: string | null | undefined;
  do {
    const page = await search({ ...filter, limit: 200, ...(cursor ? { cursor } : {}) });
    for (const { id } of page.items) ids.add(id);
    seen += page.items.length;
    if (page.total !== first.total) return false;
    cursor = page.next;
  } while (cursor);
  const stages = sum(Object.values(first.facets.stage));
  return ids.size === first.total && seen === first.total && (filter.stage !== undefined || stages === first.total);
}

/** Scores one query against the grades of the whole corpus. */
export async function scoreQuery(
  search: Searcher,
  corpus: ReadonlyMap<string, CorpusNotice>,
  query: JudgedQuery,
): Promise<QueryScore> {
  const grades = new Map<string, number>();
  for (const [id, notice] of corpus) {
    const grade = gradeOf(notice, query);
    if (grade > 0) grades.set(id, grade);
  }
  const filter = { ...query.filter, q: query.q };
  const page = await search({ ...filter, limit: 10 });
  const got = page.items.map(({ id }) => grades.get(id) ?? 0);
  const ideal = [...grades.values()].sort((a, b) => b - a).slice(0, 10);
  const best = sum(ideal.map(gain));
  const nothing = grades.size === 0;
  // What is said to be for other words is no false answer.
  const isSaid = page.plan !== null && (page.plan.corrected !== null || page.plan.dropped.length > 0);
  const clean = nothing && (page.total === 0 || isSaid);
  return {
    query,
    ndcg: nothing ? Number(clean) : sum(got.map(gain)) / best,
    first: nothing ? Number(clean) : Number((got[0] ?? 0) > 0 && got[0] === ideal[0]),
    zeroHit: nothing ? !clean : page.total === 0,
    exact: await isExact(search, filter, page),
    total: page.total,
    relevant: grades.size,
  };
}
