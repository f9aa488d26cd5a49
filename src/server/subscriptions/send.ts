import type { Db } from '#db/client.ts';
import { isRobot, type WebhookChannel } from '#src/domain/subscriptions/channels.ts';
import type { MessageKind } from '#src/domain/subscriptions/message-kinds.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { PrivateHosts } from '#src/outbound/ssrf-guard.ts';
import { findProjectTitle } from '../projects/title.ts';
import { AddressError, parseWebhookUrl } from './address.ts';
import { listMessageItems } from './content.ts';
import type { Mailer } from './mailer.ts';
import type { Message } from './message.ts';
import { claimMessages, type QueuedMessage, settleFailed, settleSent } from './queue.ts';
import { SendError } from './send-error.ts';
import { readFilter } from './subscription.ts';
import { makeWebhookSecret } from './tokens.ts';
import type { ReadContent } from './versions.ts';
import type { WebhookPoster } from './webhooks/post.ts';
import { assertRobotTook, toRobotRequest } from './webhooks/robots.ts';
import { assertTaken, toSignedRequest } from './webhooks/standard.ts';
import { renderNotification, type Sender, writeConfirmation } from './write-message.ts';

/** What sending needs. */
export interface SendParts {
  db: Db;
  read: ReadContent;
  sender: Sender;
  /** Absent when mail is not configured: attempts at mails then fail. */
  mailer: Mailer | undefined;
  poster: WebhookPoster;
  /** Webhook hosts that the operator allows by name. */
  allowed: PrivateHosts;
  now(): Instant;
  onFailure(queued: QueuedMessage, error: SendError): void;
}

/** Begins to send what is due, at most `room` messages. Each promise ends with its message and rejects for errors of our own only. */
export function startDue(parts: SendParts, room: number): Promise<void>[] {
  if (room <= 0) return [];
  return claimMessages(parts.db, parts.now(), room).map((queued) => sendOne(parts, queued));
}

/** The outcome is recorded after the receiver's answer: a process that dies between the two sends the same message again. */
async function sendOne(parts: SendParts, queued: QueuedMessage): Promise<void> {
  const { db, now, onFailure } = parts;
  try {
    const message = MESSAGES[queued.kind](parts, queued);
    if (message) await deliver(parts, queued, message);
    settleSent(db, queued.id, now());
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    settleFailed(db, queued, error, now());
    onFailure(queued, error);
  }
}

/** Notices that a message to people lists; the others it counts. */
const MOST_LISTED = 50;

/** What each kind says; undefined when there is nothing left to say. */
const MESSAGES: Record<MessageKind, (parts: SendParts, queued: QueuedMessage) => Message | undefined> = {
  confirm: ({ db, sender }, queued) =>
    writeConfirmation(queued, sender, findProjectTitle(db, readFilter(queued.filter))),
  notices: ({ db, read, sender }, queued) => {
    const most = queued.channel === 'webhook' ? Number.MAX_SAFE_INTEGER : MOST_LISTED;
    const news = listMessageItems(db, read, queued.id, most);
    const projectTitle = findProjectTitle(db, readFilter(queued.filter));
    return news.total > 0 ? renderNotification(queued, { ...news, projectTitle }, sender) : undefined;
  },
};

async function deliver(parts: SendParts, queued: QueuedMessage, message: Message): Promise<void> {
  if (queued.channel !== 'email') return deliverToWebhook(parts, queued.channel, queued, message);
  if (!parts.mailer) throw new SendError('没有配置邮件发送');
  await parts.mailer.send(message, queued.address);
}

/** The address is judged anew each time: rules and names may have changed since it was given. */
async function deliverToWebhook(
  { poster, allowed, sender, now }: SendParts,
  channel: WebhookChannel,
  queued: QueuedMessage,
  message: Message,
): Promise<void> {
  const url = toUrl(channel, queued.address, allowed);
  if (isRobot(channel)) {
    const request = toRobotRequest(channel, message, { url, secret: queued.secret }, now());
    assertRobotTook(channel, await poster.post(request.url, request.body));
  } else {
    const secret = makeWebhookSecret(sender.tokenKey, queued.subscriptionId);
    const { body, headers } = toSignedRequest(message, secret, now());
    assertTaken(await poster.post(url, body, headers));
  }
}

function toUrl(channel: WebhookChannel, address: string, allowed: PrivateHosts): URL {
  try {
    return parseWebhookUrl(channel, address, allowed);
  } catch (error) {
    if (error instanceof AddressError) throw new SendError(error.message, { isPermanent: true, cause: error });
    throw error;
  }
}
