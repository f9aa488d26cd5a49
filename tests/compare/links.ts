import { z } from 'zod';
import type { Answer, Ask } from './ask.ts';

const LINK = /\s(?:href|src|action)="([^"]+)"/g;

/** The parts of lists that lead on; anything else leads nowhere. */
const nextSchema = z
  .object({
    next: z.string().nullish(),
    links: z.object({ next: z.string() }).optional(),
    releases: z.array(z.object({ ocid: z.string() })).optional(),
  })
  .catch({});

/** Addresses of the same site that an answer leads to: links of a page, the next page of a list. */
export function listLinks(ask: Ask, { status, headers, body }: Answer, site: string): string[] {
  const type = headers['content-type'] ?? '';
  const location = headers.location === undefined ? [] : [headers.location];
  if (status !== 200 || (ask.method ?? 'GET') !== 'GET') return toAddresses(location, ask, site);
  if (type.startsWith('text/html')) {
    const links = [...body.toString('utf8').matchAll(LINK)].map(([, link = '']) => link.replace(/&#38;|&amp;/g, '&'));
    return toAddresses(links, ask, site);
  }
  return type.startsWith('application/json') ? toNextPage(ask, body, site) : [];
}

function toAddresses(links: readonly string[], ask: Ask, site: string): string[] {
  return links.flatMap((link) => {
    const url = URL.parse(link, site + ask.address);
    return url?.origin === new URL(site).origin && !url.pathname.startsWith('/_astro/')
      ? [url.pathname + url.search]
      : [];
  });
}

/** Lists of the API name their next page by its cursor, changes by a place, OCDS packages by its address and records by theirs. */
function toNextPage({ address }: Ask, body: Buffer, site: string): string[] {
  const { next, links, releases = [] } = nextSchema.parse(JSON.parse(body.toString('utf8')));
  const records = releases.map(({ ocid }) => `/api/v1/ocds/records/${ocid}`);
  if (!next) return [...records, ...(links ? toAddresses([links.next], { address }, site) : [])];
  const url = new URL(address, site);
  url.searchParams.set(url.pathname.endsWith('/changes') ? 'since' : 'cursor', next);
  return [url.pathname + url.search];
}
