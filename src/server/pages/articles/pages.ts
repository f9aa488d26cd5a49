import { kindsOf } from '#src/domain/articles/kinds.ts';
import { type ArticleQuery, articleUrl } from '#src/domain/articles/urls.ts';
import type { ArticleSummary, ArticleView, Erratum } from '#src/domain/articles/views.ts';
import { CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import { GUIDE_SLUG } from '#src/domain/disclosure/guide.ts';
import type { Difference } from '#src/domain/drafts/difference.ts';
import { GoneError, NotFoundError } from '#src/domain/errors.ts';
import { absoluteUrl } from '#src/domain/site/urls.ts';
import { seededId } from '#src/publish/articles/seed.ts';
import { listErrata } from '../../articles/errata.ts';
import { ARTICLE_PAGE, listArticles, listArticlesOf } from '../../articles/list.ts';
import { parseArticleQuery } from '../../articles/query.ts';
import { getArticle, listChanges } from '../../articles/read.ts';
import { getConfig } from '../../config.ts';
import { webDb } from '../../db.ts';
import { refuseParameters } from '../../parameters.ts';
import type { Asked } from '../asked.ts';

export interface ArticleListPage {
  query: ArticleQuery;
  items: ArticleSummary[];
  total: number;
  /** Number of the last page, at least 1. */
  pages: number;
}

/** An article with what each of its versions changed, by their numbers. */
export interface ArticlePage {
  article: ArticleView;
  changes: Map<number, Difference[]>;
}

/** An article with its absolute address. @throws NotFoundError, GoneError */
export function loadArticle({ params, url }: Asked): ArticlePage & { address: string } {
  refuseParameters(url.searchParams);
  const article = getArticle(webDb(), params.id ?? '');
  const address = absoluteUrl(getConfig().SITE_URL, articleUrl(article.id));
  return { article, address, changes: listChanges(webDb(), article.id) };
}

/** Articles of a query. @throws InputError */
export function loadArticles({ url }: Asked): ArticleListPage {
  return toPage(parseArticleQuery(url.searchParams));
}

/** Laws, documents and interpretations, all of them where nothing is looked for. @throws InputError */
export function loadPolicies({ url }: Asked): ArticleListPage & { byKind: Map<string, ArticleSummary[]> | null } {
  const query = parseArticleQuery(url.searchParams);
  const asked = Object.keys(query).length > 0;
  const all = asked ? [] : listArticlesOf(webDb(), kindsOf('policies'));
  return {
    ...toPage({ ...query, section: 'policies' }),
    byKind: asked ? null : Map.groupBy(all, ({ kind }) => kind),
  };
}

function toPage(query: ArticleQuery): ArticleListPage {
  const { items, total } = listArticles(webDb(), query);
  return { query, items, total, pages: Math.max(1, Math.ceil(total / ARTICLE_PAGE)) };
}

/** What is to be done, by category. */
export function loadGuides({ url }: Asked): { byCategory: [Category, ArticleSummary[]][]; others: ArticleSummary[] } {
  refuseParameters(url.searchParams);
  const all = listArticlesOf(webDb(), kindsOf('guides'));
  return {
    byCategory: CATEGORY_SLUGS.map((category) => [category, all.filter((each) => each.category === category)]),
    others: all.filter(({ category }) => category === null),
  };
}

/** The guide of a category with all of its steps, and what else there is. @throws NotFoundError for a category that there is not */
export function loadGuide({ params, url }: Asked): {
  category: Category;
  guide: ArticleView | null;
  others: ArticleSummary[];
} {
  refuseParameters(url.searchParams);
  const category = CATEGORY_SLUGS.find((slug) => slug === params.category);
  if (!category) throw new NotFoundError();
  const all = listArticlesOf(webDb(), kindsOf('guides')).filter((each) => each.category === category);
  // The office's own guide stands before the general one.
  const guides = all.filter(({ kind }) => kind === 'guide');
  const first = guides.find(({ nature }) => nature === 'own') ?? guides[0];
  const policies = listArticlesOf(webDb(), kindsOf('policies')).filter((each) => each.category === category);
  return {
    category,
    guide: first ? getArticle(webDb(), first.id) : null,
    others: [...all.filter(({ id }) => id !== first?.id), ...policies],
  };
}

/** What was wrong on this site, and what is right. */
export function loadErrata({ url }: Asked): { errata: Erratum[] } {
  refuseParameters(url.searchParams);
  return { errata: listErrata(webDb()) };
}

/** The page of help: the questions that are asked most, where they are there. */
export function loadHelp({ url }: Asked): { faq: ArticleView | null } {
  refuseParameters(url.searchParams);
  return { faq: findSeeded('faq')?.article ?? null };
}

/** The guide to disclosure with its versions; null where it was taken back. */
export function loadDisclosureGuide({ url }: Asked): { guide: ArticlePage | null } {
  refuseParameters(url.searchParams);
  return { guide: findSeeded(GUIDE_SLUG) };
}

/** An article that came with the software; null where it is not public. */
function findSeeded(slug: string): ArticlePage | null {
  const id = seededId(slug);
  try {
    return { article: getArticle(webDb(), id), changes: listChanges(webDb(), id) };
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof GoneError) return null;
    throw error;
  }
}
