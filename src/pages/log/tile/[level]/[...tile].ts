import type { APIRoute } from 'astro';
import { loadLogFile } from '#src/server/pages/log-file.ts';

/** A tile of the publication log. */
export const GET: APIRoute = (context) => {
  const { level = '', tile = '' } = context.params;
  return loadLogFile(context, `tile/${level}/${tile}`);
};
