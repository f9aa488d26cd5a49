import { createHmac } from 'node:crypto';
import { MESSAGE_KINDS } from '#src/domain/subscriptions/message-kinds.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { Message } from '../message.ts';
import { SendError } from '../send-error.ts';
import type { WebhookResponse } from './post.ts';

const SECRET_PREFIX = 'whsec_';
const GONE = 410;

/** A message in the Standard Webhooks scheme: its id stays the same through all attempts, so receivers can drop a repeat. */
export function toSignedRequest(
  message: Message,
  secret: string,
  now: Instant,
): { body: string; headers: Record<string, string> } {
  const { id, kind, subject, intro, items, unlisted, actions, footer } = message;
  const { type } = MESSAGE_KINDS[kind];
  const body = JSON.stringify({
    type,
    timestamp: now,
    data: { subject, intro, total: items.length + unlisted, items, actions, footer },
  });
  const timestamp = String(Math.floor(Date.parse(now) / 1_000));
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
  return { body, headers };
}

/** Any 2xx is taken; 410 asks never to be called again. @throws SendError */
export function assertTaken({ status, retryAfterMs }: WebhookResponse): void {
  if (status >= 200 && status <= 299) return;
  throw new SendError(`对方返回 ${status}`, { isPermanent: status === GONE, retryAfterMs });
}
