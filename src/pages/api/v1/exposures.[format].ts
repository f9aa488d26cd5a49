import type { APIRoute } from 'astro';
import { getConfig } from '#src/server/config.ts';
import { fileDb } from '#src/server/db.ts';
import { answerFile, parseExportFormat, refusePaging } from '#src/server/exports/answer.ts';
import { exposureTable, walkExposures } from '#src/server/exports/exposures.ts';
import { parseExposureFilter } from '#src/server/exposures/parse-filter.ts';

/** All entries of the exposure board and the blacklist in force now as CSV or XLSX. */
export const GET: APIRoute = ({ params, url }) => {
  const format = parseExportFormat(params.format);
  refusePaging(url.searchParams);
  const now = new Date().toISOString();
  const batches = walkExposures(fileDb(), parseExposureFilter(url.searchParams), now);
  return answerFile(format, exposureTable(getConfig().SITE_URL), batches, now);
};
