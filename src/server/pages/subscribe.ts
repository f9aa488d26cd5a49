import { type FieldFault, NotFoundError } from '#src/domain/errors.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { toSubscribable } from '#src/domain/subscriptions/filter.ts';
import { webDb } from '../db.ts';
import { parseNoticeFilter } from '../notices/parse-filter.ts';
import { findProjectTitle } from '../projects/title.ts';
import { readSubscribePost, type SubscribePost } from '../subscriptions/receive.ts';
import { offersMail } from '../subscriptions/site.ts';
import { CONFIRM_HOURS, readFilter } from '../subscriptions/subscription.ts';
import type { Asked } from './asked.ts';

export interface SubscribePage {
  filter: NoticeFilter;
  /** Title of the project that the filter names. */
  projectTitle: string | undefined;
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
  const filter = post ? readFilter(post.values.filter ?? '') : toSubscribable(parseNoticeFilter(url.searchParams));
  const projectTitle = findProjectTitle(webDb(), filter);
  if (filter.project && projectTitle === undefined) throw new NotFoundError('没有找到要关注的项目，或其公告均未公开。');
  return {
    filter,
    projectTitle,
    values: post?.values ?? {},
    faults: post?.faults,
    accepted: post?.accepted,
    offersMail: offersMail(),
    confirmHours: CONFIRM_HOURS,
  };
}
