import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#db/client.ts';
import { openReadOnly } from '#db/client.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { addDays, formatDate, startOfDay } from '#src/domain/time/time.ts';
import { listNotices } from '#src/server/notices/list.ts';
import { openTestDatabase, SEED_NOW, type SeedNotice, seedNotices, seedSources } from '#tests/support/seed-notices.ts';

let db: Db;
let all: SeedNotice[];
const closers: (() => void)[] = [];

beforeAll(() => {
  const opened = openTestDatabase();
  seedSources(opened.db);
  all = seedNotices(opened.db, 1500);
  db = openReadOnly(opened.path);
  closers.push(() => db.$client.close(), opened.close);
});
afterAll(() => {
  for (const close of closers) close();
});

/** The filter's meaning, said once more in plain TypeScript. */
function matches(notice: SeedNotice, filter: NoticeFilter): boolean {
  const { deadlineAt, amountFen, publishedAt } = notice;
  if (filter.category && notice.category !== filter.category) return false;
  if (filter.stage && notice.stage !== filter.stage) return false;
  if (filter.county && notice.county !== filter.county) return false;
  if (filter.from && publishedAt < startOfDay(filter.from)) return false;
  if (filter.to && publishedAt >= addDays(startOfDay(filter.to), 1)) return false;
  if (filter.min !== undefined && (amountFen === null || amountFen < filter.min)) return false;
  if (filter.max !== undefined && (amountFen === null || amountFen > filter.max)) return false;
  if (filter.status === 'open' && !(deadlineAt && deadlineAt > SEED_NOW)) return false;
  if (filter.status === 'closed' && !(deadlineAt && deadlineAt <= SEED_NOW)) return false;
  if (filter.buyer && notice.buyer !== filter.buyer) return false;
  return !filter.supplier || notice.suppliers.includes(filter.supplier);
}

/** Sort keys of a list order, largest first; ids break ties. */
function expectedOrder(notices: SeedNotice[], sort: NoticeFilter['sort']): string[] {
  const byPublished = (a: SeedNotice, b: SeedNotice) => compare(b.publishedAt, a.publishedAt) || compare(b.id, a.id);
  const known = (notice: SeedNotice) => (sort === 'amount' ? notice.amountFen : notice.deadlineAt) !== null;
  const rest = notices.filter((notice) => !known(notice)).sort(byPublished);
  const ids = (list: SeedNotice[]) => list.map(({ id }) => id);
  if (sort === 'amount') {
    const sorted = notices.filter(known).sort((a, b) => (b.amountFen ?? 0) - (a.amountFen ?? 0) || compare(b.id, a.id));
    return ids([...sorted, ...rest]);
  }
  // Each came here when it was published.
  if (sort !== 'deadline') return ids(notices.toSorted(byPublished));
  const key = (notice: SeedNotice) => notice.deadlineAt ?? '';
  const open = notices.filter((notice) => key(notice) > SEED_NOW);
  const past = notices.filter((notice) => known(notice) && key(notice) <= SEED_NOW);
  open.sort((a, b) => compare(key(a), key(b)) || compare(a.id, b.id));
  past.sort((a, b) => compare(key(b), key(a)) || compare(b.id, a.id));
  return ids([...open, ...past, ...rest]);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function walk(filter: NoticeFilter): { ids: string[]; total: number } {
  const ids: string[] = [];
  let cursor: string | undefined;
  let total = -1;
  do {
    const page = listNotices(db, { ...filter, limit: 37, ...(cursor ? { cursor } : {}) }, SEED_NOW);
    ids.push(...page.items.map(({ id }) => id));
    if (total >= 0) expect(page.total).toBe(total);
    total = page.total;
    cursor = page.next ?? undefined;
  } while (cursor);
  return { ids, total };
}

const FILTERS: NoticeFilter[] = [
  {},
  { category: 'procurement' },
  { category: 'procurement', stage: 'awardNotice' },
  { stage: 'correctionNotice' },
  { county: 'zoucheng' },
  { county: 'zoucheng', category: 'land' },
  { county: 'zoucheng', stage: 'tenderNotice' },
  { from: '2025-01-01', to: '2025-12-31' },
  { from: '2025-03-15', to: '2026-02-03' },
  { category: 'medical', from: '2026-01-01' },
  { status: 'open' },
  { status: 'closed', county: 'qufu' },
  { min: 100_000_000 },
  { min: 1_000_000_000, max: 20_000_000_000, category: 'construction' },
  { buyer: '采购单位 5' },
  { supplier: '供应商 4' },
  { buyer: '采购单位 5', supplier: '供应商 24' },
  { status: 'open', min: 100_000_000, county: 'rencheng' },
];

/** A day of the four years that the notices are of, or of those around; the turns of the years among them. */
const dayArbitrary = fc.oneof(
  fc.integer({ min: -1_700, max: 200 }).map((days) => formatDate(addDays(SEED_NOW, days))),
  fc
    .tuple(fc.integer({ min: 2022, max: 2026 }), fc.constantFrom('01-01', '01-02', '07-02', '12-31'))
    .map((parts) => parts.join('-')),
);

describe('listNotices', () => {
  it('counts the notices of any days, in every category, stage and county', () => {
    fc.assert(
      fc.property(
        fc.option(dayArbitrary, { nil: undefined }),
        fc.option(dayArbitrary, { nil: undefined }),
        (from, to) => {
          const filter = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
          const expected = all.filter((notice) => matches(notice, filter));
          const { total, facets } = listNotices(db, { ...filter, limit: 1 }, SEED_NOW);
          expect(total).toBe(expected.length);
          for (const key of ['category', 'stage', 'county'] as const) {
            const counts = Object.fromEntries(
              [...Map.groupBy(expected, (notice) => notice[key])].map(([value, list]) => [value, list.length]),
            );
            expect(facets[key]).toEqual(counts);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  for (const filter of FILTERS) {
    for (const sort of ['published', 'arrived', 'deadline', 'amount'] as const) {
      it(`walks ${JSON.stringify(filter)} by ${sort} to the last notice`, () => {
        const expected = expectedOrder(
          all.filter((notice) => matches(notice, filter)),
          sort,
        );
        const { ids, total } = walk({ ...filter, sort });
        expect(ids).toEqual(expected);
        expect(total).toBe(expected.length);
      });
    }
  }

  it('counts each facet with its own filter left out', () => {
    for (const filter of FILTERS) {
      const { facets } = listNotices(db, filter, SEED_NOW);
      for (const key of ['category', 'stage', 'county'] as const) {
        const counts: Record<string, number> = {};
        for (const notice of all) {
          if (matches(notice, { ...filter, [key]: undefined })) counts[notice[key]] = (counts[notice[key]] ?? 0) + 1;
        }
        expect(facets[key], JSON.stringify({ filter, key })).toEqual(counts);
      }
    }
  });

  it('keeps "open" as it was when the walk began', () => {
    const first = listNotices(db, { status: 'open', sort: 'deadline', limit: 2 }, SEED_NOW);
    const later = addDays(SEED_NOW, 5);
    const second = listNotices(db, { status: 'open', sort: 'deadline', limit: 2, cursor: first.next ?? '' }, later);
    expect(second.total).toBe(first.total);
  });

  it('refuses a cursor that it did not make or that belongs to another order', () => {
    const { next } = listNotices(db, { limit: 5 }, SEED_NOW);
    expect(() => listNotices(db, { cursor: 'abc' })).toThrow(/cursor/);
    expect(() => listNotices(db, { sort: 'amount', cursor: next ?? '' })).toThrow(/cursor/);
  });

  it('shows the facts that lists of the category show, and no others', () => {
    const [item] = listNotices(db, { category: 'procurement', limit: 1 }, SEED_NOW).items;
    expect(Object.keys(item?.facts ?? {})).toEqual(['budget']);
  });
});
