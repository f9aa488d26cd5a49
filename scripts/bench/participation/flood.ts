import { createHmac, hash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { leadingZeroBits, workText } from '#src/domain/participation/work.ts';
import { loadTokenKey } from '#src/server/subscriptions/tokens.ts';

export const SITE = 'http://portal.example';
/** Nobody fills in a form faster: what comes sooner without work is refused. */
const LEAST_MS = 4_500;
const AT_ONCE = 40;

/** A form that was opened. */
export interface OpenForm {
  token: string;
  bits: number;
  network: string;
}

/**
 * A form of a tip-off as the site signs it with its key, which asks for no work: thousands of people's computers do that while they type,
 * and one machine cannot.
 */
export function signTipOff(directory: string, network: string): OpenForm {
  const payload = ['tipOff', Math.floor(Date.now() / 1_000), 0, randomBytes(16).toString('base64url')].join('.');
  const mac = createHmac('sha256', loadTokenKey(directory, 'participation.key')).update(`form:${payload}`);
  return { token: `${payload}.${mac.digest('base64url')}`, bits: 0, network };
}

/** Opens the form of a tip-off from a network. */
export async function openTipOff(url: string, network: string): Promise<OpenForm> {
  const html = await fetch(`${url}/participate/tip-off`, { headers: { 'x-forwarded-for': network } }).then(
    (answer) => answer.text(),
    () => undefined,
  );
  const token = /name="token" value="([^"]+)"/.exec(html ?? '')?.[1];
  // Nobody answered, or too many asked: people ask again.
  if (html === undefined || token === undefined) {
    await delay(1_000);
    return openTipOff(url, network);
  }
  return { token, bits: Number(/data-bits="(\d+)"/.exec(html)?.[1]), network };
}

/** Does the work of a form. */
export function solve({ token, bits }: OpenForm): string {
  for (let solution = 0; ; solution++) {
    if (leadingZeroBits(hash('sha256', workText(token, solution), 'buffer')) >= bits) return String(solution);
  }
}

/** Sends a form. The receipt code, or undefined where it was not taken; an answer that never comes counts as not taken. */
export async function sendTipOff(
  url: string,
  { token, network }: OpenForm,
  work: string,
  number: number,
): Promise<string | undefined> {
  const body = new URLSearchParams({ token, work, text: `虚构的举报 ${number}` });
  const headers = { origin: SITE, 'x-forwarded-for': network };
  try {
    const answer = await fetch(`${url}/participate/tip-off`, { method: 'POST', body, headers });
    return /receipt-code[^>]*>\s*([0-9A-Z-]{23})/.exec(await answer.text())?.[1];
  } catch {
    return undefined;
  }
}

/** Runs a task for each item, some at once. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE)
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map((item, at) => task(item, from + at)))));
  return results;
}

/**
 * Sends so many forms without work from one network, as a program does, then one with its work from that network and one from another:
 * how many of the program's were taken, and whether the two people were.
 */
export async function flood(
  url: string,
  count: number,
): Promise<{ taken: number; isNeighbourTaken: boolean; isOtherTaken: boolean; otherMs: number }> {
  const network = '198.51.100.7';
  const forms = await inParallel(Array.from({ length: count }), () => openTipOff(url, network));
  await delay(LEAST_MS);
  const codes = await inParallel(forms, (form, index) => sendTipOff(url, form, '', index));
  const neighbour = await openTipOff(url, network);
  const isNeighbourTaken = (await sendTipOff(url, neighbour, solve(neighbour), count)) !== undefined;
  const began = performance.now();
  const other = await openTipOff(url, '192.0.2.55');
  const isOtherTaken = (await sendTipOff(url, other, solve(other), count + 1)) !== undefined;
  return {
    ...{ taken: codes.filter((code) => code !== undefined).length, isNeighbourTaken, isOtherTaken },
    otherMs: performance.now() - began,
  };
}
