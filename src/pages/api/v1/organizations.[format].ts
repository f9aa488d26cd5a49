import type { APIRoute } from 'astro';
import { organizationFilterSchema } from '#src/domain/organizations/filter.ts';
import { getConfig } from '#src/server/config.ts';
import { fileDb } from '#src/server/db.ts';
import { answerFile, parseExportFormat, refusePaging } from '#src/server/exports/answer.ts';
import { organizationTable, walkOrganizations } from '#src/server/exports/organizations.ts';
import { parseParameters } from '#src/server/parameters.ts';

/** A whole list of organizations as CSV or XLSX. */
export const GET: APIRoute = ({ params, url }) => {
  const format = parseExportFormat(params.format);
  refusePaging(url.searchParams);
  const batches = walkOrganizations(fileDb(), parseParameters(organizationFilterSchema, url.searchParams));
  return answerFile(format, organizationTable(getConfig().SITE_URL), batches, new Date().toISOString());
};
