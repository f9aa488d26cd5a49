import type { NoticeFilter } from '../notices/notice-filter.ts';
import { toFilterText, toSubscribable } from './filter.ts';

/** Address of the form that subscribes to a list or search; without a filter, the address that takes the form. */
export function subscribeUrl(filter: NoticeFilter = {}): string {
  const query = toFilterText(toSubscribable(filter));
  return query ? `/subscribe?${query}` : '/subscribe';
}

/** Address of the page that confirms a subscription. */
export const confirmUrl = (token: string): string => `/subscribe/confirm?token=${token}`;

/** Address of the page that shows a subscription and stops it. */
export const manageUrl = (token: string): string => `/subscribe/manage?token=${token}`;

/** Address that mail programs post to in order to stop a subscription (RFC 8058). */
export const stopUrl = (token: string): string => `/subscribe/stop?token=${token}`;
