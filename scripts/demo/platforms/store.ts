import { createHash } from 'node:crypto';
import { COUNTY_SLUGS, type County } from '#src/domain/counties.ts';
import { formatDateTime } from '#src/domain/time.ts';
import type { DemoData } from '../generate/generate.ts';
import type { DemoNotice } from '../generate/model.ts';
import type { Column } from './columns.ts';

/** A notice as one site lists it. */
export interface FeedItem {
  notice: DemoNotice;
  /** 32 hex digits, different on every site, the same after a restart. */
  id: string;
  /** Hostile or faulty variations that this item shows. */
  flaw?: string;
}

/** `YYYY-MM-DD HH:mm:ss` in Shanghai. */
export function shanghaiNow(): string {
  const now = new Date().toISOString();
  return `${formatDateTime(now)}:${now.slice(17, 19)}`;
}

/** The id a site gives a notice. */
export function itemId(site: County, noticeKey: string): string {
  return createHash('sha256').update(`${site}\n${noticeKey}`).digest('hex').slice(0, 32);
}

/** What every site has published, newest first; notices dated later today appear when their time comes. */
export class FeedStore {
  readonly #items = new Map<County, FeedItem[]>(COUNTY_SLUGS.map((county) => [county, []]));
  readonly #byId = new Map<string, FeedItem>();

  constructor(data: DemoData) {
    for (const { notices } of data.projects) for (const notice of notices) this.#place(notice);
    for (const items of this.#items.values()) items.sort(newestFirst);
  }

  #place(notice: DemoNotice): void {
    const sites: County[] = notice.alsoOnCity ? [notice.county, 'jining'] : [notice.county];
    for (const site of sites) this.#list(site, { notice, id: itemId(site, notice.key) });
  }

  #list(site: County, item: FeedItem): void {
    this.#items.get(site)?.push(item);
    this.#byId.set(`${site}/${item.id}`, item);
  }

  /** Puts notices on their sites at once. */
  publish(...notices: DemoNotice[]): void {
    for (const notice of notices) this.#place(notice);
    for (const site of new Set(notices.map(({ county }) => county))) this.#items.get(site)?.sort(newestFirst);
    this.#items.get('jining')?.sort(newestFirst);
  }

  /** Puts an item with a flaw on one site. */
  publishFlawed(site: County, item: FeedItem): void {
    this.#list(site, item);
    this.#items.get(site)?.sort(newestFirst);
  }

  /** A site's visible items, newest first, of one column when given. */
  list(site: County, column?: Column, since = ''): FeedItem[] {
    const now = shanghaiNow();
    return (this.#items.get(site) ?? []).filter(({ notice }) => {
      if (notice.publishedAt > now || notice.publishedAt < since) return false;
      return !column || (column.mapping.category === notice.category && column.stages.includes(notice.stage));
    });
  }

  find(site: County, id: string): FeedItem | undefined {
    return this.#byId.get(`${site}/${id}`);
  }
}

function newestFirst(a: FeedItem, b: FeedItem): number {
  if (a.notice.publishedAt !== b.notice.publishedAt) return a.notice.publishedAt < b.notice.publishedAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
