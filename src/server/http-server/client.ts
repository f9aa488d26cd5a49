import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { remember } from '#src/domain/site/remember.ts';

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
    if (part === '') return undefined;
    const address = readAddress(part);
    if (!address) return UNREADABLE;
    if (!isProxy(address, proxies)) return toNetwork(address);
  }
  return undefined;
}

/** The one client of all whose address a proxy writes in a way that is none: nobody gets out of the limits by that. */
const UNREADABLE = 'unreadable';

/** The network that `clientOf` takes for one client, of the address of a connection. */
export function networkOf(text: string): string {
  const address = readAddress(text);
  return address ? toNetwork(address) : UNREADABLE;
}

/** Whether a connection's address is one of a proxy. */
export function isTrusted(text: string, proxies: readonly string[]): boolean {
  const address = readAddress(text);
  return address !== null && isProxy(address, proxies);
}

/** IPv6 in brackets, a port, and quotes around both: as `Forwarded` has them, and some proxies write X-Forwarded-For. */
const BRACKETED = /^\[([^\]]*)\](?::\d{1,5})?$/;
const WITH_PORT = /^([^:]*):\d{1,5}$/;

/** The same addresses ask again and again. Null: none. */
const readAddress = remember((text): Address | null => {
  const unquoted = text.replace(/^"(.*)"$/, '$1');
  const bare = (BRACKETED.exec(unquoted) ?? WITH_PORT.exec(unquoted))?.[1] ?? unquoted;
  // Fewer than four numbers, or octal ones, are an address for the library; no proxy writes them.
  return ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare) ? ipaddr.process(bare) : null;
});

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
