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

/** What a feed says of itself. */
interface FeedHead {
  /** What its id is made of: parts that outlast the site's address. */
  id: readonly string[];
  title: string;
  /** Address of the page that shows the same. */
  page: string;
  /** Its own address. */
  address: string;
  updated: Instant;
  /** Address of its next page, which JSON Feed gives. */
  next?: string | undefined;
}

/** An entry of a feed. */
interface FeedItem {
  id: string;
  link: string;
  title: string;
  summary: string;
  /** Paragraphs of plain text. */
  content: readonly string[];
  publishedAt: Instant;
  updatedAt: Instant;
}

/** The text of a feed. Ids are made of those of notices alone: they outlast the site's address. */
export function formatFeed(format: FeedFormat, content: FeedContent): string {
  const { site, filter, entries, asOf, projectTitle, next } = content;
  const newest = entries
    .map(({ updatedAt }) => updatedAt)
    .toSorted()
    .at(-1);
  const head: FeedHead = {
    id: [site.name, toFilterText(filter)],
    title: describeFilter(filter, projectTitle),
    page: absoluteUrl(site.url, filter.q ? searchUrl(filter) : listUrl(filter)),
    address: absoluteUrl(site.url, feedUrl(format, filter)),
    updated: newest ?? asOf,
    next: next === null ? undefined : absoluteUrl(site.url, feedPageUrl(format, filter, next)),
  };
  return writeFeed(
    format,
    site,
    head,
    entries.map((entry) => toItem(site, entry)),
  );
}

/** The text of a feed of anything, in one of the three formats. */
export function writeFeed(format: FeedFormat, site: FeedSite, head: FeedHead, items: readonly FeedItem[]): string {
  const title = toXmlText(`${head.title} - ${site.name}`);
  const feed = new Feed({
    id: stableUrn('feed', ...head.id),
    title,
    description: title,
    link: head.page,
    language: 'zh-CN',
    updated: new Date(head.updated),
    generator: 'Tongming',
    author: { name: site.name },
    feedLinks: { [format]: head.address },
  });
  for (const item of items) feed.addItem(inFormat(item, format));
  if (format === 'rss') return feed.rss2();
  if (format === 'atom') return feed.atom1();
  const more = head.next === undefined ? {} : { next_url: head.next };
  return JSON.stringify({ ...(JSON.parse(feed.json1()) as object), ...more });
}

/** Media type of a feed's answer. */
export const feedMediaType = (format: FeedFormat): string => `${FEED_FORMATS[format].mediaType}; charset=utf-8`;

function toItem(site: FeedSite, entry: FeedEntry): FeedItem {
  const lines = listLines(entry);
  return {
    ...{ id: stableUrn('notice', entry.id), link: absoluteUrl(site.url, noticeUrl(entry.id)), title: entry.title },
    ...{ summary: lines.join('；'), content: [...lines, ...(entry.excerpt ? [`${entry.excerpt}…`] : [])] },
    ...{ publishedAt: entry.publishedAt, updatedAt: entry.updatedAt },
  };
}

/** Summaries are read as HTML in RSS and Atom, and as plain text in JSON Feed; titles as HTML in Atom alone (RFC 4287 §3.1.1.2). */
function inFormat({ id, link, content, publishedAt, updatedAt, ...item }: FeedItem, format: FeedFormat) {
  const [title, summary] = [toXmlText(item.title), toXmlText(item.summary)];
  return {
    ...{ id, guid: id, link },
    title: format === 'atom' ? toHtml(title) : title,
    description: format === 'json' ? summary : toHtml(summary),
    content: content.map((line) => `<p>${toHtml(toXmlText(line))}</p>`).join(''),
    published: new Date(publishedAt),
    date: new Date(updatedAt),
  };
}

function toHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
