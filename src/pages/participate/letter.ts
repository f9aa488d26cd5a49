import type { APIRoute } from 'astro';
import { loadOwnLetter } from '#src/server/pages/participate/letter.ts';

export const POST: APIRoute = (context) => loadOwnLetter(context);
