import { homeUrl, listUrl, noticeUrl } from '#src/domain/site/urls.ts';
import { formatCursor } from '#src/server/notices/cursor.ts';
import type { CorpusNotice } from '../search-quality/corpus.ts';

/** A page of the site, and how it is asked for so that it is answered from memory or rendered. */
export interface PageKind {
  name: 'home' | 'list' | 'notice';
  note: string;
  cached(corpus: readonly CorpusNotice[]): string;
  /** Addresses that are asked for in turn; more of them than the HTTP server keeps, so that none is found there. */
  uncached(corpus: readonly CorpusNotice[]): string[];
  /** A request that says who it is from is never answered from memory. */
  cookie?: string;
}

/** Addresses of list pages that begin behind each of the notices. */
function listPages(corpus: readonly CorpusNotice[]): string[] {
  const at = new Date().toISOString();
  return corpus.map(({ id, publishedAt }) =>
    listUrl({ cursor: formatCursor({ sort: 'published', segment: 0, key: publishedAt, id, at }) }),
  );
}

const noticePages = (corpus: readonly CorpusNotice[]) => corpus.map(({ id }) => noticeUrl(id));

/** The kinds of pages that are measured. */
export const PAGES: readonly PageKind[] = [
  {
    name: 'home',
    note: 'uncached means the same address with a cookie, which the HTTP server never answers from memory.',
    cached: homeUrl,
    uncached: () => [homeUrl()],
    cookie: 'bench=1',
  },
  {
    name: 'list',
    note: 'uncached means a list of 20 that begins at another notice each time (cursor), so that no address repeats while it is kept.',
    cached: () => listUrl(),
    uncached: listPages,
  },
  {
    name: 'notice',
    note: 'uncached means another notice each time.',
    cached: (corpus) => noticePages(corpus)[0] ?? '',
    uncached: noticePages,
  },
];
