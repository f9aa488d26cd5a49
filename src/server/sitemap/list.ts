import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect, type PreparedSelect } from '#db/query.ts';
import { articles, noticeCounts, organizations, projects } from '#db/schema/index.ts';
import { named } from '#db/sql-pieces.ts';
import { articleUrl } from '#src/domain/articles/urls.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { companyUrl, noticeUrl, projectUrl } from '#src/domain/site/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listExposurePaths } from '../exposures/sitemap.ts';
import type { SitemapPart } from '../http/route.ts';
import { n } from '../notices/conditions.ts';
import { PAGE_ROUTES } from '../routes/pages/index.ts';

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
  const below = index === count ? '{' : firstId(index, count);
  return entries
    .all(db, { from: firstId(index - 1, count), below })
    .map(({ id, updatedAt }) => ({ path: toPath(id), modifiedAt: updatedAt }));
}

/** What is too much for one file. */
type Kind = Exclude<SitemapPart, typeof EXPOSURES>;

/** Ids from one up to another. */
interface Share {
  from: string;
  below: string;
}

interface Listing {
  toPath(id: string): string;
  entries: PreparedSelect<Share, { id: string; updatedAt: Instant }>;
  count: PreparedSelect<unknown, { total: number | null }>;
}

const { id, updatedAt, mergedInto } = organizations;
const LISTINGS: Record<Kind, Listing> = {
  notices: {
    toPath: noticeUrl,
    entries: defineSelect((p: Params<Share>) => ({
      fields: { id: n.id, updatedAt: n.updatedAt },
      rest: sql`FROM ${named(n)} WHERE ${n.id} >= ${p.from} AND ${n.id} < ${p.below} ORDER BY ${n.id}`,
    })),
    count: defineSelect(() => ({
      fields: { total: sql<number | null>`sum(${noticeCounts.total})` },
      rest: sql`FROM ${noticeCounts}`,
    })),
  },
  projects: {
    toPath: projectUrl,
    entries: defineSelect((p: Params<Share>) => ({
      fields: { id: projects.id, updatedAt: projects.updatedAt },
      rest: sql`FROM ${projects} WHERE ${projects.id} >= ${p.from} AND ${projects.id} < ${p.below}
        AND EXISTS (SELECT 1 FROM ${named(n)} WHERE ${n.projectId} = ${projects.id}) ORDER BY ${projects.id}`,
    })),
    count: defineSelect(() => ({ fields: { total: sql<number>`count(*)` }, rest: sql`FROM ${projects}` })),
  },
  articles: {
    toPath: articleUrl,
    entries: defineSelect((p: Params<Share>) => ({
      fields: { id: articles.id, updatedAt: articles.updatedAt },
      rest: sql`FROM ${articles} WHERE ${articles.id} >= ${p.from} AND ${articles.id} < ${p.below}
        AND ${articles.withdrawnAt} IS NULL ORDER BY ${articles.id}`,
    })),
    count: defineSelect(() => ({ fields: { total: sql<number>`count(*)` }, rest: sql`FROM ${articles}` })),
  },
  companies: {
    toPath: companyUrl,
    entries: defineSelect((p: Params<Share>) => ({
      fields: { id, updatedAt },
      rest: sql`FROM ${organizations} WHERE ${id} >= ${p.from} AND ${id} < ${p.below} AND ${mergedInto} IS NULL ORDER BY ${id}`,
    })),
    count: defineSelect(() => ({ fields: { total: sql<number>`count(*)` }, rest: sql`FROM ${organizations}` })),
  },
};
const KINDS = Object.keys(LISTINGS) as Kind[];

function countParts(db: Db, kind: Kind): number {
  const total = LISTINGS[kind].count.first(db)?.total ?? 0;
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
