import type { APIRoute } from 'astro';
import { loadFile } from '#src/server/pages/file.ts';

/** An attachment. */
export const GET: APIRoute = (context) => loadFile(context);
