import { CATEGORIES } from '#src/domain/categories.ts';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import { listedDeadline } from '#src/domain/deals/labels.ts';
import { formatYuan } from '#src/domain/money/money.ts';
import { stageLabel } from '#src/domain/notices/stage-label.ts';
import { noticeUrl } from '#src/domain/site/urls.ts';
import type { MessageKind } from '#src/domain/subscriptions/message-kinds.ts';
import { NEWS_LABELS } from '#src/domain/subscriptions/news.ts';
import { formatMoment, toMomentIso } from '#src/domain/time/moment.ts';
import { formatDateTime } from '#src/domain/time/time.ts';
import type { MessageItem, PublicItem } from './content.ts';

/** A paragraph about one notice. */
export interface MessageParagraph {
  heading: string;
  url: string;
  lines: string[];
  /** The deadline before and after, for programs; absent where it did not move. A day has no time of day. */
  deadlineMoved?: { from: string; to: string };
}

/** What is told, in words, before it takes the form of a channel. Addresses are absolute. */
export interface Message {
  id: string;
  kind: MessageKind;
  subject: string;
  intro: string;
  items: MessageParagraph[];
  /** Notices beyond those listed. */
  unlisted: number;
  /** What to do next, each as a link. */
  actions: { label: string; url: string }[];
  /** Why it was sent. */
  footer: string;
  /** Address that mail programs post to in order to stop it; absent in what asks for confirmation. */
  stopUrl?: string;
}

/** What mails say, whatever they are sent for. */
export type Mail = Omit<Message, 'kind'>;

/** Says in a message that there are more notices than it lists. */
export const describeUnlisted = (count: number): string => `另有 ${count} 条，请点“查看全部”。`;

const LONGEST_TITLE = 80;

/** A paragraph of a message about one notice. `site` is the configured site's address. */
export function toMessageParagraph(item: MessageItem, site: string): MessageParagraph {
  const url = site + noticeUrl(item.id);
  if (item.kind === 'withdrawn') {
    return {
      heading: `【${NEWS_LABELS.withdrawn}】`,
      url,
      lines: ['以前通知过您的这条公告已由发布单位撤回，不再公开。'],
    };
  }
  const title = item.title.length > LONGEST_TITLE ? `${item.title.slice(0, LONGEST_TITLE)}…` : item.title;
  const { moved } = item;
  const label = moved ? '截止时间变更' : NEWS_LABELS[item.kind];
  const told = moved && { from: toMomentIso(moved.from), to: toMomentIso(moved.to) };
  return { heading: `【${label}】${title}`, url, lines: listLines(item), ...(told && { deadlineMoved: told }) };
}

function listLines(item: PublicItem): string[] {
  const { moved } = item;
  const deadline = listedDeadline(item);
  const place = [COUNTIES[item.county].label, CATEGORIES[item.category].label, stageLabel(item.stage, item.category)];
  return [
    `${place.join(' · ')}，${formatDateTime(item.publishedAt, item.publishedPrecision)} 发布`,
    ...(item.changes.length > 0
      ? item.changes.map(({ label, before, after }) => `${label}：${shorten(before)} → ${shorten(after)}`)
      : [
          ...(item.amountFen === null ? [] : [`金额：${formatYuan(item.amountFen)}`]),
          ...(moved ? [`截止时间：${formatMoment(moved.from)} → ${formatMoment(moved.to)}`] : []),
          ...(deadline && !moved ? [`截止时间：${formatMoment(deadline)}`] : []),
        ]),
  ];
}

const shorten = (text: string) => (text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE)}…` : text);
