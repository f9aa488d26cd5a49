import type { APIRoute } from 'astro';
import { loadStopSubscription } from '#src/server/pages/stop-subscription.ts';

/** What mail programs send when their "unsubscribe" button is pressed (RFC 8058). Says nothing about whether there was one. */
export const POST: APIRoute = async (context) => {
  await loadStopSubscription(context);
  return new Response('已停止', { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};

/** A person who follows the address. */
export const GET: APIRoute = async (context) => context.redirect((await loadStopSubscription(context)).managePath, 303);
