import type { APIRoute } from 'astro';
import { parseListQuery } from '#src/server/api/parse-query.ts';
import { parseExportFormat, refusePaging } from '#src/server/exports/answer.ts';
import { readWholeFile } from '#src/server/reads/reader.ts';

/** A whole list or search of notices as CSV or XLSX. */
export const GET: APIRoute = ({ locals, params, url }) => {
  const format = parseExportFormat(params.format);
  refusePaging(url.searchParams);
  const now = new Date().toISOString();
  return readWholeFile(locals.reader, { list: 'notices', format, filter: parseListQuery(url.searchParams), now });
};
