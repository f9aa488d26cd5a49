import type { APIRoute } from 'astro';
import { getConfig } from '#src/server/config.ts';
import { formatCalendar } from '#src/server/feeds/calendar.ts';
import { parseFeedFilter } from '#src/server/feeds/parse-filter.ts';
import { read } from '#src/server/reads/reader.ts';

/** The deadlines ahead of any list or search as a calendar to subscribe to. */
export const GET: APIRoute = async ({ locals, url }) => {
  const filter = parseFeedFilter(url.searchParams);
  const { SITE_URL, SITE_NAME } = getConfig();
  const deadlines = await read(locals.reader, 'listDeadlines', filter, new Date().toISOString());
  return new Response(formatCalendar({ url: SITE_URL, name: SITE_NAME }, filter, deadlines), {
    headers: { 'content-type': 'text/calendar; charset=utf-8' },
  });
};
