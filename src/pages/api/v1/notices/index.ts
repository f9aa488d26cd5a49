import type { APIRoute } from 'astro';
import { apiSearchUrl } from '#src/domain/site/urls.ts';
import { answer } from '#src/server/api/answer.ts';
import { parseListQuery } from '#src/server/api/parse-query.ts';
import { noticePageSchema } from '#src/server/api/schemas/notices.ts';
import { readNotices } from '#src/server/reads/reader.ts';

/** Notices under filters. Words belong to search, as on the pages. */
export const GET: APIRoute = async ({ locals, url, redirect }) => {
  const filter = parseListQuery(url.searchParams);
  if (filter.q) return redirect(apiSearchUrl(filter), 302);
  return answer(noticePageSchema, await readNotices(locals.reader, filter));
};
