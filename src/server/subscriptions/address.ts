import { z } from 'zod';
import {
  CHANNELS,
  type Channel,
  isRobot,
  ROBOT_ADDRESSES,
  type WebhookChannel,
} from '#src/domain/subscriptions/channels.ts';
import { ForbiddenAddressError } from '#src/outbound/errors.ts';
import { assertAllowedUrl, type PrivateHosts } from '#src/outbound/ssrf-guard.ts';

const LONGEST_MAIL = 254;
const LONGEST_URL = 1_000;
const mailAddress = z.email().max(LONGEST_MAIL);

/** Why an address cannot be used, in words for its owner. */
export class AddressError extends Error {}

/** The address of a channel in the one form in which it is stored. @throws AddressError */
export function parseAddress(channel: Channel, typed: string, allowed: PrivateHosts): string {
  const text = typed.trim();
  if (!text) throw new AddressError(`请填写${CHANNELS[channel].address}`);
  return channel === 'email' ? parseMail(text) : parseWebhookUrl(channel, text, allowed).href;
}

/** Letters of the host do not count; those of the mailbox may. */
function parseMail(text: string): string {
  if (!mailAddress.safeParse(text).success) throw new AddressError('邮箱地址格式不正确');
  const at = text.lastIndexOf('@');
  return text.slice(0, at) + text.slice(at).toLowerCase();
}

/**
 * The address of a webhook: public https only, and for a vendor's robot the vendor's own. Hosts that the operator allows by name are
 * let through. @throws AddressError
 */
export function parseWebhookUrl(channel: WebhookChannel, text: string, allowed: PrivateHosts): URL {
  if (text.length > LONGEST_URL || !URL.canParse(text)) throw new AddressError('Webhook 地址格式不正确');
  const url = new URL(text);
  url.hash = '';
  try {
    assertAllowedUrl(url, allowed);
  } catch (error) {
    if (error instanceof ForbiddenAddressError) throw new AddressError('这个地址不允许使用：须是公网上的 https 地址');
    throw error;
  }
  if (allowed.hasUrl(url)) return url;
  if (url.protocol !== 'https:' || url.port) throw new AddressError('须是 https 地址，并使用默认端口');
  if (isRobot(channel) && !isVendors(url, ROBOT_ADDRESSES[channel])) {
    throw new AddressError(`这不是${CHANNELS[channel].label}的 Webhook 地址`);
  }
  return url;
}

function isVendors(url: URL, { host, path, key }: (typeof ROBOT_ADDRESSES)[keyof typeof ROBOT_ADDRESSES]): boolean {
  if (url.hostname !== host) return false;
  if (key) return url.pathname === path && Boolean(url.searchParams.get(key));
  return url.pathname.startsWith(path) && url.pathname.length > path.length;
}

/** An address as far as it may be shown to operators: `z***@example.org`, `https://host/…`. */
export function maskAddress(channel: Channel, address: string): string {
  if (channel !== 'email') return `${new URL(address).origin}/…`;
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}***${address.slice(at)}`;
}
