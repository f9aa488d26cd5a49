import { remember } from '#src/domain/site/remember.ts';

/**
 * Tells whether a Host header names this site. Ports do not matter: proxies and port mappings change them, and no
 * address is ever built from this header.
 */
export function hostChecker(siteUrl: string, allowed: readonly string[]): (host: string | undefined) => boolean {
  const names = new Set([new URL(siteUrl).hostname, ...allowed.map((name) => name.toLowerCase())]);
  const isOurs = remember((host) => {
    const match = /^(\[[\da-f:.]+\]|[\w.-]+?)\.?(?::\d{1,5})?$/i.exec(host);
    return match?.[1] !== undefined && names.has(match[1].toLowerCase());
  });
  return (host) => isOurs(host ?? '');
}
