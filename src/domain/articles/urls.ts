import type { Category } from '../categories.ts';
import type { FeedFormat } from '../feeds/urls.ts';
import { parameterNames } from '../notices/filter-definition.ts';
import { ARTICLE_FILTERS } from './filter.ts';
import type { ArticleKind, ArticleSection } from './kinds.ts';

/** Address of an article. Stable for ever. */
export const articleUrl = (id: string): string => `/article/${id}`;

/** Filters of the list of articles. */
export interface ArticleQuery {
  section?: ArticleSection | undefined;
  kind?: ArticleKind | undefined;
  category?: Category | undefined;
  q?: string | undefined;
  page?: number | undefined;
}

/** Names of the parameters, in the order in which addresses have them. */
export const ARTICLE_PARAMETERS = parameterNames(ARTICLE_FILTERS);

export const articlesUrl = (query: ArticleQuery = {}): string => withQuery('/articles', query);
export const policiesUrl = (query: Pick<ArticleQuery, 'kind' | 'q' | 'page'> = {}): string =>
  withQuery('/policies', query);
/** What is to be done, by category. */
export const guidesUrl = (category?: Category): string => (category ? `/guides/${category}` : '/guides');
export const videosUrl = (): string => articlesUrl({ kind: 'media' });
/** What was wrong on this site, and what is right. */
export const errataUrl = (): string => '/errata';
/** Rating of disclosure. */
export const ratingUrl = (): string => '/rating';
export const helpPageUrl = (): string => '/help';
/** Feed of a list, what was published or corrected last first. */
export const articleFeedUrl = (format: FeedFormat, query: ArticleQuery = {}): string =>
  withQuery(`/feeds/articles.${format}`, { ...query, page: undefined });
/** JSON twins. */
export const apiArticlesUrl = (query: ArticleQuery = {}): string => withQuery('/api/v1/articles', query);
export const apiArticleUrl = (id: string): string => `/api/v1/articles/${id}`;

function withQuery(path: string, query: ArticleQuery): string {
  const given = ARTICLE_PARAMETERS.flatMap((key): [string, string][] => {
    const value = query[key];
    return value === undefined || value === '' || value === 1 ? [] : [[key, String(value)]];
  });
  const text = new URLSearchParams(given).toString();
  return text === '' ? path : `${path}?${text}`;
}
