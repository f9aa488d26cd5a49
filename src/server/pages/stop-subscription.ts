import { manageUrl } from '#src/domain/subscriptions/urls.ts';
import { writeInbox } from '../db.ts';
import { stopSubscription } from '../subscriptions/subscription.ts';
import type { Asked } from './asked.ts';

/** Stops the subscription of the token when it is told to (RFC 8058). Gives the page where a person does so: a look stops nothing. */
export async function loadStopSubscription({ request, url }: Asked): Promise<{ managePath: string }> {
  const token = url.searchParams.get('token') ?? '';
  if (request.method === 'POST') await writeInbox((db) => stopSubscription(db, token));
  return { managePath: manageUrl(encodeURIComponent(token)) };
}
