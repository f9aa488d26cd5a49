import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { runActor } from '#src/domain/actors.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import { addDays } from '#src/domain/time/time.ts';
import { MOST_NOTICES, refreshDeal } from '#src/publish/deals/derive.ts';
import { deriveStaleDeals, markDealsStale } from '#src/publish/deals/derive-stale.ts';
import { saveNotice } from '#src/publish/notices/store.ts';
import { getNotice } from '#src/server/notices/get.ts';
import { listNotices } from '#src/server/notices/list.ts';
import { getProject } from '#src/server/projects/get.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import { DEAL_CHECKS } from '#src/server/verify/deals.ts';
import { course, day, type Given, notice, tellLot, toDealOrder } from '#tests/support/deal-courses.ts';
import {
  insertNotices,
  openTestDatabase,
  SEED_NOW,
  seedRun,
  seedSources,
  toSeedNotice,
} from '#tests/support/seed-notices.ts';
import {
  CONTEXT,
  idOf,
  prepare,
  projectIdOf,
  rawOf,
  SOURCE,
  type Stored,
  storeNotice,
  withdrawStored,
} from '#tests/support/stored-courses.ts';

let db: Db;
let close: () => void;
beforeAll(() => {
  const opened = openTestDatabase();
  [db, close] = [opened.db, opened.close];
  seedSources(db);
  seedRun(db, SOURCE);
});
afterAll(() => close());

const save = (stored: Stored) => storeNotice(db, stored);
const withdraw = (stored: Stored) => withdrawStored(db, stored);

const breaches = () => DEAL_CHECKS.flatMap((check) => [...(check.find(db) as Iterable<string>)]);
const rows = () => [
  db.$client.prepare('SELECT * FROM deals ORDER BY project_id').all(),
  db.$client.prepare('SELECT id, closes_at, superseded_by, superseded_how FROM notices ORDER BY id').all(),
];

/** What becomes of a notice after it has arrived: another version of it, in this or another project, its withdrawal, its return. */
const happening = fc.record({
  at: fc.nat(),
  what: fc.constantFrom('correct', 'move', 'withdraw', 'restore'),
  due: fc.integer({ min: 0, max: 160 }),
});

let run = 0;

/** Stores a course in two projects, in a random order, and lets things happen to it. Returns what is public at the end, by its code. */
function play(
  given: readonly Given[],
  happenings: readonly { at: number; what: string; due: number }[],
  keys: readonly number[],
) {
  const prefix = `QF-2026-${String(++run).padStart(6, '0')}`;
  const all = given.map((entry, index): Stored => {
    const item = `${prefix}-${index}`;
    return {
      item,
      code: `${prefix}-${index % 5 === 4 ? 'B' : 'A'}`,
      given: { ...notice(entry, index), id: idOf({ item }) },
    };
  });
  const order = all.map((stored, index) => [keys[index] ?? 0, stored] as const).sort((a, b) => a[0] - b[0]);
  const gone = new Set<Stored>();
  for (const [, stored] of order) save(stored);
  for (const { at, what, due } of happenings) {
    const stored = all[at % Math.max(1, all.length)];
    if (!stored) continue;
    if (what === 'withdraw') {
      withdraw(stored);
      gone.add(stored);
      continue;
    }
    if (what === 'correct') stored.given = { ...stored.given, deadlineAt: day(due), deadlinePrecision: 'minute' };
    if (what === 'move') stored.code = `${prefix}-${stored.code.endsWith('A') ? 'B' : 'A'}`;
    save(stored);
    gone.delete(stored);
  }
  return Map.groupBy(
    all.filter((stored) => !gone.has(stored)),
    ({ code }) => code,
  );
}

describe('stored deals', () => {
  test('are what a slow telling says, whatever the order of arrival and whatever is corrected, moved and withdrawn', async () => {
    await fc.assert(
      fc.asyncProperty(
        course,
        fc.array(happening, { maxLength: 6 }),
        fc.array(fc.nat(), { minLength: 14, maxLength: 14 }),
        fc.integer({ min: 120, max: 220 }),
        async (given, happenings, keys, on) => {
          const projects = play(given, happenings, keys);
          const now = day(on);
          for (const [code, stored] of projects) {
            const ordered = toDealOrder(stored.map((entry) => entry.given));
            const named = ordered.flatMap(({ facts }) => (facts.lots?.entries ?? []).map((row) => row.lot?.text ?? ''));
            const told = [...new Set(named.length > 0 ? named : [''])].map((key) => tellLot(ordered, key, now));
            const isOpen = told.some(({ state, due }) => state === 'open' && due !== undefined && due > now);
            const id = projectIdOf(code);
            const open = listNotices(db, { project: id, status: 'open' }, now);
            expect(open.total).toBe(isOpen ? 1 : 0);
            const states = told.map(({ state }) => state);
            const { standing } = getProject(db, id, now);
            expect(states).toContain(standing?.state);
            if (states.includes('open')) expect(standing?.state).toBe('open');
          }
          expect(breaches()).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
    while ((await drainChanges(db, null)) > 0);
    const stale = db.$client
      .prepare(
        'SELECT n.id FROM published_notices n JOIN search_documents d ON d.notice_id = n.id WHERE d.deadline_at IS NOT n.closes_at',
      )
      .all();
    expect(stale).toEqual([]);
    const before = rows();
    markDealsStale(db);
    expect(breaches().length).toBeGreaterThan(0);
    expect(await deriveStaleDeals(db, { actor: runActor('seed') })).toBeGreaterThan(0);
    expect(rows()).toEqual(before);
    expect(await deriveStaleDeals(db, { actor: runActor('seed') })).toBe(0);
  });

  test('let a call stand for its project with the deadline of its correction, and with its own when that is withdrawn', () => {
    const now = day(25);
    const [call, correction] = [
      { on: 0, stage: 'tenderNotice', due: 20 },
      { on: 10, stage: 'correctionNotice', due: 30 },
    ].map((entry, index): Stored => {
      const item = `pair-${index}`;
      return { item, code: 'QF-2026-PAIR-01', given: notice(entry as Given, index) };
    }) as [Stored, Stored];
    save(correction);
    save(call);
    const open = () =>
      listNotices(db, { project: projectIdOf(call.code), status: 'open' }, now).items.map(({ id }) => id);
    expect(open()).toEqual([idOf(call)]);
    expect(listNotices(db, { project: projectIdOf(call.code), sort: 'deadline' }, now).items).toMatchObject([
      { id: idOf(call), closesAt: day(30), superseded: { byNoticeId: idOf(correction), how: 'deadline' } },
      { id: idOf(correction), closesAt: null, superseded: null },
    ]);
    const original = getNotice(db, idOf(call), now);
    expect(original.superseded).toEqual({ byNoticeId: idOf(correction), how: 'deadline' });
    expect(original.standing).toMatchObject({ state: 'open', deadline: { at: day(30), noticeId: idOf(correction) } });
    withdraw(correction);
    expect(open()).toEqual([]);
    expect(getNotice(db, idOf(call), now)).toMatchObject({ superseded: null, standing: { state: 'closed' } });
    expect(getNotice(db, idOf(call), day(19)).standing?.state).toBe('open');
  });

  test('are found among the open by what the call alone says: who buys, what it is, how much it costs', () => {
    const [call, correction] = [
      { on: 0, stage: 'tenderNotice', due: 20 },
      { on: 10, stage: 'correctionNotice', due: 30 },
    ].map((entry, index): Stored => {
      const item = `named-${index}`;
      return { item, code: 'QF-2026-NAMED-1', given: notice(entry as Given, index) };
    }) as [Stored, Stored];
    const prepared = prepare(call);
    const reading = { ...prepared.reading, buyer: '曲阜市某某局', amountFen: 12_300, amountKind: 'budget' as const };
    saveNotice(db, { ...prepared, reading }, rawOf(call, prepared.hash), CONTEXT);
    save(correction);
    const open = (filter: object) =>
      listNotices(db, { project: projectIdOf(call.code), status: 'open', ...filter }, day(25)).items.map(
        ({ id }) => id,
      );
    for (const filter of [{}, { buyer: '曲阜市某某局' }, { min: 12_300, max: 12_300 }, { stage: 'tenderNotice' }])
      expect(open(filter)).toEqual([idOf(call)]);
    expect(open({ stage: 'correctionNotice' })).toEqual([]);
  });

  test('are made of so many notices at most where a county gives one code to everything; those before stand for nothing', () => {
    const project = 'sharedcode22';
    const seeds = Array.from({ length: MOST_NOTICES + 20 }, (_, at) => ({
      ...toSeedNotice(100_000 + at),
      ...({ project, sourceKey: SOURCE, county: 'qufu', category: 'construction', stage: 'tenderNotice' } as const),
      ...({
        publishedAt: addDays(SEED_NOW, at - 600),
        deadlineAt: addDays(SEED_NOW, 30),
        deadlinePrecision: 'second',
      } as const),
    }));
    insertNotices(db, seeds);
    refreshDeal(db, project, CONTEXT);
    const standing = db.$client
      .prepare('SELECT id FROM notices WHERE project_id = ? AND (closes_at IS NOT NULL OR superseded_by IS NOT NULL)')
      .pluck()
      .all(project);
    expect(standing.length).toBeGreaterThan(0);
    for (const { id } of seeds.slice(0, 20)) expect(standing).not.toContain(id);
    expect(breaches()).toEqual([]);
    refreshDeal(db, project, CONTEXT);
    expect(breaches()).toEqual([]);
  });

  test('that were changed behind their back are found', () => {
    db.$client
      .prepare("UPDATE notices SET closes_at = '2099-01-01T00:00:00.000Z' WHERE id = ?")
      .run(noticeId(SOURCE, 'pair-0'));
    expect(breaches()).toHaveLength(1);
  });
});
