import type { APIRoute } from 'astro';
import { loadLogFile } from '#src/server/pages/log-file.ts';

/** The checkpoint of the publication log, and the key that verifies it. */
export const GET: APIRoute = (context) => loadLogFile(context, context.params.file ?? '');
