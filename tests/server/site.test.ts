import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#db/client.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import { addDays, startOfDay } from '#src/domain/time/time.ts';
import { getCounty, listCounties } from '#src/server/counties/list.ts';
import { getHome } from '#src/server/pages/home.ts';
import { formatSitemap, formatSitemapIndex } from '#src/server/sitemap/format.ts';
import { listSitemapEntries, listSitemapParts } from '#src/server/sitemap/list.ts';
import { openTestDatabase, SEED_NOW, type SeedNotice, seedNotices, seedSources } from '#tests/support/seed-notices.ts';

const opened = openTestDatabase();
const { db } = opened;
let all: SeedNotice[];
beforeAll(() => {
  seedSources(db);
  all = seedNotices(db, 600);
});
afterAll(() => opened.close());

/** Adds copies of every notice under ids of their own, which is all that a sitemap asks of them. Returns how often each is there. */
function copyNotices({ $client }: Db, copies: number): number {
  $client.function('copied', (id, copy) => noticeId(String(id), String(copy)));
  const columns = ($client.pragma('table_info(notices)') as { name: string }[]).map(({ name }) => name);
  const own = ['id', 'source_item_id', 'deduplication_key', 'fingerprint'];
  const values = columns.map((name) => (own.includes(name) ? 'copied(id, copy)' : name));
  // Nobody reads their versions.
  $client.pragma('foreign_keys = OFF');
  $client.exec(`WITH RECURSIVE copies(copy) AS (VALUES (1) UNION ALL SELECT copy + 1 FROM copies WHERE copy < ${copies})
    INSERT INTO notices (${columns.join(', ')}) SELECT ${values.join(', ')} FROM notices, copies`);
  return copies + 1;
}

const inYear = (notice: SeedNotice, year: string) =>
  new Date(Date.parse(notice.publishedAt) + 8 * 3_600_000).toISOString().startsWith(year);

describe('county sites', () => {
  it('are there for the city and all counties, with counts equal to their rows', () => {
    const cards = listCounties(db, SEED_NOW);
    expect(cards.map(({ county }) => county)).toEqual(COUNTY_SLUGS);
    for (const card of cards) {
      const own = all.filter(({ county }) => county === card.county);
      expect(card.total).toBe(own.length);
      expect(card.thisYear).toBe(own.filter((notice) => inYear(notice, '2026')).length);
      expect(card.open).toBe(own.filter(({ deadlineAt }) => deadlineAt && deadlineAt > SEED_NOW).length);
    }
  });

  it('show their own notices only', () => {
    const view = getCounty(db, 'qufu', SEED_NOW);
    expect(view.latest.length).toBeGreaterThan(0);
    expect([...view.latest, ...view.closingSoon].every(({ county }) => county === 'qufu')).toBe(true);
    expect(view.categories.reduce((sum, { total }) => sum + total, 0)).toBe(view.total);
  });

  it('render for a county without source or data, and not for unknown names', () => {
    const empty = openTestDatabase();
    expect(getCounty(empty.db, 'jingkai', SEED_NOW)).toMatchObject({ total: 0, latest: [], sources: [], state: null });
    expect(() => getCounty(empty.db, 'toString', SEED_NOW)).toThrow(NotFoundError);
    empty.close();
  });
});

describe('getHome', () => {
  it('tells of the last day that had anything, where today has nothing yet', () => {
    const count = (day: string) =>
      (
        db.$client
          .prepare("SELECT count(*) AS n FROM published_notices WHERE date(published_at, '+8 hours') = ?")
          .get(day) as { n: number }
      ).n;
    const { day } = db.$client
      .prepare("SELECT max(date(published_at, '+8 hours')) AS day FROM published_notices")
      .get() as { day: string };
    const later = addDays(startOfDay(day), 5);
    expect(getHome(db, later).lastDay).toEqual({ day, total: count(day) });
    expect(getCounty(db, 'qufu', later).lastDay?.total).toBeGreaterThan(0);
  });

  it('adds up', () => {
    const home = getHome(db, SEED_NOW);
    expect(home.total).toBe(600);
    expect(home.years.reduce((sum, { total }) => sum + total, 0)).toBe(600);
    for (const { year, total } of home.years) {
      expect(total).toBe(all.filter((notice) => inYear(notice, String(year))).length);
    }
    const deadlines = home.closingSoon.map(({ deadlineAt }) => deadlineAt ?? '');
    expect(deadlines).toEqual(deadlines.toSorted());
    expect(deadlines.every((deadline) => deadline > SEED_NOW)).toBe(true);
  });
});

describe('sitemap', () => {
  it('names every public notice and project once, and nothing hidden', () => {
    const hidden = all[0]?.id ?? '';
    db.$client.prepare(`UPDATE notices SET withdrawn_at = ? WHERE id = ?`).run(SEED_NOW, hidden);
    const parts = listSitemapParts(db);
    expect(parts).toEqual(['pages', 'notices-1', 'projects-1', 'exposures']);
    const paths = parts.flatMap((part) => listSitemapEntries(db, part).map(({ path }) => path));
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.filter((path) => path.startsWith('/notice/'))).toHaveLength(599);
    expect(paths.filter((path) => path.startsWith('/project/'))).toHaveLength(150);
    expect(paths).not.toContain(`/notice/${hidden}`);
    expect(paths).toContain('/county/jingkai/mining');
  });

  it('splits at forty thousand without losing or repeating an address', () => {
    const big = openTestDatabase();
    seedSources(big.db);
    const total = seedNotices(big.db, 1_025).length * copyNotices(big.db, 39);
    const parts = listSitemapParts(big.db).filter((part) => part.startsWith('notices'));
    expect(parts).toEqual(['notices-1', 'notices-2']);
    const files = parts.map((part) => listSitemapEntries(big.db, part));
    expect(Math.max(...files.map((file) => file.length))).toBeLessThan(25_000);
    expect(total).toBe(41_000);
    expect(new Set(files.flat().map(({ path }) => path)).size).toBe(total);
    big.close();
  });

  it('refuses parts that are not there', () => {
    for (const part of ['notices-2', 'notices-0', 'x', 'notices-1;']) {
      expect(() => listSitemapEntries(db, part)).toThrow(NotFoundError);
    }
  });

  it('is XML with absolute addresses of the configured site', () => {
    expect(formatSitemapIndex('https://a.example', ['pages'])).toContain(
      '<loc>https://a.example/sitemap-pages.xml</loc>',
    );
    expect(formatSitemap('https://a.example/x?a&b', [{ path: '/notices' }])).toContain(
      '<loc>https://a.example/x?a&amp;b/notices</loc>',
    );
  });
});
