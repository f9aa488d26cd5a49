import type { APIRoute } from 'astro';
import { apiVersionsUrl } from '#src/domain/site/urls.ts';
import { answer } from '#src/server/api/answer.ts';
import { refuseParameters } from '#src/server/api/parse-query.ts';
import { noticeVersionsSchema } from '#src/server/api/schemas/notices.ts';
import { webDb } from '#src/server/db.ts';
import { findCanonicalId, getNotice } from '#src/server/notices/get.ts';
import { getAsOf } from '#src/server/sources/as-of.ts';

/** Every version of a public notice. */
export const GET: APIRoute = ({ params, url, redirect }) => {
  refuseParameters(url.searchParams);
  const id = params.id ?? '';
  const canonicalId = findCanonicalId(webDb(), id);
  if (canonicalId) return redirect(apiVersionsUrl(canonicalId), 301);
  const { versions: items } = getNotice(webDb(), id);
  return answer(noticeVersionsSchema, { items, total: items.length, asOf: getAsOf(webDb()), next: null });
};
