import type { APIRoute } from 'astro';
import { apiNoticeUrl } from '#src/domain/site/urls.ts';
import { answer } from '#src/server/api/answer.ts';
import { refuseParameters } from '#src/server/api/parse-query.ts';
import { noticeSchema } from '#src/server/api/schemas/notices.ts';
import { webDb } from '#src/server/db.ts';
import { findCanonicalId, getNotice } from '#src/server/notices/get.ts';

/** One notice. The same notice of another site leads to its canonical address. */
export const GET: APIRoute = ({ params, url, redirect }) => {
  refuseParameters(url.searchParams);
  const id = params.id ?? '';
  const canonicalId = findCanonicalId(webDb(), id);
  if (canonicalId) return redirect(apiNoticeUrl(canonicalId), 301);
  return answer(noticeSchema, getNotice(webDb(), id));
};
