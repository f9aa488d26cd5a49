import { createHash } from 'node:crypto';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import type { Site } from './feed-server.ts';

/** An item of the test feed, as the site holds it. */
export interface FeedItem {
  id: string;
  title: string;
  date: string;
  column?: string;
  body?: string;
  code?: string;
  lot?: string;
  county?: string;
  origin?: string;
  withdrawn?: boolean;
  fields?: Record<string, string>;
  /** A counter that changes with every visit. */
  clicks?: number;
}

const PAGE_SIZE = 20;

/** A site that serves the items it is given at the moment of the request, twenty a page, newest first, with validators. */
export function testSite(items: () => FeedItem[], pageSize = PAGE_SIZE): Site {
  return ({ url, headers }) => {
    const all = items();
    if (url.pathname === '/detail') {
      const item = all.find(({ id }) => id === url.searchParams.get('id'));
      return {
        type: 'text/html; charset=utf-8',
        status: item ? 200 : 404,
        body: `<html><article>${item?.body ?? ''}</article></html>`,
      };
    }
    const page = Number(url.searchParams.get('page') ?? 1);
    const rows = all.slice((page - 1) * pageSize, page * pageSize);
    const next = page * pageSize < all.length ? `/list?page=${page + 1}` : undefined;
    const body = JSON.stringify({ items: rows, total: all.length, ...(next ? { next } : {}) });
    if (page > 1) return { type: 'application/json; charset=utf-8', body };
    const etag = `"${createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16)}"`;
    if (headers['if-none-match'] === etag) return { type: 'application/json', status: 304, body: '' };
    return { type: 'application/json; charset=utf-8', body, headers: { etag } };
  };
}

const DAY_MS = 86_400_000;

/** A distinct, deterministic item; higher numbers are older. */
export function makeItem(number: number, more: Partial<FeedItem> = {}): FeedItem {
  const date = new Date(Date.parse('2026-06-20T00:00:00Z') - Math.floor(number / 4) * DAY_MS)
    .toISOString()
    .slice(0, 10);
  const unit = COUNTY_SLUGS[number % COUNTY_SLUGS.length];
  return {
    id: `item-${number}`,
    title: `第${number}号${unit}设备采购项目公开招标公告`,
    date,
    body: `<p>项目编号：SDGP37088320260${String(number).padStart(5, '0')}</p><p>采购人：邹城市第${number}中学</p><p>预算金额：${number + 1}.5 万元</p>`,
    code: `SDGP37088320260${String(number).padStart(5, '0')}`,
    ...more,
  };
}

/** So many distinct items, newest first. */
export function makeItems(count: number): FeedItem[] {
  return Array.from({ length: count }, (_, number) => makeItem(number));
}
