import { InputError, NotFoundError } from '#src/domain/errors.ts';
import { FEED_FORMAT_KEYS, type FeedFormat } from '#src/domain/feeds/urls.ts';
import { parseArticleQuery } from '../../articles/query.ts';
import { getConfig } from '../../config.ts';
import { webDb } from '../../db.ts';
import { formatArticleFeed } from '../../feeds/articles.ts';
import { formatCalendar } from '../../feeds/calendar.ts';
import { parseFeedFilter } from '../../feeds/parse-filter.ts';
import { feedMediaType, formatFeed } from '../../feeds/syndication.ts';
import { currentReader } from '../../reads/current.ts';
import { read } from '../../reads/reader.ts';
import { getAsOf } from '../../sources/as-of.ts';
import type { Handler } from '../endpoint.ts';

/** The newest notices of any list or search as RSS, Atom or JSON Feed. */
export const subscribeNotices: Handler<'format'> = async ({ parts, parameters }) => {
  const format = toFormat(parts.format);
  const filter = parseFeedFilter(parameters, ['sort', 'limit']);
  const { SITE_URL, SITE_NAME } = getConfig();
  const content = {
    site: { url: SITE_URL, name: SITE_NAME },
    filter,
    ...(await read(currentReader(), 'listFeed', filter)),
  };
  return new Response(formatFeed(format, content), { headers: { 'content-type': feedMediaType(format) } });
};

/** The latest articles of any list as RSS, Atom or JSON Feed. */
export const subscribeArticles: Handler<'format'> = ({ parts, parameters }) => {
  const format = toFormat(parts.format);
  const query = parseArticleQuery(parameters);
  if (query.page !== undefined) throw new InputError([{ name: 'page', message: '订阅没有分页，请去掉这个参数' }]);
  const { SITE_URL, SITE_NAME } = getConfig();
  const site = { url: SITE_URL, name: SITE_NAME };
  const text = formatArticleFeed(webDb(), { format, site, query, asOf: getAsOf(webDb()) });
  return new Response(text, { headers: { 'content-type': feedMediaType(format) } });
};

function toFormat(name: string): FeedFormat {
  const format = FEED_FORMAT_KEYS.find((key) => key === name);
  if (!format) throw new NotFoundError('没有这种订阅格式');
  return format;
}

/** The deadlines ahead of any list or search as a calendar to subscribe to. */
export const subscribeDeadlines: Handler = async ({ parameters }) => {
  const filter = parseFeedFilter(parameters, ['sort', 'cursor', 'limit']);
  const { SITE_URL, SITE_NAME } = getConfig();
  const deadlines = await read(currentReader(), 'listDeadlines', filter, new Date().toISOString());
  return new Response(formatCalendar({ url: SITE_URL, name: SITE_NAME }, filter, deadlines), {
    headers: { 'content-type': 'text/calendar; charset=utf-8' },
  });
};
