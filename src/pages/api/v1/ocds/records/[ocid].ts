import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { refuseParameters } from '#src/server/api/parse-query.ts';
import { recordPackageSchema } from '#src/server/api/schemas/ocds.ts';
import { getConfig } from '#src/server/config.ts';
import { webDb } from '#src/server/db.ts';
import { getRecordPackage } from '#src/server/ocds/record.ts';

/** One contracting process as an OCDS record. */
export const GET: APIRoute = ({ params, url }) => {
  refuseParameters(url.searchParams);
  return answer(recordPackageSchema, getRecordPackage(webDb(), getConfig(), params.ocid ?? ''));
};
