import type { APIRoute } from 'astro';
import { z } from 'zod';
import { refuseParameters } from '#src/server/api/parse-query.ts';
import { disposalSchema } from '#src/server/api/schemas/disposals.ts';

/** The JSON Schema of a disposal. */
export const GET: APIRoute = ({ url }) => {
  refuseParameters(url.searchParams);
  return new Response(JSON.stringify(z.toJSONSchema(disposalSchema, { io: 'input' })), {
    headers: { 'content-type': 'application/schema+json; charset=utf-8' },
  });
};
