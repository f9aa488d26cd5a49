import type { IncomingHttpHeaders } from 'node:http';
import type { County } from '#src/domain/counties/counties.ts';
import type { DemoDecision } from '../generate/decisions.ts';
import type { Column } from './columns.ts';
import type { FeedItem, FeedStore } from './store.ts';

/** A request to one site, after its prefix was taken off. */
export interface SiteRequest {
  method: string;
  /** Path below the site's root, without leading slash. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface SiteAnswer {
  status?: number;
  type: string;
  body: string | Uint8Array;
  headers?: Record<string, string | string[]>;
  /** Never replaced by the error page: a handshake is asked for once. */
  isSteady?: boolean;
}

/** One county's site. */
export interface Site {
  county: County;
  /** Address of its root, with a closing slash. */
  root: string;
  store: FeedStore;
  /** Decisions of supervisors, oldest first. */
  decisions: readonly DemoDecision[];
  /** The present in Shanghai, see `shanghaiNow`. */
  now: string;
  /** Number of answers it has given: counters in pages show it, so no two answers are alike. */
  calls: number;
}

/** The software a site runs on: its format, and the settings with which its adapter reads it. */
export interface Platform {
  /** Key of the adapter. */
  adapter: string;
  columns: readonly Column[];
  settings(county: County, root: string): Record<string, unknown>;
  /** The site's answer; undefined when it has no such page. */
  answer(request: SiteRequest, site: Site): SiteAnswer | undefined;
}

/** The visible items of a column, newest first. */
export function listItems({ store, county, now }: Site, column: Column): FeedItem[] {
  return store.list(county, column, now);
}

/** The column with a code. */
export function findColumn(columns: readonly Column[], code: string | null | undefined): Column | undefined {
  return columns.find((column) => column.code === code);
}

/** The column in which an item stands. */
export function columnOf(columns: readonly Column[], { notice, flaw }: FeedItem): Column | undefined {
  if (flaw === 'unmapped-column') return columns.find(({ mapping }) => !mapping);
  return columns.find(({ mapping, stages }) => mapping?.category === notice.category && stages.includes(notice.stage));
}

/** Part of a list, and how many rows the site says it has. */
export interface Page<T> {
  rows: T[];
  total: number;
  /** Number of pages. */
  pages: number;
}

/**
 * One page (from 0) of a list as sites really page it. While a reader turns pages a row arrives, so that from the second
 * page on everything has moved down by one; pages beyond the end repeat the last one.
 */
export function slicePage<T>(list: readonly T[], index: number, size: number): Page<T> {
  const [first] = list;
  const shifted = index > 0 && first !== undefined ? [first, ...list] : list;
  const pages = Math.ceil(shifted.length / size);
  const start = Math.max(0, Math.min(index, pages - 1)) * size;
  return { rows: shifted.slice(start, start + size), total: shifted.length, pages };
}

/** An answer of JSON. */
export function json(value: unknown): SiteAnswer {
  return { type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

/** An answer of HTML. */
export function html(body: string): SiteAnswer {
  return { type: 'text/html; charset=utf-8', body };
}

/** Text for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** A title cut as lists cut it. */
export function cutTitle(title: string, length: number): string {
  return title.length > length ? `${title.slice(0, length)}...` : title;
}
