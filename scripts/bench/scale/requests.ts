import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { toCursor } from '#db/epoch.ts';
import { defineSelect } from '#db/query.ts';
import { noticeParties, notices } from '#db/schema/index.ts';
import { noticesFileUrl } from '#src/domain/exports/urls.ts';
import { deadlinesUrl, feedUrl } from '#src/domain/feeds/urls.ts';
import {
  apiListUrl,
  apiSearchUrl,
  companyUrl,
  homeUrl,
  listUrl,
  noticeUrl,
  projectUrl,
  searchUrl,
  type UrlFilter,
} from '#src/domain/site/urls.ts';
import { MEASURE_IDS } from '#src/domain/statistics/registry.ts';
import { measureUrl, statisticsUrl } from '#src/domain/statistics/urls.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { formatCursor } from '#src/server/notices/cursor.ts';

/** A kind of request: its address differs from one number to the next wherever it can. */
export interface RequestKind {
  name: string;
  address(number: number): string;
  /** Whole lists: what counts is the time for each row. */
  perRow?: true;
}

interface Sample {
  id: string;
  title: string;
  publishedAt: string;
  projectId: string;
  buyer: string | null;
  projectCode: string | null;
  organizationId: string | null;
}

const n = notices;
/** Notices from all over the list, with the firm that each names. */
const SAMPLES = defineSelect(() => ({
  fields: {
    ...{ id: n.id, title: n.title, publishedAt: n.publishedAt, projectId: n.projectId },
    ...{ buyer: n.buyer, projectCode: n.projectCode },
    organizationId: sql<string | null>`(SELECT ${noticeParties.organizationId} FROM ${noticeParties}
      WHERE ${noticeParties.noticeId} = ${n.id} AND ${noticeParties.role} = 'buyer' LIMIT 1)`,
  },
  rest: sql`FROM ${n} WHERE ${n.isPublic} = 1 AND ${n}.rowid % max(1, (SELECT count(*) FROM ${n}) / 200) = 0 LIMIT 200`,
}));

const day = (daysAgo: number) => formatDate(new Date(Date.now() - daysAgo * 86_400_000).toISOString());

/** Every kind of request that is measured, on the notices of a database. */
export function listRequests(db: Db): RequestKind[] {
  const samples = SAMPLES.all(db);
  const pick = (number: number): Sample => {
    const sample = samples[number % samples.length];
    if (!sample) throw new Error('the database is empty');
    return sample;
  };
  const list = (name: string, filter: (number: number) => UrlFilter): RequestKind => ({
    name: `list ${name}`,
    // Another length of the page each time, so that none is kept.
    address: (number) => listUrl({ limit: 10 + (number % 20), ...filter(number) }),
  });
  const search = (name: string, q: (number: number) => string, filter: UrlFilter = {}): RequestKind => ({
    name: `search ${name}`,
    address: (number) => searchUrl({ q: q(number), ...filter }),
  });
  const piece = (number: number, length: number) => pick(number).title.slice(number % 8, (number % 8) + length);
  return [
    { name: 'home', address: homeUrl },
    list('newest', () => ({})),
    list('category', () => ({ category: 'procurement' })),
    list('category, stage, county', () => ({ category: 'procurement', stage: 'awardNotice', county: 'qufu' })),
    list('a year', () => ({ from: `${day(400).slice(0, 4)}-01-01`, to: `${day(400).slice(0, 4)}-12-31` })),
    list('30 days', (number) => ({ from: day(430 + number), to: day(400 + number) })),
    list('300 days', (number) => ({ from: day(700 + number), to: day(400 + number) })),
    list('open', () => ({ status: 'open' })),
    list('closed', () => ({ status: 'closed' })),
    list('amount from', (number) => ({ min: 1_000_000_00 + number * 100 })),
    list('amount between', (number) => ({ min: 1_000_000_00 + number * 100, max: 1_500_000_00 })),
    list('buyer', (number) => ({ buyer: pick(number).buyer ?? undefined })),
    list('by deadline', () => ({ sort: 'deadline' })),
    list('by amount', () => ({ sort: 'amount' })),
    list('by arrival', () => ({ sort: 'arrived' })),
    { name: 'list deep page', address: (number) => listUrl({ cursor: cursorOf(pick(number)) }) },
    { name: 'API list with facets', address: (number) => apiListUrl({ limit: 10 + (number % 20), county: 'qufu' }) },
    { name: 'notice', address: (number) => noticeUrl(pick(number).id) },
    search('two characters', (number) => piece(number, 2)),
    search('four characters', (number) => piece(number, 4)),
    search('a title', (number) => pick(number).title),
    search('a code', (number) => pick(number).projectCode ?? 'SDGP'),
    search('a buyer', (number) => pick(number).buyer ?? '医院'),
    search('in a county', (number) => piece(number, 3), { county: 'qufu' }),
    search('by deadline', (number) => piece(number, 3), { sort: 'deadline' }),
    { name: 'API search', address: (number) => apiSearchUrl({ q: piece(number, 3) }) },
    { name: 'company', address: (number) => companyUrl(pick(number).organizationId ?? '') },
    { name: 'project', address: (number) => projectUrl(pick(number).projectId) },
    { name: 'calendar', address: (number) => deadlinesUrl(number % 2 ? { category: 'procurement' } : {}) },
    { name: 'feed', address: (number) => feedUrl(number % 2 ? 'atom' : 'rss', { county: 'qufu' }) },
    {
      name: 'changes',
      address: (number) => `/api/v1/changes?since=${toCursor(db, number * 3)}&limit=${20 + (number % 20)}`,
    },
    { name: 'statistics', address: () => statisticsUrl() },
    { name: 'a measure', address: (number) => measureUrl(MEASURE_IDS[number % MEASURE_IDS.length] ?? MEASURE_IDS[0]) },
    { name: 'export', address: () => noticesFileUrl('csv', { category: 'procurement' }), perRow: true },
    { name: 'export of a search', address: () => noticesFileUrl('csv', { q: '采购' }), perRow: true },
  ];
}

const cursorOf = ({ publishedAt, id }: Sample): string =>
  formatCursor({ sort: 'published', segment: 0, key: publishedAt, id, at: new Date().toISOString() });
