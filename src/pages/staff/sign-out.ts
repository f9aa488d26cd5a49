import type { APIRoute } from 'astro';
import { loadSignOut } from '#src/server/pages/staff/sign-out.ts';

/** Signs out. A look ends nothing. */
export const POST: APIRoute = async (context) => {
  const { to, cookie } = await loadSignOut(context);
  return new Response(null, { status: 303, headers: { location: to, 'set-cookie': cookie } });
};
