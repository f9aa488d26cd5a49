import type { APIRoute } from 'astro';
import { manageUrl } from '../../domain/subscriptions/urls.ts';
import { writeInbox } from '../../server/db.ts';
import { stopSubscription } from '../../server/subscriptions/subscription.ts';

const tokenOf = (url: URL) => url.searchParams.get('token') ?? '';

/** What mail programs send when their "unsubscribe" button is pressed (RFC 8058). Says nothing about whether there was one. */
export const POST: APIRoute = async ({ url }) => {
  await writeInbox((db) => stopSubscription(db, tokenOf(url)));
  return new Response('已停止', { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};

/** A person who follows the address: a look at it stops nothing. */
export const GET: APIRoute = ({ url, redirect }) => redirect(manageUrl(encodeURIComponent(tokenOf(url))), 303);
