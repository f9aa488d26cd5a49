import type { Db } from '#db/client.ts';
import { findRow, listRows } from '#db/statements.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { exposuresUrl, overlapsUrl } from '#src/domain/exposures/urls.ts';
import {
  apiTypesUrl,
  companiesUrl,
  companyUrl,
  countiesUrl,
  countyCategoryUrl,
  countyUrl,
  developersUrl,
  homeUrl,
  listUrl,
  noticeUrl,
  openDataUrl,
  projectUrl,
  searchUrl,
  syncUrl,
  validateUrl,
} from '#src/domain/site/urls.ts';
import { stagesOf } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listExposurePaths } from '../exposures/sitemap.ts';

/** Addresses aimed at per file; the protocol allows 50,000, and ids are spread evenly, so files stay well below. */
const PER_FILE = 40_000;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const SORTED = [...ALPHABET].sort().join('');
/** A part of its own: it is never kept for long. */
const EXPOSURES = 'exposures';
const PREFIXES = SORTED.length ** 2;

export interface SitemapEntry {
  path: string;
  modifiedAt?: Instant;
}

/** Files of the sitemap: fixed pages, then notices, projects and organizations in as many parts as they need. */
export function listSitemapParts(db: Db): string[] {
  const parts = (kind: Kind) => Array.from({ length: countParts(db, kind) }, (_, index) => `${kind}-${index + 1}`);
  return ['pages', ...parts('notices'), ...parts('projects'), ...parts('companies'), EXPOSURES];
}

/** Addresses of one file. @throws NotFoundError when there is no such file. */
export function listSitemapEntries(db: Db, part: string): SitemapEntry[] {
  if (part === 'pages') return listPageEntries();
  if (part === EXPOSURES) return listExposurePaths(db);
  const match = /^(notices|projects|companies)-([1-9]\d{0,3})$/.exec(part);
  const kind = match?.[1] as Kind | undefined;
  const index = Number(match?.[2]);
  const count = kind ? countParts(db, kind) : 0;
  if (!kind || !(index <= count)) throw new NotFoundError();
  const [toPath, sql] = QUERIES[kind];
  const rows = listRows<{ id: string; updated_at: string }>(db, sql, [
    firstId(index - 1, count),
    index === count ? '{' : firstId(index, count),
  ]);
  return rows.map((row) => ({ path: toPath(row.id), modifiedAt: row.updated_at }));
}

type Kind = 'notices' | 'projects' | 'companies';

const QUERIES: Record<Kind, [toPath: (id: string) => string, sql: string]> = {
  notices: [noticeUrl, 'SELECT id, updated_at FROM published_notices WHERE id >= ? AND id < ? ORDER BY id'],
  projects: [
    projectUrl,
    `SELECT id, updated_at FROM projects WHERE id >= ? AND id < ?
       AND EXISTS (SELECT 1 FROM published_notices n WHERE n.project_id = projects.id) ORDER BY id`,
  ],
  companies: [
    companyUrl,
    'SELECT id, updated_at FROM organizations WHERE id >= ? AND id < ? AND merged_into IS NULL ORDER BY id',
  ],
};

const COUNTS: Record<Kind, string> = {
  notices: 'SELECT sum(total) AS total FROM notice_counts',
  projects: 'SELECT count(*) AS total FROM projects',
  companies: 'SELECT count(*) AS total FROM organizations',
};

function countParts(db: Db, kind: Kind): number {
  const total = findRow<{ total: number | null }>(db, COUNTS[kind])?.total ?? 0;
  return Math.min(PREFIXES, Math.ceil(total / PER_FILE));
}

/** The id that a part begins at: ids are hashes, so equal shares of their first two characters hold equal numbers. */
function firstId(index: number, count: number): string {
  const prefix = Math.floor((index * PREFIXES) / count);
  return `${SORTED[Math.floor(prefix / SORTED.length)]}${SORTED[prefix % SORTED.length]}`;
}

function listPageEntries(): SitemapEntry[] {
  const lists = CATEGORY_SLUGS.flatMap((category) => [
    listUrl({ category }),
    ...stagesOf(category).map((stage) => listUrl({ category, stage })),
  ]);
  const counties = COUNTY_SLUGS.flatMap((county) => [
    countyUrl(county),
    countyUrl(county, {}),
    ...CATEGORY_SLUGS.map((category) => countyCategoryUrl(county, category)),
  ]);
  const pages = [
    homeUrl(),
    listUrl(),
    searchUrl(),
    companiesUrl(),
    countiesUrl(),
    exposuresUrl(),
    exposuresUrl({ board: 'blacklist' }),
    overlapsUrl(),
    openDataUrl(),
    developersUrl(),
    apiTypesUrl(),
    validateUrl(),
    syncUrl(),
  ];
  return [...pages, ...lists, ...counties].map((path) => ({ path }));
}
