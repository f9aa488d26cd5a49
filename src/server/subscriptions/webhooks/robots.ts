import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { assertNever } from '#src/domain/exhaustive.ts';
import type { RobotChannel } from '#src/domain/subscriptions/channels.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { toMarkdown } from '../format-markdown.ts';
import type { Message } from '../message.ts';
import { SendError } from '../send-error.ts';
import type { WebhookResponse } from './post.ts';

/** A request to a vendor's robot. */
export interface RobotRequest {
  url: URL;
  body: string;
}

/**
 * UTF-8 bytes that each vendor takes: WeCom counts those of the Markdown alone, DingTalk and Feishu those of the whole request.
 * Sources: docs/operations.md, "Messages to chat robots".
 */
const MOST_BYTES: Record<RobotChannel, number> = { wecom: 4_096, dingtalk: 20_000, feishu: 20_000 };
/** Characters of a title. */
const LONGEST_TITLE = 100;

/** A message as a vendor's robot takes it, signed where the vendor checks. `now` is the time of the attempt. */
export function toRobotRequest(
  channel: RobotChannel,
  message: Message,
  { url, secret }: { url: URL; secret: string | null },
  now: Instant,
): RobotRequest {
  const milliseconds = Date.parse(now);
  const title = message.subject.slice(0, LONGEST_TITLE);
  switch (channel) {
    case 'wecom': {
      const markdown = toMarkdown(message, (text) => Buffer.byteLength(text) <= MOST_BYTES.wecom);
      return { url, body: JSON.stringify({ msgtype: 'markdown', markdown: { content: markdown } }) };
    }
    case 'dingtalk': {
      const toBody = (text: string) => JSON.stringify({ msgtype: 'markdown', markdown: { title, text } });
      const body = fillBody(message, toBody, MOST_BYTES.dingtalk);
      return { url: signDingtalk(url, secret ?? '', milliseconds), body };
    }
    case 'feishu': {
      const signature = signFeishu(secret ?? '', milliseconds);
      const header = { title: { tag: 'plain_text', content: title } };
      const toBody = (content: string) =>
        JSON.stringify({
          ...signature,
          msg_type: 'interactive',
          card: { header, elements: [{ tag: 'markdown', content }] },
        });
      return { url, body: fillBody(message, toBody, MOST_BYTES.feishu) };
    }
    default:
      return assertNever(channel);
  }
}

const fillBody = (message: Message, toBody: (markdown: string) => string, most: number) =>
  toBody(toMarkdown(message, (text) => Buffer.byteLength(toBody(text)) <= most));

/** DingTalk's 加签: HMAC-SHA256 of time and secret under the secret, in the address. */
function signDingtalk(url: URL, secret: string, milliseconds: number): URL {
  const sign = createHmac('sha256', secret).update(`${milliseconds}\n${secret}`).digest('base64');
  const signed = new URL(url);
  signed.searchParams.set('timestamp', String(milliseconds));
  signed.searchParams.set('sign', sign);
  return signed;
}

/** Feishu's 签名校验: HMAC-SHA256 of nothing under time and secret, in the body. */
function signFeishu(secret: string, milliseconds: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(milliseconds / 1_000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') };
}

const answerSchema = z.object({
  errcode: z.number().optional(),
  code: z.number().optional(),
  StatusCode: z.number().optional(),
});

/** Answers that trying again does not change: no such robot, wrong signature, a word or address that the robot's owner demands. */
const PERMANENT: Record<RobotChannel, ReadonlySet<number>> = {
  wecom: new Set([93_000, 40_008]),
  dingtalk: new Set([300_001, 300_005, 310_000, 400_101, 400_102]),
  feishu: new Set([19_001, 19_021, 19_022, 19_024]),
};
/** Too many messages: all three count by the minute. */
const BUSY: ReadonlySet<number> = new Set([45_009, 130_101, 410_100, 9_499, 11_232]);
const BUSY_PAUSE_MS = 60_000;
const TOO_MANY = 429;

/**
 * Vendors say with a number in the body whether they took a message; the status is 200 mostly, and where it is another one the number
 * still says why. @throws SendError
 */
export function assertRobotTook(channel: RobotChannel, { status, text, retryAfterMs }: WebhookResponse): void {
  const answer = answerSchema.safeParse(parseJson(text)).data;
  const code = answer?.errcode ?? answer?.code ?? answer?.StatusCode;
  if (status === 200 && code === 0) return;
  if (status === TOO_MANY) throw new SendError(`对方返回 ${status}`, { retryAfterMs: retryAfterMs ?? BUSY_PAUSE_MS });
  if (code === undefined || code === 0) {
    throw new SendError(status === 200 ? '对方的回应无法识别' : `对方返回 ${status}`, { retryAfterMs });
  }
  throw new SendError(`对方返回错误码 ${code}`, {
    isPermanent: PERMANENT[channel].has(code),
    retryAfterMs: BUSY.has(code) ? BUSY_PAUSE_MS : retryAfterMs,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
