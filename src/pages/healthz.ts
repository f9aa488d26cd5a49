import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { healthSchema } from '#src/server/api/schemas/health.ts';

/** Liveness: the process answers. Asks nothing of database, index or disk. */
export const GET: APIRoute = () => answer(healthSchema, { status: 'ok' });
