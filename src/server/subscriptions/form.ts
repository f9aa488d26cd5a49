import { z } from 'zod';
import { type FieldFault, InputError } from '#src/domain/errors.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { findExcess } from '#src/domain/search/limits.ts';
import {
  CHANNEL_KEYS,
  type Channel,
  FREQUENCY_KEYS,
  type Frequency,
  HAS_SECRET,
} from '#src/domain/subscriptions/channels.ts';
import { excludeWords, toSubscribable } from '#src/domain/subscriptions/filter.ts';
import type { PrivateHosts } from '#src/outbound/ssrf-guard.ts';
import { parseNoticeFilter } from '../notices/parse-filter.ts';
import { AddressError, parseAddress } from './address.ts';

/** What the form says, as typed: shown again when something is wrong. */
export const subscribeFormSchema = z.object({
  /** The list's filter as a query. */
  filter: z.string().max(2_000).catch(''),
  exclude: z.string().trim().max(100, { error: '排除词最多 100 个字' }).default(''),
  channel: z.enum(CHANNEL_KEYS, { error: '请选择接收方式' }),
  address: z.string().max(2_000).catch(''),
  secret: z.string().trim().max(200, { error: '签名密钥最多 200 个字' }).default(''),
  frequency: z.enum(FREQUENCY_KEYS, { error: '请选择发送频率' }),
});

/** A subscription as asked for. */
export interface SubscriptionRequest {
  filter: NoticeFilter;
  channel: Channel;
  address: string;
  secret: string | null;
  frequency: Frequency;
}

export interface FormRules {
  offersMail: boolean;
  /** Webhook hosts that the operator allows by name. */
  allowed: PrivateHosts;
}

/** Reads a sent form. @throws InputError naming each faulty field with a reason in Chinese */
export function parseSubscribeForm(values: Record<string, unknown>, rules: FormRules): SubscriptionRequest {
  const parsed = subscribeFormSchema.safeParse(values);
  if (!parsed.success) {
    throw new InputError(parsed.error.issues.map(({ path, message }) => ({ name: String(path[0]), message })));
  }
  const { channel, frequency, exclude } = parsed.data;
  const faults: FieldFault[] = [];
  const secret = HAS_SECRET[channel] ? parsed.data.secret : null;
  if (secret === '') faults.push({ name: 'secret', message: '钉钉和飞书机器人须填写签名密钥' });
  if (channel === 'email' && !rules.offersMail) faults.push({ name: 'channel', message: '本站没有配置邮件发送' });
  const address = readAddress(channel, parsed.data.address, rules.allowed, faults);
  const filter = excludeWords(toSubscribable(parseNoticeFilter(new URLSearchParams(parsed.data.filter))), exclude);
  if ((filter.q?.length ?? 0) > 200) faults.push({ name: 'exclude', message: '关键词和排除词合计最多 200 个字' });
  const excess = findExcess(filter.q ?? '');
  if (excess) faults.push({ name: 'exclude', message: excess });
  if (faults.length > 0) throw new InputError(faults);
  return { filter, channel, address, secret, frequency };
}

function readAddress(channel: Channel, typed: string, allowed: PrivateHosts, faults: FieldFault[]): string {
  try {
    return parseAddress(channel, typed, allowed);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    faults.push({ name: 'address', message: error.message });
    return '';
  }
}
