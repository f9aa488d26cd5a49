import type { APIRoute } from 'astro';
import { refuseParameters } from '#src/server/api/parse-query.ts';
import { answerBulkFile } from '#src/server/bulk/serve.ts';
import { getConfig } from '#src/server/config.ts';
import { webDb } from '#src/server/db.ts';

/** A bulk file. */
export const GET: APIRoute = ({ params, request, url }) => {
  refuseParameters(url.searchParams);
  return answerBulkFile(webDb(), getConfig().DATA_DIR, params.name ?? '', request.headers);
};
