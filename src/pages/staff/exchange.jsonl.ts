import type { APIRoute } from 'astro';
import { giveExchange } from '#src/server/pages/staff/exchange.ts';

/** Entries as departments take them. */
export const GET: APIRoute = async (context) => {
  const answer = await giveExchange(context);
  return answer instanceof Response ? answer : context.redirect(answer.movedTo, answer.status);
};
