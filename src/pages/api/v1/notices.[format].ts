import type { APIRoute } from 'astro';
import { parseListQuery } from '#src/server/api/parse-query.ts';
import { getConfig } from '#src/server/config.ts';
import { fileDb } from '#src/server/db.ts';
import { answerFile, parseExportFormat, refusePaging } from '#src/server/exports/answer.ts';
import { noticeTable, walkNotices } from '#src/server/exports/notices.ts';

/** A whole list or search of notices as CSV or XLSX. */
export const GET: APIRoute = ({ params, url }) => {
  const format = parseExportFormat(params.format);
  refusePaging(url.searchParams);
  const now = new Date().toISOString();
  const batches = walkNotices(fileDb(), parseListQuery(url.searchParams), now);
  return answerFile(format, noticeTable(getConfig().SITE_URL), batches, now);
};
