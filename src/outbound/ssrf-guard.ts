import { type LookupAddress, type LookupOptions, lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { ForbiddenAddressError } from './errors.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** True for a globally routable unicast address; false for anything private, special, mapped onto one, or unreadable. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // IPv4-compatible addresses (::a.b.c.d) count as unicast, but end at the IPv4 host on some systems.
  return !(
    parsed.kind() === 'ipv6' &&
    parsed
      .toByteArray()
      .slice(0, 12)
      .every((byte) => byte === 0)
  );
}

/** Host and port pairs that are let through although they are private (`FEED_ALLOW_PRIVATE`). */
export class PrivateHosts {
  readonly #pairs: ReadonlySet<string>;

  /** @param pairs `host:port` texts. */
  constructor(pairs: readonly string[]) {
    this.#pairs = new Set(pairs.map((pair) => pair.toLowerCase()));
  }

  /** True when the pair was allowed by name. */
  has(hostname: string, port: string, protocol: string): boolean {
    const number = port || (protocol === 'https:' ? '443' : '80');
    return this.#pairs.has(`${hostname.toLowerCase()}:${number}`);
  }

  hasUrl(url: URL): boolean {
    return this.has(url.hostname, url.port, url.protocol);
  }
}

/**
 * First check of every address and of every redirect: http(s) without credentials, and no literal private address.
 * The URL parser has already turned spellings like `0x7f.1` and `①②⑦.⓪.⓪.①` into dotted decimals.
 * @throws ForbiddenAddressError
 */
export function assertAllowedUrl(url: URL, allowed: PrivateHosts): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new ForbiddenAddressError(url.href);
  if (url.username || url.password) throw new ForbiddenAddressError(url.host);
  if (allowed.hasUrl(url)) return;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isPublicAddress(host)) throw new ForbiddenAddressError(url.host);
}

/** Name look-up that refuses a name when any of its addresses is not public: a mixed answer is a rebinding attempt. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  const all: LookupOptions & { all: true } = { family: options.family ?? 0, hints: options.hints ?? 0, all: true };
  resolve(hostname, all, (error, addresses: LookupAddress[]) => {
    const first = addresses?.[0];
    if (error || !first) callback(error ?? new Error(`no address for ${hostname}`), '');
    else if (!addresses.every(({ address }) => isPublicAddress(address))) {
      callback(new ForbiddenAddressError(hostname), '');
    } else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/**
 * Connector for an undici Agent: literal check, look-up filter, and a check of the address that was really reached.
 * A look-up filter alone is not enough: connections to IP literals never look anything up.
 */
export function createGuardedConnector(allowed: PrivateHosts): buildConnector.connector {
  const open = buildConnector({ timeout: CONNECT_TIMEOUT_MS });
  const guarded = buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: guardedLookup });
  return (options, callback) => {
    if (allowed.has(options.hostname, options.port, options.protocol)) return open(options, callback);
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) && !isPublicAddress(host)) return callback(new ForbiddenAddressError(host), null);
    guarded(options, (...[error, socket]) => {
      if (error || !socket) return callback(error ?? new Error('no socket'), null);
      if (isPublicAddress(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(new ForbiddenAddressError(options.hostname), null);
    });
  };
}
