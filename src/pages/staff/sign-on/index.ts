import type { APIRoute } from 'astro';
import { beginSignOn } from '#src/server/pages/staff/sign-on.ts';

/** Leads to single sign-on. */
export const GET: APIRoute = async (context) => {
  const { to, cookie } = await beginSignOn(context);
  return new Response(null, { status: 303, headers: { location: to, 'set-cookie': cookie } });
};
