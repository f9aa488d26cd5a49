import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { refuseBlank } from '#src/server/api/parse-query.ts';
import { exposurePageSchema } from '#src/server/api/schemas/exposures.ts';
import { webDb } from '#src/server/db.ts';
import { listExposures } from '#src/server/exposures/list.ts';
import { parseExposureFilter } from '#src/server/exposures/parse-filter.ts';

/** Entries of the exposure board and the blacklist that are in force now. */
export const GET: APIRoute = ({ url }) => {
  refuseBlank(url.searchParams);
  return answer(exposurePageSchema, listExposures(webDb(), parseExposureFilter(url.searchParams)));
};
