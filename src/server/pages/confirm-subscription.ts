import { webDb, writeInbox } from '../db.ts';
import { findProjectTitle } from '../projects/title.ts';
import { tokenKey } from '../subscriptions/site.ts';
import { confirmSubscription, getSubscription, type SubscriptionView } from '../subscriptions/subscription.ts';
import { makeToken } from '../subscriptions/tokens.ts';
import type { Asked } from './asked.ts';

export interface ConfirmSubscriptionPage {
  token: string;
  subscription: SubscriptionView;
  /** Title of the project that it follows. */
  projectTitle: string | undefined;
  /** The token for managing it, once it is confirmed. */
  manageToken: string | undefined;
}

/** The page that a confirmation link leads to; it confirms when its form is sent. @throws NotFoundError */
export async function loadConfirmSubscription({ request, url }: Asked): Promise<ConfirmSubscriptionPage> {
  const token = url.searchParams.get('token') ?? '';
  const subscription = getSubscription(webDb(), 'confirm', token);
  const isSent = request.method === 'POST';
  if (isSent) await writeInbox((db) => confirmSubscription(db, token, new Date().toISOString()));
  const isConfirmed = isSent || subscription.confirmedAt !== null;
  return {
    token,
    subscription,
    projectTitle: findProjectTitle(webDb(), subscription.filter),
    manageToken: isConfirmed ? makeToken(tokenKey(), 'manage', subscription.id) : undefined,
  };
}
