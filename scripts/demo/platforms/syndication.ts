import { CATEGORIES, type Category } from '#src/domain/categories.ts';
import { makeColumns, toColumnMap } from './columns.ts';
import { listedTime, listedTitle } from './flaws.ts';
import { attachmentList, infoLine, page } from './pages.ts';
import { servedBody } from './served-body.ts';
import {
  escapeHtml,
  findColumn,
  listItems,
  type Page,
  type Platform,
  type Site,
  type SiteAnswer,
  type SiteRequest,
  slicePage,
} from './site.ts';
import type { FeedItem } from './store.ts';

const ENTRIES = 30;
/** One feed a category, whatever the stage: only titles tell. */
const COLUMNS = makeColumns((category) => category).map((column) => ({
  ...column,
  label: CATEGORIES[column.code as Category].label,
}));

type Format = (page: Page<FeedItem>, column: string, next: string | undefined, site: Site) => SiteAnswer;

function makePlatform(extension: 'rss' | 'atom', write: Format): Platform {
  const platform: Platform = {
    adapter: 'syndication',
    columns: COLUMNS,
    settings: (_county, root) => ({
      feeds: COLUMNS.map(({ code }) => ({ url: `${root}feeds/${code}.${extension}`, column: code })),
      columns: toColumnMap(COLUMNS),
    }),
    answer(request, site) {
      const code = /^feeds\/(\w+)\.(?:rss|atom)$/.exec(request.path)?.[1];
      if (code) return list(request, site, code, write);
      const id = /^notice\/(\w+)\.html$/.exec(request.path)?.[1];
      const item = id ? site.store.find(site.county, id) : undefined;
      return item && article(item, site);
    },
  };
  return platform;
}

/** RSS 2.0 with the text of the notices, older ones behind `rel="next"`. */
export const rss = makePlatform('rss', writeRss);
/** Atom 1.0, likewise. */
export const atom = makePlatform('atom', writeAtom);

function list({ path, query }: SiteRequest, site: Site, code: string, write: Format): SiteAnswer | undefined {
  const column = findColumn(COLUMNS, code);
  if (!column) return undefined;
  const index = Number(query.get('page') ?? '1') - 1;
  const part = slicePage(listItems(site, column), index, ENTRIES);
  const next = index + 1 < part.pages ? `${site.root}${path}?page=${index + 2}` : undefined;
  return write(part, column.label, next, site);
}

function writeRss({ rows }: Page<FeedItem>, label: string, next: string | undefined, site: Site): SiteAnswer {
  const items = rows.map((item) => {
    const time = listedTime(item);
    const date = time ? new Date(`${time.replace(' ', 'T')}+08:00`).toUTCString() : '';
    return `<item><title><![CDATA[${listedTitle(item, item.notice.title)}]]></title><link>${addressOf(item, site)}</link><guid isPermaLink="false">${item.id}</guid><pubDate>${date}</pubDate><description><![CDATA[${cdata(servedBody(item))}]]></description>${item.notice.attachments.map(({ path }) => `<enclosure url="${fileAddress(site, path)}" type="application/pdf" length="600"/>`).join('')}</item>`;
  });
  return {
    type: 'application/rss+xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${label}</title><link>${site.root}</link><description>${label}</description>${next ? `<atom:link rel="next" href="${next}"/>` : ''}${items.join('\n')}</channel></rss>`,
  };
}

function writeAtom({ rows }: Page<FeedItem>, label: string, next: string | undefined, site: Site): SiteAnswer {
  const entries = rows.map((item) => {
    const time = `${listedTime(item).replace(' ', 'T')}+08:00`;
    const files = item.notice.attachments.map(
      ({ name, path }) => `<link rel="enclosure" href="${fileAddress(site, path)}" title="${escapeHtml(name)}"/>`,
    );
    return `<entry><id>urn:notice:${item.id}</id><title>${escapeHtml(listedTitle(item, item.notice.title))}</title><link rel="alternate" href="${addressOf(item, site)}"/>${files.join('')}<published>${time}</published><updated>${time}</updated><content type="html">${escapeHtml(servedBody(item))}</content></entry>`;
  });
  return {
    type: 'application/atom+xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>${label}</title><id>${site.root}</id>${next ? `<link rel="next" href="${next}"/>` : ''}${entries.join('\n')}</feed>`,
  };
}

const cdata = (text: string): string => text.replaceAll(']]>', ']]]]><![CDATA[>');
const addressOf = ({ id }: FeedItem, { root }: Site): string => `${root}notice/${id}.html`;
const fileAddress = ({ root }: Site, path: string): string => new URL(path.slice(1), root).href;

function article(item: FeedItem, site: Site): SiteAnswer {
  const { title } = item.notice;
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1>${infoLine(item, site)}<div class="content">${servedBody(item)}</div>${attachmentList(item, site)}`,
  );
}
