import { NotFoundError } from '#src/domain/errors.ts';
import { FEED_FORMAT_KEYS } from '#src/domain/feeds/urls.ts';
import { getConfig } from '../../config.ts';
import { formatCalendar } from '../../feeds/calendar.ts';
import { parseFeedFilter } from '../../feeds/parse-filter.ts';
import { feedMediaType, formatFeed } from '../../feeds/syndication.ts';
import { currentReader } from '../../reads/current.ts';
import { read } from '../../reads/reader.ts';
import type { Handler } from '../endpoint.ts';

/** The newest notices of any list or search as RSS, Atom or JSON Feed. */
export const subscribeNotices: Handler<'format'> = async ({ parts, parameters }) => {
  const format = FEED_FORMAT_KEYS.find((key) => key === parts.format);
  if (!format) throw new NotFoundError('没有这种订阅格式');
  const filter = parseFeedFilter(parameters, ['sort', 'limit']);
  const { SITE_URL, SITE_NAME } = getConfig();
  const content = {
    site: { url: SITE_URL, name: SITE_NAME },
    filter,
    ...(await read(currentReader(), 'listFeed', filter)),
  };
  return new Response(formatFeed(format, content), { headers: { 'content-type': feedMediaType(format) } });
};

/** The deadlines ahead of any list or search as a calendar to subscribe to. */
export const subscribeDeadlines: Handler = async ({ parameters }) => {
  const filter = parseFeedFilter(parameters, ['sort', 'cursor', 'limit']);
  const { SITE_URL, SITE_NAME } = getConfig();
  const deadlines = await read(currentReader(), 'listDeadlines', filter, new Date().toISOString());
  return new Response(formatCalendar({ url: SITE_URL, name: SITE_NAME }, filter, deadlines), {
    headers: { 'content-type': 'text/calendar; charset=utf-8' },
  });
};
