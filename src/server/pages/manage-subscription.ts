import { webDb, writeInbox } from '../db.ts';
import { findProjectTitle } from '../projects/title.ts';
import { getSubscription, type SubscriptionView, stopSubscription } from '../subscriptions/subscription.ts';
import type { Asked } from './asked.ts';

export interface ManageSubscriptionPage {
  token: string;
  /** As it was before it was stopped. */
  subscription: SubscriptionView;
  /** Title of the project that it follows. */
  projectTitle: string | undefined;
  isStopped: boolean;
}

/** The page where a subscription is stopped, which it is when its form is sent. @throws NotFoundError */
export async function loadManageSubscription({ request, url }: Asked): Promise<ManageSubscriptionPage> {
  const token = url.searchParams.get('token') ?? '';
  const subscription = getSubscription(webDb(), 'manage', token);
  const isStopped = request.method === 'POST';
  if (isStopped) await writeInbox((db) => stopSubscription(db, token));
  return { token, subscription, projectTitle: findProjectTitle(webDb(), subscription.filter), isStopped };
}
