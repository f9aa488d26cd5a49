import type { Statement } from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#db/client.ts';
import { openReadOnly } from '#db/client.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { getCounty, listCounties } from '#src/server/counties/list.ts';
import { findProjects, findVoid } from '#src/server/feeds/deadlines.ts';
import { getNotice } from '#src/server/notices/get.ts';
import { listNotices } from '#src/server/notices/list.ts';
import { getHome } from '#src/server/pages/home.ts';
import { getProject } from '#src/server/projects/get.ts';
import { listSitemapEntries } from '#src/server/sitemap/list.ts';
import { getSyncBoard } from '#src/server/sources/board.ts';
import { listRejected } from '#src/server/sources/rejected.ts';
import { openTestDatabase, SEED_NOW, seedNotices, seedSources } from '#tests/support/seed-notices.ts';

let opened: ReturnType<typeof openTestDatabase>;
beforeAll(() => {
  opened = openTestDatabase();
  seedSources(opened.db);
  seedNotices(opened.db, 3000);
});
afterAll(() => opened.close());

/** Runs work on a fresh handle and gives the plan lines of every statement it prepared. */
function listPlans(work: (db: Db) => void): { sql: string; detail: string }[] {
  const db = openReadOnly(opened.path);
  const prepare = db.$client.prepare.bind(db.$client);
  const texts = new Set<string>();
  db.$client.prepare = ((sql: string) => {
    texts.add(sql);
    return prepare(sql);
  }) as typeof db.$client.prepare;
  work(db);
  const plans = [...texts]
    .filter((sql) => !sql.startsWith('PRAGMA'))
    .flatMap((sql) => {
      const statement = prepare(`EXPLAIN QUERY PLAN ${sql}`) as Statement<unknown[], { detail: string }>;
      const parameters = Array.from({ length: sql.split('?').length - 1 }, () => null);
      return statement.all(...parameters).map(({ detail }) => ({ sql, detail }));
    });
  db.$client.close();
  return plans;
}

/** Tables that grow with the data: they are never read from end to end without an index. */
const GROWING =
  /^SCAN (?:notices|n|p|notice_parties|notice_versions|raw_items|ingest_runs|attachments)\b(?! USING (?:COVERING )?INDEX)/;
const scans = (plans: ReturnType<typeof listPlans>) => plans.filter(({ detail }) => GROWING.test(detail));

const PROJECT: NoticeFilter = { project: 'abcdefghijkl' };

function* listFilters(): Generator<NoticeFilter> {
  const choices: NoticeFilter[][] = [
    [{}, { category: 'procurement' }, { category: 'procurement', stage: 'awardNotice' }, { stage: 'awardNotice' }],
    [{}, { county: 'zoucheng' }],
    [{}, { from: '2026-01-01' }, { from: '2026-03-05', to: '2026-04-01' }],
    [{}, { status: 'open' }, { status: 'closed' }],
    [{}, { min: 100_000_000 }, { min: 800_000_000, max: 900_000_000 }],
    [{}, { buyer: '采购单位 5' }, { supplier: '供应商 4' }, { buyer: '采购单位 5', supplier: '供应商 24' }, PROJECT],
  ];
  const combine = function* (index: number, filter: NoticeFilter): Generator<NoticeFilter> {
    const options = choices[index];
    if (!options) yield filter;
    else for (const option of options) yield* combine(index + 1, { ...filter, ...option });
  };
  yield* combine(0, {});
}

describe('query plans', () => {
  it('see a scan where there is one', () => {
    const plans = listPlans((db) => db.$client.prepare(`SELECT * FROM notices WHERE title = 'x'`).all());
    expect(scans(plans)).toHaveLength(1);
  });

  for (const sort of ['published', 'arrived', 'deadline', 'amount'] as const) {
    it(`of lists by ${sort} never scan, whatever the filters and the page`, () => {
      const plans = listPlans((db) => {
        for (const filter of listFilters()) {
          const { next } = listNotices(db, { ...filter, sort, limit: 1 }, SEED_NOW);
          if (next) listNotices(db, { ...filter, sort, limit: 1, cursor: next }, SEED_NOW);
        }
      });
      expect(plans.length).toBeGreaterThan(100);
      expect(scans(plans)).toEqual([]);
    });
  }

  it('of plain lists need no sorting', () => {
    const plans = listPlans((db) => {
      for (const sort of ['published', 'arrived', 'deadline', 'amount'] as const) listNotices(db, { sort }, SEED_NOW);
      listNotices(db, { category: 'medical' }, SEED_NOW);
      listNotices(db, { county: 'qufu', category: 'medical' }, SEED_NOW);
    });
    expect(plans.filter(({ detail, sql }) => detail.includes('TEMP B-TREE') && !sql.includes('notice_counts'))).toEqual(
      [],
    );
  });

  it('of the home page count what is open and the last day, once each, and nothing before', () => {
    const texts = new Set(listPlans((db) => void getHome(db, SEED_NOW)).map(({ sql }) => sql));
    const counts = [...texts].filter((sql) => /count\(\*\) AS "total" FROM "published_notices"/.test(sql));
    const bounds = counts.map((sql) => /WHERE (.+?) GROUP BY/.exec(sql.replaceAll(/\s+/g, ' '))?.[1]).sort();
    expect(bounds).toEqual(['"n"."closes_at" > ?', '"n"."published_at" >= ? AND "n"."published_at" < ?']);
  });

  it('of calendars never scan', () => {
    const plans = listPlans((db) => {
      for (const filter of listFilters()) {
        findProjects(db, filter, SEED_NOW, SEED_NOW);
        findVoid(db, filter, SEED_NOW);
      }
    });
    expect(plans.length).toBeGreaterThan(10);
    expect(scans(plans)).toEqual([]);
  });

  it('of pages never scan', () => {
    const plans = listPlans((db) => {
      const [first] = listNotices(db, {}, SEED_NOW).items;
      getNotice(db, first?.id ?? '');
      getProject(db, first?.projectId ?? '');
      getHome(db, SEED_NOW);
      listCounties(db, SEED_NOW);
      getCounty(db, 'qufu', SEED_NOW);
      getSyncBoard(db, SEED_NOW);
      listRejected(db, 'site-qufu');
      listSitemapEntries(db, 'notices-1');
    });
    expect(scans(plans)).toEqual([]);
  });
});
