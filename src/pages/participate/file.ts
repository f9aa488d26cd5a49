import type { APIRoute } from 'astro';
import { loadOwnFile } from '#src/server/pages/participate/file.ts';

export const POST: APIRoute = (context) => loadOwnFile(context);
