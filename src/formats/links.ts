/** Longest address that is kept. */
const MAX_URL = 2_048;

/**
 * An absolute http(s) address from a link as sites write it: blanks around it are dropped, an address joined
 * behind another (`https://site http://real/…`, docs/feeds.md#traps, 25) gives the last one. Undefined for other
 * schemes, in-page anchors, unrendered templates, addresses with credentials, and relative ones without a base.
 */
export function toAbsoluteUrl(href: string, baseUrl?: string): string | undefined {
  if (href.length > MAX_URL * 4) return undefined;
  const trimmed = href.trim();
  const glued = /\shttps?:\/\/[^\s]*$/i.exec(trimmed);
  const address = glued ? glued[0].trim() : trimmed;
  if (address === '' || address.startsWith('#') || /\{\{|%7B%7B/i.test(address)) return undefined;
  const url = URL.parse(address, baseUrl);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  if (url.username || url.password || !url.hostname || url.href.length > MAX_URL) return undefined;
  return url.href;
}

/** A path below a site's root, whether or not the root is written with its closing slash. */
export function joinUrl(base: string, path: string): string {
  return `${base.replace(/\/+$/, '')}/${path}`;
}
