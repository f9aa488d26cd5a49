import type { APIRoute } from 'astro';
import { answerBulkFile } from '#src/server/bulk/serve.ts';
import { getConfig } from '#src/server/config.ts';
import { webDb } from '#src/server/db.ts';
import { refuseParameters } from '#src/server/parameters.ts';

/** A bulk file. */
export const GET: APIRoute = ({ params, request, url }) => {
  refuseParameters(url.searchParams);
  return answerBulkFile(webDb(), getConfig().DATA_DIR, params.name ?? '', request.headers);
};
