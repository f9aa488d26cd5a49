import type { APIRoute } from 'astro';
import { loadRobots } from '#src/server/pages/robots.ts';

/** What robots may read. */
export const GET: APIRoute = () =>
  new Response(loadRobots(), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
