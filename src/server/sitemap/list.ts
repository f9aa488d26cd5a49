import type { Db } from '#db/client.ts';
import { findRow, listRows } from '#db/statements.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { companyUrl, noticeUrl, projectUrl } from '#src/domain/site/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listExposurePaths } from '../exposures/sitemap.ts';
import type { SitemapPart } from '../http/route.ts';
import { PAGE_ROUTES } from '../routes/pages.ts';

/** Addresses aimed at per file; the protocol allows 50,000, and ids are spread evenly, so files stay well below. */
const PER_FILE = 40_000;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const SORTED = [...ALPHABET].sort().join('');
/** A part of its own: it is never kept for long. */
const EXPOSURES = 'exposures' satisfies SitemapPart;
const PREFIXES = SORTED.length ** 2;

export interface SitemapEntry {
  path: string;
  modifiedAt?: Instant;
}

/** Files of the sitemap: fixed pages, then notices, projects and organizations in as many parts as they need. */
export function listSitemapParts(db: Db): string[] {
  const parts = (kind: Kind) => Array.from({ length: countParts(db, kind) }, (_, index) => `${kind}-${index + 1}`);
  return ['pages', ...KINDS.flatMap(parts), EXPOSURES];
}

/** Addresses of one file. @throws NotFoundError when there is no such file. */
export function listSitemapEntries(db: Db, part: string): SitemapEntry[] {
  if (part === 'pages') return listPageEntries();
  if (part === EXPOSURES) return listExposurePaths(db);
  const [, name, number] = /^([a-z]+)-([1-9]\d{0,3})$/.exec(part) ?? [];
  const kind = KINDS.find((key) => key === name);
  const index = Number(number);
  const count = kind ? countParts(db, kind) : 0;
  if (!kind || !(index <= count)) throw new NotFoundError();
  const { toPath, entries } = LISTINGS[kind];
  const rows = listRows<{ id: string; updated_at: string }>(db, entries, [
    firstId(index - 1, count),
    index === count ? '{' : firstId(index, count),
  ]);
  return rows.map((row) => ({ path: toPath(row.id), modifiedAt: row.updated_at }));
}

/** What is too much for one file. */
type Kind = Exclude<SitemapPart, typeof EXPOSURES>;

interface Listing {
  toPath(id: string): string;
  /** The entries from one id up to another. */
  entries: string;
  count: string;
}

const LISTINGS: Record<Kind, Listing> = {
  notices: {
    toPath: noticeUrl,
    entries: 'SELECT id, updated_at FROM published_notices WHERE id >= ? AND id < ? ORDER BY id',
    count: 'SELECT sum(total) AS total FROM notice_counts',
  },
  projects: {
    toPath: projectUrl,
    entries: `SELECT id, updated_at FROM projects WHERE id >= ? AND id < ?
       AND EXISTS (SELECT 1 FROM published_notices n WHERE n.project_id = projects.id) ORDER BY id`,
    count: 'SELECT count(*) AS total FROM projects',
  },
  companies: {
    toPath: companyUrl,
    entries: 'SELECT id, updated_at FROM organizations WHERE id >= ? AND id < ? AND merged_into IS NULL ORDER BY id',
    count: 'SELECT count(*) AS total FROM organizations',
  },
};
const KINDS = Object.keys(LISTINGS) as Kind[];

function countParts(db: Db, kind: Kind): number {
  const total = findRow<{ total: number | null }>(db, LISTINGS[kind].count)?.total ?? 0;
  return Math.min(PREFIXES, Math.ceil(total / PER_FILE));
}

/** The id that a part begins at: ids are hashes, so equal shares of their first two characters hold equal numbers. */
function firstId(index: number, count: number): string {
  const prefix = Math.floor((index * PREFIXES) / count);
  return `${SORTED[Math.floor(prefix / SORTED.length)]}${SORTED[prefix % SORTED.length]}`;
}

/** Addresses that rows of pages name, those of one category or county together. */
function listPageEntries(): SitemapEntry[] {
  const paths = PAGE_ROUTES.flatMap(({ sitemap }) => (typeof sitemap === 'string' ? [] : (sitemap ?? [])));
  const groups = Map.groupBy(paths, (path) => path.split('/').slice(0, 3).join('/'));
  return [...groups.values()].flat().map((path) => ({ path }));
}
