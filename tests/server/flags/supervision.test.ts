import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { saveKeyValue } from '#db/key-values.ts';
import { renderDocx } from '#src/documents/docx.ts';
import { markAllStale } from '#src/publish/supervision/mark-stale.ts';
import { compareChanged } from '#src/server/flags/compare.ts';
import { newestYear, totalsByCode } from '#src/server/flags/list.ts';
import { refreshStale, SUPERVISION_KEYS } from '#src/server/flags/refresh.ts';
import { listProjectOutcomes } from '#src/server/flags/subjects.ts';
import { makeBulletin } from '#src/server/score/bulletin.ts';
import { toCsv, toDocument } from '#src/server/score/bulletin-files.ts';
import { listDutiesIn, listProjectDuties, totalsBy } from '#src/server/score/list.ts';
import { SUPERVISION_CHECKS } from '#src/server/verify/supervision.ts';
import { course, day, type Given, notice } from '#tests/support/deal-courses.ts';
import { numbersOf, readDocx } from '#tests/support/read-documents.ts';
import { openTestDatabase, seedRun, seedSources } from '#tests/support/seed-notices.ts';
import { idOf, projectIdOf, SOURCE, type Stored, storeNotice, withdrawStored } from '#tests/support/stored-courses.ts';

let db: Db;
let close: () => void;
beforeAll(() => {
  const opened = openTestDatabase();
  [db, close] = [opened.db, opened.close];
  seedSources(db);
  seedRun(db, SOURCE);
});
afterAll(() => close());

const NOW = day(200);
const TABLES = [
  'supervised_projects',
  'flags',
  'flag_counts',
  'organization_flags',
  'disclosure_duties',
  'disclosure_counts',
];
const dump = () =>
  TABLES.map((name) =>
    db.$client
      .prepare(`SELECT * FROM ${name}`)
      .all()
      .map((row) => JSON.stringify(row))
      .sort(),
  );
const breaches = () => SUPERVISION_CHECKS.flatMap((check) => [...(check.find(db) as Iterable<string>)]);

function keepUp(): void {
  while (refreshStale(db, NOW) > 0);
  compareChanged(db);
}

let run = 0;
const toStored = (given: readonly Given[], prefix: string): Stored[] =>
  given.map((entry, index) => {
    const item = `${prefix}-${index}`;
    return {
      item,
      code: `${prefix}-${index % 5 === 4 ? 'B' : 'A'}`,
      given: { ...notice(entry, index), id: idOf({ item }) },
    };
  });

const happening = fc.record({
  at: fc.nat(),
  what: fc.constantFrom('correct', 'move', 'withdraw', 'derive', 'stop half-way'),
  due: fc.integer({ min: 0, max: 160 }),
});

describe('what is derived for supervision', () => {
  test('is what a rebuild gives, whatever is corrected, moved and withdrawn, and wherever deriving stopped', () => {
    fc.assert(
      fc.property(course, fc.array(happening, { maxLength: 8 }), (given, happenings) => {
        const all = toStored(given, `QF-2026-${String(++run).padStart(6, '0')}`);
        for (const stored of all) storeNotice(db, stored);
        for (const { at, what, due } of happenings) {
          const stored = all[at % Math.max(1, all.length)];
          if (what === 'derive') keepUp();
          // One step of several, and no comparison: what a kill leaves.
          else if (what === 'stop half-way') refreshStale(db, NOW);
          else if (stored && what === 'withdraw') withdrawStored(db, stored);
          else if (stored) {
            if (what === 'correct')
              stored.given = { ...stored.given, deadlineAt: day(due), deadlinePrecision: 'minute' };
            else stored.code = `${stored.code.slice(0, -1)}${stored.code.endsWith('A') ? 'B' : 'A'}`;
            storeNotice(db, stored);
          }
        }
        keepUp();
        expect(breaches()).toEqual([]);
      }),
      { numRuns: 25 },
    );
    const before = dump();
    expect(before.map((rows) => rows.length > 0)).toMatchObject({ 0: true, 2: true, 4: true, 5: true });
    markAllStale(db);
    for (const name of TABLES) db.$client.prepare(`DELETE FROM ${name}`).run();
    saveKeyValue(db, SUPERVISION_KEYS.dirty, '1');
    keepUp();
    expect(dump()).toEqual(before);
    expect(refreshStale(db, NOW)).toBe(0);
    expect(compareChanged(db)).toBe(false);
  });

  test('is found out where it was tampered with', () => {
    db.$client.prepare('UPDATE flag_counts SET clear = clear + 1').run();
    db.$client.prepare(`UPDATE disclosure_duties SET state = 'onTime'`).run();
    expect(breaches().length).toBeGreaterThan(1);
    markAllStale(db);
    keepUp();
    expect(breaches()).toEqual([]);
  });

  test('calls a contract missing once its two limits are over, and no sooner', () => {
    const given: Given[] = [
      { on: 0, stage: 'tenderNotice', due: 25 },
      { on: 28, stage: 'candidateNotice', supplier: '甲公司' },
      { on: 33, stage: 'awardNotice', supplier: '甲公司' },
    ];
    const stored = toStored(given, 'QF-2026-CONTRACT');
    for (const each of stored) storeNotice(db, each);
    const id = projectIdOf(stored[0]?.code ?? '');
    const contract = () => listProjectDuties(db, id).find(({ item }) => item === 7);
    while (refreshStale(db, day(40)) > 0);
    expect(contract()).toMatchObject({ state: 'due', rule: 'D-01', doneOn: null });
    const due = contract()?.dueOn ?? '';
    while (refreshStale(db, `${due}T15:00:00.000Z`) > 0);
    expect(contract()?.state).toBe('due');
    // The day after, in Shanghai.
    while (refreshStale(db, `${due}T16:00:00.000Z`) > 0);
    expect(contract()?.state).toBe('missing');
    keepUp();
    expect(listProjectOutcomes(db, id)[0]?.outcomes).toHaveLength(27);
    const items = listProjectDuties(db, id).map(({ item, state }) => [item, state]);
    expect(items).toContainEqual([3, 'onTime']);
    expect(items).toContainEqual([4, 'onTime']);
    expect(items).toContainEqual([2, 'notApplicable']);
  });

  test('adds up: counts are those of the lists that they open', () => {
    const counts = totalsBy(db, 'county', {});
    for (const state of ['missing', 'late', 'onTime', 'due', 'unchecked', 'notApplicable'] as const) {
      let listed = 0;
      for (let after: string | undefined = '0'; after; ) {
        const page = listDutiesIn(db, { state, limit: 100, after });
        listed += page.items.length;
        after = page.next ?? undefined;
      }
      expect(
        [...counts.values()].reduce((sum, totals) => sum + (totals[state] ?? 0), 0),
        state,
      ).toBe(listed);
    }
    const year = newestYear(db) ?? '';
    const lots = db.$client.prepare('SELECT sum(json_array_length(processes)) FROM supervised_projects').pluck().get();
    for (const [code, { flagged, clear, missing }] of totalsByCode(db, {}))
      expect(flagged + clear + missing.reduce((sum, { total }) => sum + total, 0), code).toBe(lots);
    expect(year).toBe('2026');
  });

  test('is told by a bulletin with the same figures in CSV and DOCX', async () => {
    const bulletin = makeBulletin(db, '2026-05', null);
    expect(bulletin.rows).toHaveLength(15);
    expect(bulletin.rows[0]?.county).toBe('qufu');
    const csv = toCsv(bulletin);
    const words = readDocx(await renderDocx(toDocument(bulletin, { issuer: '某中心', asOf: NOW })), '|');
    const table = csv.slice(csv.indexOf('曲阜市'), csv.lastIndexOf('济宁经开区'));
    const printed = words.slice(words.indexOf('曲阜市'), words.lastIndexOf('济宁经开区'));
    expect(numbersOf(printed)).toEqual(numbersOf(table));
    expect(numbersOf(table).length).toBeGreaterThan(100);
    expect(csv).toContain('按期 / 可核对');
    const missing = bulletin.rows[0]?.duties.missing ?? 0;
    expect(listDutiesIn(db, { state: 'missing', month: '2026-05', county: 'qufu', limit: 100 }).items.length).toBe(
      Math.min(100, missing),
    );
  });
});
