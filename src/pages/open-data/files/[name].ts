import type { APIRoute } from 'astro';
import { loadBulkFile } from '#src/server/pages/bulk-file.ts';

/** A bulk file. */
export const GET: APIRoute = (context) => loadBulkFile(context);
