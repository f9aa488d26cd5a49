import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { remember } from '#src/domain/remember.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Part of an IPv6 address that one subscriber line is given. */
const NETWORK_BITS = 64;

/**
 * Who asks: an IPv4 address, or the network (/64) of an IPv6 one. A proxy counts when it runs on this machine or is
 * listed (addresses or CIDR ranges); then the last address of X-Forwarded-For that is no such proxy asks. Undefined for
 * this machine itself: a proxy here that does not say for whom it asks would make all readers one client.
 */
export function clientOf(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  proxies: readonly string[],
): string | undefined {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  const chain = [socket.remoteAddress ?? '', ...forwarded.reverse()].map((part) => part.trim());
  for (const part of chain) {
    const address = readAddress(part);
    if (!address) return undefined;
    if (!isProxy(address, proxies)) return toNetwork(address);
  }
  return undefined;
}

/** The same addresses ask again and again. Null: none. */
const readAddress = remember((text): Address | null => (ipaddr.isValid(text) ? ipaddr.process(text) : null));

function isProxy(address: Address, proxies: readonly string[]): boolean {
  if (address.range() === 'loopback') return true;
  return proxies.some((proxy) => {
    const [network, bits] = ipaddr.parseCIDR(proxy.includes('/') ? proxy : `${proxy}/${wholeBits(proxy)}`);
    return network.kind() === address.kind() && address.match(network, bits);
  });
}

const wholeBits = (address: string) => (ipaddr.parse(address).kind() === 'ipv4' ? 32 : 128);

function toNetwork(address: Address): string {
  if (address.kind() === 'ipv4') return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${NETWORK_BITS}`).toString()}/${NETWORK_BITS}`;
}
