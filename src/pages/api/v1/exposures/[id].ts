import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { refuseParameters } from '#src/server/api/parse-query.ts';
import { exposureSchema } from '#src/server/api/schemas/exposures.ts';
import { webDb } from '#src/server/db.ts';
import { getExposure } from '#src/server/exposures/get.ts';

/** One entry in force. */
export const GET: APIRoute = ({ params, url }) => {
  refuseParameters(url.searchParams);
  return answer(exposureSchema, getExposure(webDb(), params.id ?? ''));
};
