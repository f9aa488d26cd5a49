import { createHash } from 'node:crypto';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { formatDateTime, fromShanghai } from '#src/domain/time/time.ts';
import type { DemoData } from '../generate/generate.ts';
import type { DemoNotice } from '../generate/model.ts';
import type { Column } from './columns.ts';
import { type ItemFlaw, makeBadItems } from './flaws.ts';

/** A notice as one site lists it. */
export interface FeedItem {
  notice: DemoNotice;
  /** 32 hex digits, different on every site, the same after a restart. The first 12 are its time, as in the GUIDs of ABP. */
  id: string;
  /** Decimal id, for platforms that number their articles. */
  number: string;
  /** What makes the item unfit to be published. */
  flaw?: ItemFlaw;
}

/** Milliseconds from year 1 to the Unix epoch: sequential GUIDs count from there. */
const YEAR_ONE_MS = 62_135_596_800_000;

/** The present, `YYYY-MM-DD HH:mm:ss` in Shanghai: the form in which notices carry their times. */
export function shanghaiNow(): string {
  const now = new Date().toISOString();
  return `${formatDateTime(now)}:${now.slice(17, 19)}`;
}

/** A notice under the ids that a site gives it. */
export function toItem(site: County, notice: DemoNotice, flaw?: ItemFlaw): FeedItem {
  const hash = createHash('sha256').update(`${site}\n${notice.key}`).digest('hex');
  const [year = 0, month = 0, day = 0, hour, minute, second] = notice.publishedAt.split(/\D/).map(Number);
  const time = Date.parse(fromShanghai(year, month, day, hour, minute, second)) + YEAR_ONE_MS;
  const id = time.toString(16).padStart(12, '0') + hash.slice(0, 20);
  const number = String(Number.parseInt(hash.slice(0, 10), 16));
  return flaw ? { notice, id, number, flaw } : { notice, id, number };
}

/** What every site has published, newest first; notices dated later today appear when their time comes. */
export class FeedStore {
  readonly #items = new Map<County, FeedItem[]>(COUNTY_SLUGS.map((county) => [county, []]));
  readonly #byId = new Map<string, FeedItem>();

  constructor(data: DemoData) {
    for (const { notices } of data.projects) for (const notice of notices) this.#place(notice);
    for (const [site, items] of this.#items) {
      for (const { notice, flaw } of makeBadItems(site, items)) this.#list(site, toItem(site, notice, flaw));
      items.sort(newestFirst);
    }
  }

  #place(notice: DemoNotice): void {
    this.#list(notice.county, toItem(notice.county, notice));
    if (notice.alsoOnCity) this.#list('jining', toItem('jining', notice));
  }

  #list(site: County, item: FeedItem): void {
    this.#items.get(site)?.push(item);
    this.#byId.set(`${site}/${item.id}`, item);
    this.#byId.set(`${site}/${item.number}`, item);
  }

  /** The items of a column that are visible at a time, newest first. */
  list(site: County, column: Column, now: string): FeedItem[] {
    return this.all(site).filter((item) => item.notice.publishedAt <= now && stands(item, column));
  }

  /** Everything a site will have published by the end of the day, good and bad, newest first. */
  all(site: County): readonly FeedItem[] {
    return this.#items.get(site) ?? [];
  }

  /** An item by its hexadecimal or decimal id. */
  find(site: County, id: string): FeedItem | undefined {
    return this.#byId.get(`${site}/${id}`);
  }
}

function stands({ notice, flaw }: FeedItem, { mapping, stages }: Column): boolean {
  if (flaw === 'unmapped-column' || !mapping) return flaw === 'unmapped-column' && !mapping;
  return mapping.category === notice.category && stages.includes(notice.stage);
}

function newestFirst(a: FeedItem, b: FeedItem): number {
  if (a.notice.publishedAt !== b.notice.publishedAt) return a.notice.publishedAt < b.notice.publishedAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
