import { z } from 'zod';
import { readRows, requireText } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { toAbsoluteUrl } from '#src/formats/links.ts';
import { escapeHtml } from '#src/formats/markup.ts';
import { parseTitle, tidy } from '#src/formats/text.ts';
import { childrenOf, childText, parseXmlRows, textOf, type XmlElement } from '#src/formats/xml.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import type { FeedAdapter, FeedPage, ParseContext } from '../types.ts';
import { findBody, listAttachments, readWholePage, requireBody } from './common/article.ts';
import { columnsSchema, findColumn } from './common/columns.ts';
import { readEnglishDate } from './common/rss-date.ts';

const settingsSchema = z.strictObject({
  feeds: z.array(z.strictObject({ url: z.url({ protocol: /^https?$/ }), column: z.string() })).min(1),
  columns: columnsSchema,
  /** Where the body stands on the notice's page; without, the feed's own text is the body. */
  bodySelectors: z.array(z.string()).default([]),
});
type Settings = z.infer<typeof settingsSchema>;

/** RSS 2.0 and Atom 1.0. */
export const syndication: FeedAdapter<Settings> = {
  key: 'syndication',
  name: 'RSS 2.0 / Atom',
  caveats: ['只含最近的条目；有 rel="next" 时接着读旧条目', '没有 guid 或 id 的条目以网址为编号'],
  settings: settingsSchema,
  lists: ({ feeds }) =>
    feeds.map(({ url }) => ({
      url,
      headers: { accept: 'application/rss+xml, application/atom+xml, application/xml' },
      expect: 'xml',
    })),
  parseList,
  detail: ({ url, bodyHtml }, { bodySelectors }) =>
    url && bodySelectors.length > 0 && bodyHtml === undefined ? { url, expect: 'html' } : undefined,
  parseDetail,
};

function parseList(bytes: Uint8Array, { settings, request }: ParseContext<Settings>): FeedPage {
  const { root, faults } = readRoot(bytes);
  const channel = root.name === 'rss' ? childrenOf(root, 'channel')[0] : root;
  if (!channel || (root.name !== 'rss' && root.name !== 'feed'))
    throw new FeedFormatError('返回的 XML 不是 RSS 2.0 或 Atom');
  const entries = root.name === 'rss' ? childrenOf(channel, 'item') : childrenOf(root, 'entry');
  const read = root.name === 'rss' ? fromItem : fromEntry;
  const column = columnOf(settings, request.url);
  const page = readRows(
    entries,
    (entry) => complete(read(entry, request.url), column, settings),
    (entry) => ({ raw: toMarkup(entry) }),
  );
  page.faults.push(...faults);
  const next = linkOf(channel, 'next', request.url);
  return {
    ...page,
    next: next && new URL(next).origin === new URL(request.url).origin ? { ...request, url: next } : undefined,
  };
}

/** An Atom document names its rows `entry`; what is not well-formed as one is read as the other. */
function readRoot(bytes: Uint8Array): ReturnType<typeof parseXmlRows> {
  try {
    return parseXmlRows(bytes, 'item');
  } catch {
    return parseXmlRows(bytes, 'entry');
  }
}

/** Further pages belong to the column of the feed they continue: the one with the longest common address. */
function columnOf({ feeds }: Settings, url: string): string {
  const shared = (other: string) => [...other].findIndex((character, index) => character !== url[index]);
  const length = (other: string) => (shared(other) < 0 ? other.length : shared(other));
  return feeds.reduce((best, feed) => (length(feed.url) > length(best.url) ? feed : best)).column;
}

interface Entry {
  id: string;
  title: string;
  published: string;
  modified: string;
  url: string | undefined;
  html: string;
  attachments: NoticeDraft['attachments'];
}

function fromItem(item: XmlElement, base: string): Entry {
  const guid = childrenOf(item, 'guid')[0];
  const link = toAbsoluteUrl(
    childText(item, 'link') || (guid?.attributes.get('isPermaLink') !== 'false' ? childText(item, 'guid') : ''),
    base,
  );
  const enclosures = childrenOf(item, 'enclosure').map((enclosure) => enclosure.attributes.get('url') ?? '');
  return {
    id: childText(item, 'guid') || link || '',
    title: childText(item, 'title'),
    published: childText(item, 'pubDate', 'dc:date'),
    modified: '',
    url: link,
    html: childText(item, 'content:encoded', 'description'),
    attachments: enclosures.flatMap((url) => toAttachment(url, '', base)),
  };
}

function fromEntry(entry: XmlElement, base: string): Entry {
  const enclosures = childrenOf(entry, 'link').filter((link) => link.attributes.get('rel') === 'enclosure');
  return {
    id: childText(entry, 'id'),
    title: childText(entry, 'title'),
    published: childText(entry, 'published', 'updated'),
    modified: childText(entry, 'updated'),
    url: linkOf(entry, 'alternate', base),
    html: atomHtml(childrenOf(entry, 'content')[0] ?? childrenOf(entry, 'summary')[0]),
    attachments: enclosures.flatMap((link) =>
      toAttachment(link.attributes.get('href') ?? '', link.attributes.get('title') ?? '', base),
    ),
  };
}

/** Atom text constructs: `text` is escaped here, `html` is markup as text, `xhtml` is markup as elements. */
function atomHtml(content: XmlElement | undefined): string {
  if (!content) return '';
  const type = content.attributes.get('type') ?? 'text';
  if (type === 'xhtml') return content.children.map(toMarkup).join('');
  return type === 'html' || type === 'text/html' ? textOf(content) : `<p>${escapeHtml(textOf(content))}</p>`;
}

function toMarkup(node: XmlElement | string): string {
  if (typeof node === 'string') return escapeHtml(node);
  const name = node.name.replace(/^.*:/, '');
  const attributes = [...node.attributes].map(
    ([key, value]) => ` ${key}="${escapeHtml(value).replace(/"/g, '&quot;')}"`,
  );
  return `<${name}${attributes.join('')}>${node.children.map(toMarkup).join('')}${name === 'br' || name === 'hr' || name === 'img' ? '' : `</${name}>`}`;
}

function linkOf(element: XmlElement, rel: string, base: string): string | undefined {
  const links = [...childrenOf(element, 'link'), ...childrenOf(element, 'atom:link')];
  const link = links.find((entry) => (entry.attributes.get('rel') ?? 'alternate') === rel);
  return toAbsoluteUrl(link?.attributes.get('href') ?? '', base);
}

function toAttachment(href: string, title: string, base: string): NoticeDraft['attachments'] {
  const url = toAbsoluteUrl(href, base);
  return url ? [{ name: tidy(title) || new URL(url).pathname.split('/').at(-1) || '附件', url }] : [];
}

function complete(entry: Entry, column: string, settings: Settings): NoticeDraft {
  const rawTitle = requireText(entry.title, '标题');
  const { title, district } = parseTitle(rawTitle);
  const published = requireText(readEnglishDate(entry.published), '发布时间');
  const modified = readEnglishDate(entry.modified);
  return {
    sourceItemId: requireText(entry.id, '编号').slice(0, 300),
    ...findColumn(settings.columns, column),
    title,
    rawTitle,
    published: { raw: published, field: 'published' },
    ...(modified && modified !== published ? { modified: { raw: modified, field: 'updated' } } : {}),
    countyText: district,
    url: entry.url,
    bodyHtml: settings.bodySelectors.length > 0 ? undefined : entry.html || undefined,
    attachments: entry.attachments,
    fields: {},
    extra: entry.published === published ? {} : { published: entry.published },
  };
}

function parseDetail(
  bytes: Uint8Array,
  draft: NoticeDraft,
  { settings, request }: ParseContext<Settings>,
): NoticeDraft {
  const $ = readWholePage(bytes);
  const attachments = [...draft.attachments, ...listAttachments($, settings.bodySelectors.join(','), request.url)];
  return { ...draft, attachments, bodyHtml: requireBody(findBody($, settings.bodySelectors), attachments, $) };
}
