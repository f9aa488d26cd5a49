import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { NARROWING_KEYS, type NoticeFilter, type NoticeFilterKey } from '#src/domain/notices/notice-filter.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { isOfInterest, toInterest } from '#src/domain/subscriptions/interest.ts';
import { listNotices } from '#src/server/notices/list.ts';
import { listIndexableRows } from '#src/server/search/document.ts';
import { ftsBackend } from '#src/server/search/fts-search.ts';
import { meiliBackend } from '#src/server/search/meili-search.ts';
import { searchWith } from '#src/server/search/search.ts';
import { toMatchableNotice } from '#src/server/subscriptions/prospect.ts';
import { openRig, type Rig } from './rig.ts';

/** A word of many titles. */
const WORD = '工程';
let rig: Rig;
let buyers: string[];
let suppliers: string[];
let agencies: string[];
let projects: string[];

beforeAll(async () => {
  // No more than a page holds: what is compared is whole.
  rig = await openRig(190);
  const named = listIndexableRows(
    rig.db,
    rig.corpus.map(({ id }) => id),
  ).map(toMatchableNotice);
  buyers = [...new Set(named.flatMap(({ buyer }) => buyer ?? []))];
  suppliers = [...new Set(named.flatMap((notice) => notice.suppliers))];
  agencies = [...new Set(named.flatMap(({ agency }) => agency ?? []))];
  projects = [...new Set(named.map(({ projectId }) => projectId))];
});
afterAll(() => rig.close());

/** Values to try of every filter that narrows besides words: a filter that is added has to name its own here. */
const values = (): Record<Exclude<NarrowingKey, 'q'>, fc.Arbitrary<unknown>> => ({
  category: fc.constantFrom(...CATEGORY_SLUGS),
  stage: fc.constantFrom(...STAGE_SLUGS),
  county: fc.constantFrom(...COUNTY_SLUGS),
  status: fc.constantFrom('open', 'closed'),
  from: fc.constantFrom('2020-06-01', '2025-01-01', '2026-03-01'),
  to: fc.constantFrom('2021-06-30', '2025-12-31', '2026-05-31'),
  min: fc.constantFrom(0, 10_000_000, 100_000_000),
  max: fc.constantFrom(50_000_000, 500_000_000),
  project: fc.constantFrom(...projects),
  buyer: fc.constantFrom(...buyers),
  agency: fc.constantFrom(...agencies),
  supplier: fc.constantFrom(...suppliers),
  tenderer: fc.constantFrom(...suppliers),
  scope: fc.constantFrom('subject', 'all'),
});
type NarrowingKey = Exclude<NoticeFilterKey, 'sort' | 'limit' | 'cursor'>;

it('every holder of notices understands every filter alike: lists, both indexes, subscriptions', async () => {
  const arbitraries = values();
  expect(Object.keys(arbitraries).toSorted()).toEqual(NARROWING_KEYS.filter((key) => key !== 'q').toSorted());
  const page = async (read: (filter: NoticeFilter) => Promise<{ items: { id: string }[] }>, filter: NoticeFilter) =>
    new Set((await read({ ...filter, limit: 200 })).items.map(({ id }) => id));
  const readers = [meiliBackend(rig.engine.client), ftsBackend(rig.db)].map(
    (backend) => (filter: NoticeFilter) => searchWith(rig.db, backend, filter),
  );
  // Titles alone: how far below them a search looks depends on how many it finds there.
  const titled = new Set(rig.corpus.filter(({ title }) => title.includes(WORD)).map(({ id }) => id));
  expect(titled.size).toBeGreaterThan(20);
  let hits = 0;
  const keys = Object.keys(arbitraries) as (keyof typeof arbitraries)[];
  const oneOrTwo = fc
    .subarray(keys, { minLength: 1, maxLength: 2 })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((key) => [key, arbitraries[key]]))));
  await fc.assert(
    fc.asyncProperty(oneOrTwo, async (filter) => {
      const narrowed = filter as NoticeFilter;
      const listed = await page(async (wanted) => listNotices(rig.db, wanted), narrowed);
      const wanted = titled.intersection(listed);
      hits += wanted.size;
      const now = new Date().toISOString();
      const interest = toInterest({ q: WORD, ...narrowed });
      const rows = listIndexableRows(
        rig.db,
        rig.corpus.map(({ id }) => id),
      );
      const told = new Set(
        rows.filter((row) => isOfInterest(interest, toMatchableNotice(row), now)).map(({ id }) => id),
      );
      const found = [told, ...(await Promise.all(readers.map((read) => page(read, { q: WORD, ...narrowed }))))];
      for (const ids of found) {
        expect(ids.difference(listed)).toEqual(new Set());
        expect(wanted.difference(ids)).toEqual(new Set());
      }
    }),
    { numRuns: 30, endOnFailure: true },
  );
  expect(hits).toBeGreaterThan(0);
});
