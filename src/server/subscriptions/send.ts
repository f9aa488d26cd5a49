import type { Db } from '#db/client.ts';
import { isRobot, type WebhookChannel } from '#src/domain/subscriptions/channels.ts';
import type { LetterKind } from '#src/domain/subscriptions/letters.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { PrivateHosts } from '#src/outbound/ssrf-guard.ts';
import { findProjectTitle } from '../projects/title.ts';
import { AddressError, parseWebhookUrl } from './address.ts';
import { listMessageItems } from './content.ts';
import type { Letter } from './letter.ts';
import type { Mailer } from './mailer.ts';
import { claimMessages, type QueuedMessage, settleFailed, settleSent } from './queue.ts';
import { SendError } from './send-error.ts';
import { readFilter } from './subscription.ts';
import { makeWebhookSecret } from './tokens.ts';
import type { ReadContent } from './versions.ts';
import type { WebhookPoster } from './webhooks/post.ts';
import { assertRobotTook, toRobotRequest } from './webhooks/robots.ts';
import { assertTaken, toSignedRequest } from './webhooks/standard.ts';
import { renderNotification, type Sender, writeConfirmation } from './write-letter.ts';

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
  onFailure(message: QueuedMessage, error: SendError): void;
}

/** Begins to send what is due, at most `room` messages. Each promise ends with its message and rejects for errors of our own only. */
export function startDue(parts: SendParts, room: number): Promise<void>[] {
  if (room <= 0) return [];
  return claimMessages(parts.db, parts.now(), room).map((message) => sendOne(parts, message));
}

/** The outcome is recorded after the receiver's answer: a process that dies between the two sends the same message again. */
async function sendOne(parts: SendParts, message: QueuedMessage): Promise<void> {
  const { db, now, onFailure } = parts;
  try {
    const letter = LETTERS[message.kind](parts, message);
    if (letter) await deliver(parts, message, letter);
    settleSent(db, message.id, now());
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    settleFailed(db, message, error, now());
    onFailure(message, error);
  }
}

/** Notices that a message to people lists; the others it counts. */
const MOST_LISTED = 50;

/** The letter of each kind of message; undefined when there is nothing left to say. */
const LETTERS: Record<LetterKind, (parts: SendParts, message: QueuedMessage) => Letter | undefined> = {
  confirm: ({ db, sender }, message) =>
    writeConfirmation(message, sender, findProjectTitle(db, readFilter(message.filter))),
  notices: ({ db, read, sender }, message) => {
    const most = message.channel === 'webhook' ? Number.MAX_SAFE_INTEGER : MOST_LISTED;
    const news = listMessageItems(db, read, message.id, most);
    const projectTitle = findProjectTitle(db, readFilter(message.filter));
    return news.total > 0 ? renderNotification(message, { ...news, projectTitle }, sender) : undefined;
  },
};

async function deliver(parts: SendParts, message: QueuedMessage, letter: Letter): Promise<void> {
  if (message.channel !== 'email') return deliverToWebhook(parts, message.channel, message, letter);
  if (!parts.mailer) throw new SendError('没有配置邮件发送');
  await parts.mailer.send(letter, message.address);
}

/** The address is judged anew each time: rules and names may have changed since it was given. */
async function deliverToWebhook(
  { poster, allowed, sender, now }: SendParts,
  channel: WebhookChannel,
  message: QueuedMessage,
  letter: Letter,
): Promise<void> {
  const url = toUrl(channel, message.address, allowed);
  if (isRobot(channel)) {
    const request = toRobotRequest(channel, letter, { url, secret: message.secret }, now());
    assertRobotTook(channel, await poster.post(request.url, request.body));
  } else {
    const secret = makeWebhookSecret(sender.tokenKey, message.subscriptionId);
    const { body, headers } = toSignedRequest(letter, secret, now());
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
