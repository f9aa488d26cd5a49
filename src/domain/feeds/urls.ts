import { filterQuery, type UrlFilter } from '../site/urls.ts';

/** Formats of the feed of notices, as they end its address. */
export const FEED_FORMATS = {
  rss: { label: 'RSS', mediaType: 'application/rss+xml' },
  atom: { label: 'Atom', mediaType: 'application/atom+xml' },
  json: { label: 'JSON Feed', mediaType: 'application/feed+json' },
} as const satisfies Record<string, { label: string; mediaType: string }>;

export type FeedFormat = keyof typeof FEED_FORMATS;
export const FEED_FORMAT_KEYS = Object.keys(FEED_FORMATS) as [FeedFormat, ...FeedFormat[]];

/** Address of the feed of a list or search, what came last first whatever the order of the list. */
export const feedUrl = (format: FeedFormat, filter: UrlFilter = {}): string =>
  withFilter(`/feeds/notices.${format}`, filter);

/** Address of a further page of a feed. */
export const feedPageUrl = (format: FeedFormat, filter: UrlFilter, cursor: string): string =>
  `${feedUrl(format, filter)}${feedUrl(format, filter).includes('?') ? '&' : '?'}${new URLSearchParams({ cursor })}`;

/** Address of the calendar of the deadlines of a list or search. */
export const deadlinesUrl = (filter: UrlFilter = {}): string => withFilter('/feeds/deadlines.ics', filter);

/** A feed has an order and a length of its own. */
function withFilter(path: string, filter: UrlFilter): string {
  const query = filterQuery({ ...filter, sort: undefined, cursor: undefined, limit: undefined });
  return query.length > 0 ? `${path}?${new URLSearchParams(query)}` : path;
}
