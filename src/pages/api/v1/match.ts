import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { refuseBlank } from '#src/server/api/parse-query.ts';
import { matchSchema } from '#src/server/api/schemas/exposures.ts';
import { webDb } from '#src/server/db.ts';
import { matchExposures, parseMatchQuery } from '#src/server/exposures/match.ts';

/** Is somebody on the exposure board or the blacklist now? */
export const GET: APIRoute = ({ url }) => {
  refuseBlank(url.searchParams);
  return answer(matchSchema, matchExposures(webDb(), parseMatchQuery(url.searchParams)));
};
