import { setTimeout as sleep } from 'node:timers/promises';
import type { Found } from './self-check.ts';

interface LinkCheck {
  /** Address of this site, without a closing slash. */
  siteUrl: string;
  /** Pages whose links are followed. */
  pages: readonly string[];
  /** Links that are looked at, at most. */
  most: number;
  /** Milliseconds between two requests: the site serves people meanwhile. */
  pauseMs: number;
  signal: AbortSignal;
}

/** How long one answer may take, in milliseconds. */
const LIMIT_MS = 10_000;

/**
 * Follows the links of pages to pages of this site, one after the other.
 * @returns those that lead nowhere; null when the site does not answer at all, of which nothing follows
 */
export async function findDeadLinks({ siteUrl, pages, most, pauseMs, signal }: LinkCheck): Promise<Found[] | null> {
  const dead: Found[] = [];
  const seenOn = new Map<string, string>(pages.map((page) => [page, page]));
  const checked = new Set<string>();
  for (const [path, from] of seenOn) {
    if (checked.size >= most || signal.aborted) break;
    checked.add(path);
    const isPage = pages.includes(path);
    const answer = await ask(siteUrl + path, isPage ? 'GET' : 'HEAD', signal);
    if (answer === null && path === pages[0]) return null;
    if (answer === null || answer.status === 404 || answer.status === 410 || answer.status >= 500)
      dead.push({
        kind: 'dead',
        subject: path,
        title: path,
        detail: `${answer === null ? '没有应答' : `应答 ${answer.status}`}，见于 ${from}`,
      });
    else if (isPage) for (const link of linksOf(answer.body)) if (!seenOn.has(link)) seenOn.set(link, path);
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return dead;
}

async function ask(
  url: string,
  method: 'GET' | 'HEAD',
  signal: AbortSignal,
): Promise<{ status: number; body: string } | null> {
  try {
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    });
    return { status: answer.status, body: await answer.text() };
  } catch {
    return null;
  }
}

/** Paths of this site that a page links to, without fragments. */
function linksOf(html: string): string[] {
  const links = [...html.matchAll(/<a\s[^>]*?href="(\/[^"#]*)/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
  return [...new Set(links)].filter((href) => !href.startsWith('//'));
}
