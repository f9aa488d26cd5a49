import type { APIRoute } from 'astro';
import { organizationFilterSchema } from '#src/domain/organizations/filter.ts';
import { parseExportFormat, refusePaging } from '#src/server/exports/answer.ts';
import { parseParameters } from '#src/server/parameters.ts';
import { readWholeFile } from '#src/server/reads/reader.ts';

/** A whole list of organizations as CSV or XLSX. */
export const GET: APIRoute = ({ locals, params, url }) => {
  const format = parseExportFormat(params.format);
  refusePaging(url.searchParams);
  const filter = parseParameters(organizationFilterSchema, url.searchParams);
  return readWholeFile(locals.reader, { list: 'organizations', format, filter, now: new Date().toISOString() });
};
