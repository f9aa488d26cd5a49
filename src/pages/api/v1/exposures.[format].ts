import type { APIRoute } from 'astro';
import { parseExportFormat, refusePaging } from '#src/server/exports/answer.ts';
import { parseExposureFilter } from '#src/server/exposures/parse-filter.ts';
import { readWholeFile } from '#src/server/reads/reader.ts';

/** All entries of the exposure board and the blacklist in force now as CSV or XLSX. */
export const GET: APIRoute = ({ locals, params, url }) => {
  const format = parseExportFormat(params.format);
  refusePaging(url.searchParams);
  const filter = parseExposureFilter(url.searchParams);
  return readWholeFile(locals.reader, { list: 'exposures', format, filter, now: new Date().toISOString() });
};
