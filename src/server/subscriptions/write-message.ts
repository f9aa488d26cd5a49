import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { describeFilter, describeFilterValue, listNarrowing } from '#src/domain/notices/notice-filter.ts';
import { listUrl, searchUrl } from '#src/domain/site/urls.ts';
import { FREQUENCIES } from '#src/domain/subscriptions/channels.ts';
import { confirmUrl, manageUrl, stopUrl } from '#src/domain/subscriptions/urls.ts';
import type { MessageItem } from './content.ts';
import { type Message, toMessageParagraph } from './message.ts';
import type { QueuedMessage } from './queue.ts';
import { CONFIRM_HOURS, readFilter } from './subscription.ts';
import { makeToken } from './tokens.ts';

/** The site in whose name messages are written. */
export interface Sender {
  siteUrl: string;
  siteName: string;
  /** See `loadTokenKey`. */
  tokenKey: Buffer;
}

/**
 * Asks the owner of an address whether the subscription is theirs. Nothing that was typed stands in it, only what was chosen: nobody
 * can have the site send words of their own to a stranger.
 */
export function writeConfirmation(
  message: QueuedMessage,
  { siteUrl, siteName, tokenKey }: Sender,
  projectTitle?: string,
): Message {
  const wish = `“${describeChosen(readFilter(message.filter), projectTitle)}”，${FREQUENCIES[message.frequency].label}`;
  const token = makeToken(tokenKey, 'confirm', message.subscriptionId);
  return {
    id: message.id,
    kind: 'confirm',
    subject: `请确认订阅 - ${siteName}`,
    intro: `有人在${siteName}用这个地址订阅：${wish}。全部条件见确认页，确认后才会开始发送。`,
    items: [],
    unlisted: 0,
    actions: [{ label: '确认订阅', url: siteUrl + confirmUrl(token) }],
    footer: `如果不是您本人的操作，请不必理会：${CONFIRM_HOURS} 小时内没有确认，这个地址会自动删除，不会再收到任何消息。`,
  };
}

/** A filter in words, but for the words that were typed. */
function describeChosen(
  { q, buyer, agency, supplier, tenderer, ...chosen }: NoticeFilter,
  projectTitle?: string,
): string {
  const isTyped = [q, buyer, agency, supplier, tenderer].some(Boolean);
  if (!isTyped) return describeFilter(chosen, projectTitle);
  return [...listNarrowing(chosen).map((key) => describeFilterValue(chosen, key, projectTitle)), '填写的关键词'].join(
    ' · ',
  );
}

/** What a notification tells of: notices, how many there are in all, and the title of the project that is followed. */
export interface News {
  items: readonly MessageItem[];
  total: number;
  projectTitle: string | undefined;
}

/** Tells a subscriber of notices. */
export function renderNotification(message: QueuedMessage, news: News, sender: Sender): Message {
  const { siteUrl, siteName, tokenKey } = sender;
  const { items, total, projectTitle } = news;
  const filter = readFilter(message.filter);
  const wish = describeFilter(filter, projectTitle);
  const token = makeToken(tokenKey, 'manage', message.subscriptionId);
  const list = filter.q ? searchUrl({ ...filter, sort: 'published' }) : listUrl(filter);
  return {
    id: message.id,
    kind: 'notices',
    subject: `${wish}：${total} 条更新 - ${siteName}`,
    intro: `您订阅的“${wish}”有 ${total} 条更新：`,
    items: items.map((item) => toMessageParagraph(item, siteUrl)),
    unlisted: total - items.length,
    actions: [
      { label: '查看全部', url: siteUrl + list },
      { label: '管理或停止订阅', url: siteUrl + manageUrl(token) },
    ],
    footer: `这条消息由${siteName}按您确认过的订阅自动发出，以网站公布的内容为准。`,
    stopUrl: siteUrl + stopUrl(token),
  };
}
