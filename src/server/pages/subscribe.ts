import type { FieldFault } from '#src/domain/errors.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { toSubscribable } from '#src/domain/subscriptions/filter.ts';
import { parseNoticeFilter } from '../notices/parse-filter.ts';
import { readSubscribePost, type SubscribePost } from '../subscriptions/receive.ts';
import { offersMail } from '../subscriptions/site.ts';
import { CONFIRM_HOURS, readFilter } from '../subscriptions/subscription.ts';
import type { Asked } from './asked.ts';

export interface SubscribePage {
  filter: NoticeFilter;
  /** As typed. */
  values: Record<string, string>;
  /** What is wrong with a form that was sent; undefined when none was. */
  faults: FieldFault[] | undefined;
  /** Set once the form was taken in. */
  accepted: SubscribePost['accepted'];
  offersMail: boolean;
  /** Hours within which a subscription has to be confirmed. */
  confirmHours: number;
}

/** The form for subscribing, which is taken in when it is sent. @throws InputError for a filter or a body that is none */
export async function loadSubscribe({ request, url }: Asked): Promise<SubscribePage> {
  const post = request.method === 'POST' ? await readSubscribePost(request) : undefined;
  return {
    filter: post ? readFilter(post.values.filter ?? '') : toSubscribable(parseNoticeFilter(url.searchParams)),
    values: post?.values ?? {},
    faults: post?.faults,
    accepted: post?.accepted,
    offersMail: offersMail(),
    confirmHours: CONFIRM_HOURS,
  };
}
