import type { APIRoute } from 'astro';
import { keepFilter } from '#src/server/pages/staff/work/filters.ts';

/** Keeps an address of the console for whoever is signed in, or forgets one. */
export const POST: APIRoute = async (context) => {
  const { movedTo, status } = await keepFilter(context);
  return context.redirect(movedTo, status);
};
