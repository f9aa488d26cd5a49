import type { APIRoute } from 'astro';
import { NotFoundError } from '#src/domain/errors.ts';
import { FEED_FORMAT_KEYS } from '#src/domain/feeds/urls.ts';
import { getConfig } from '#src/server/config.ts';
import { parseFeedFilter } from '#src/server/feeds/parse-filter.ts';
import { feedMediaType, formatFeed } from '#src/server/feeds/syndication.ts';
import { read } from '#src/server/reads/reader.ts';

/** The newest notices of any list or search as RSS, Atom or JSON Feed. */
export const GET: APIRoute = async ({ locals, params, url }) => {
  const format = FEED_FORMAT_KEYS.find((key) => key === params.format);
  if (!format) throw new NotFoundError('没有这种订阅格式');
  const filter = parseFeedFilter(url.searchParams);
  const { SITE_URL, SITE_NAME } = getConfig();
  const content = {
    site: { url: SITE_URL, name: SITE_NAME },
    filter,
    ...(await read(locals.reader, 'listFeed', filter)),
  };
  return new Response(formatFeed(format, content), { headers: { 'content-type': feedMediaType(format) } });
};
