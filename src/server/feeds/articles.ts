import type { Db } from '#db/client.ts';
import { ARTICLE_KINDS, ARTICLE_SECTIONS } from '#src/domain/articles/kinds.ts';
import { type ArticleQuery, articleFeedUrl, articlesUrl, articleUrl } from '#src/domain/articles/urls.ts';
import type { ArticleSummary } from '#src/domain/articles/views.ts';
import { CATEGORIES } from '#src/domain/categories.ts';
import type { FeedFormat } from '#src/domain/feeds/urls.ts';
import { stableUrn } from '#src/domain/identifiers/ids.ts';
import { absoluteUrl } from '#src/domain/site/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listLatestArticles } from '../articles/list.ts';
import { type FeedSite, writeFeed } from './syndication.ts';

/** Articles in a feed. */
const FEED_LENGTH = 50;

/** The articles of a list that were published or corrected last, as a feed. `asOf` stands for its time while it has none. */
export function formatArticleFeed(
  db: Db,
  { format, site, query, asOf }: { format: FeedFormat; site: FeedSite; query: ArticleQuery; asOf: Instant },
): string {
  const articles = listLatestArticles(db, query, FEED_LENGTH);
  const head = {
    id: [site.name, 'articles', articlesUrl(query)],
    title: describe(query),
    page: absoluteUrl(site.url, articlesUrl(query)),
    address: absoluteUrl(site.url, articleFeedUrl(format, query)),
    updated: articles[0]?.updatedAt ?? asOf,
  };
  return writeFeed(
    format,
    site,
    head,
    articles.map((article) => toItem(site, article)),
  );
}

/** What is in a feed, in words: `政策解读 · 政府采购 · 采购`. */
function describe({ section, kind, category, q }: ArticleQuery): string {
  const what = kind ? ARTICLE_KINDS[kind].label : section ? ARTICLE_SECTIONS[section] : '政务信息';
  return [what, category && CATEGORIES[category].label, q].filter(Boolean).join(' · ');
}

function toItem(site: FeedSite, { id, title, summary, kind, issuer, number, version, ...times }: ArticleSummary) {
  const { publishedAt, updatedAt } = times;
  const facts = [ARTICLE_KINDS[kind].label, issuer, number, version > 1 ? `第 ${version} 版` : ''].filter(Boolean);
  return {
    ...{ id: stableUrn('article', id), link: absoluteUrl(site.url, articleUrl(id)), title },
    ...{ summary: [...facts, summary].join('；'), content: [facts.join('；'), summary], publishedAt, updatedAt },
  };
}
