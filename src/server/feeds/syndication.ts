import { Feed } from 'feed';
import { FEED_FORMATS, type FeedFormat, feedPageUrl, feedUrl } from '#src/domain/feeds/urls.ts';
import { stableUrn } from '#src/domain/identifiers/ids.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { describeFilter } from '#src/domain/notices/notice-filter.ts';
import { absoluteUrl, listUrl, noticeUrl, searchUrl } from '#src/domain/site/urls.ts';
import { toFilterText } from '#src/domain/subscriptions/filter.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listLines, toXmlText } from './entry-text.ts';
import type { FeedEntry } from './list.ts';

/** The site that a feed belongs to. `url` is the configured address without a slash at the end. */
export interface FeedSite {
  url: string;
  name: string;
}

export interface FeedContent {
  site: FeedSite;
  filter: NoticeFilter;
  entries: readonly FeedEntry[];
  /** When the data was last confirmed; stands for the feed's own time while it has no entries. */
  asOf: Instant;
  /** Cursor of the next page; null on the last. */
  next: string | null;
  /** Title of the project that the filter names. */
  projectTitle?: string | undefined;
}

/** The text of a feed. Ids are made of those of notices alone: they outlast the site's address. */
export function formatFeed(format: FeedFormat, content: FeedContent): string {
  const { site, filter, entries, asOf, projectTitle } = content;
  const newest = entries
    .map(({ updatedAt }) => updatedAt)
    .toSorted()
    .at(-1);
  const page = absoluteUrl(site.url, filter.q ? searchUrl(filter) : listUrl(filter));
  const title = toXmlText(`${describeFilter(filter, projectTitle)} - ${site.name}`);
  const feed = new Feed({
    id: stableUrn('feed', site.name, toFilterText(filter)),
    title,
    description: title,
    link: page,
    language: 'zh-CN',
    updated: new Date(newest ?? asOf),
    generator: 'Tongming',
    author: { name: site.name },
    feedLinks: { [format]: absoluteUrl(site.url, feedUrl(format, filter)) },
  });
  for (const entry of entries) feed.addItem(toItem(site, entry, format));
  return WRITERS[format](feed, content);
}

const WRITERS: Record<FeedFormat, (feed: Feed, content: FeedContent) => string> = {
  rss: (feed) => feed.rss2(),
  atom: (feed) => feed.atom1(),
  json: (feed, { site, filter, next }) => {
    const written = JSON.parse(feed.json1()) as object;
    const more = next === null ? {} : { next_url: absoluteUrl(site.url, feedPageUrl('json', filter, next)) };
    return JSON.stringify({ ...written, ...more });
  },
};

/** Media type of a feed's answer. */
export const feedMediaType = (format: FeedFormat): string => `${FEED_FORMATS[format].mediaType}; charset=utf-8`;

/** Summaries are read as HTML in RSS and Atom, and as plain text in JSON Feed; titles as HTML in Atom alone (RFC 4287 §3.1.1.2). */
function toItem(site: FeedSite, entry: FeedEntry, format: FeedFormat) {
  const link = absoluteUrl(site.url, noticeUrl(entry.id));
  const lines = listLines(entry);
  const title = toXmlText(entry.title);
  const summary = toXmlText(lines.join('；'));
  const content = [...lines, ...(entry.excerpt ? [`${entry.excerpt}…`] : [])];
  return {
    id: stableUrn('notice', entry.id),
    guid: stableUrn('notice', entry.id),
    link,
    title: format === 'atom' ? toHtml(title) : title,
    description: format === 'json' ? summary : toHtml(summary),
    content: content.map((line) => `<p>${toHtml(toXmlText(line))}</p>`).join(''),
    published: new Date(entry.publishedAt),
    date: new Date(entry.updatedAt),
  };
}

function toHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
