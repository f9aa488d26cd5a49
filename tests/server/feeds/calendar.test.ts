import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { formatCalendar } from '#src/server/feeds/calendar.ts';
import { listDeadlines } from '#src/server/feeds/deadlines.ts';
import { day, type Given, notice } from '#tests/support/deal-courses.ts';
import { openTestDatabase, seedRun, seedSources } from '#tests/support/seed-notices.ts';
import { projectIdOf, SOURCE, type Stored, storeNotice } from '#tests/support/stored-courses.ts';

let db: Db;
let close: () => void;
beforeAll(() => {
  const opened = openTestDatabase();
  [db, close] = [opened.db, opened.close];
  seedSources(db);
  seedRun(db, SOURCE);
});
afterAll(() => close());

const SITE = { url: 'https://city.example', name: '示例' };

/** Stores one more notice of a project. */
function publish(code: string, number: number, given: Given): void {
  const item = `${code}-${number}`;
  const stored: Stored = { item, code, given: notice(given, number) };
  storeNotice(db, stored);
}

/** The events of a project's calendar, as a calendar program reads them. */
async function eventsOf(code: string, on: number, site = SITE) {
  const filter = { project: projectIdOf(code) };
  const text = formatCalendar(site, filter, await listDeadlines(db, filter, day(on)));
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      at: event.startDate.toJSDate().toISOString(),
      status: component.getFirstPropertyValue('status'),
      summary: event.summary,
    };
  });
}

test('a correction moves the one event of a project, a suspension cancels it, a resumption brings it back', async () => {
  const code = 'QF-2026-ICAL-1';
  publish(code, 0, { on: 0, stage: 'tenderNotice', due: 20 });
  const [first] = await eventsOf(code, 1);
  publish(code, 1, { on: 5, stage: 'correctionNotice', due: 30 });
  const moved = await eventsOf(code, 6);
  expect(moved).toMatchObject([{ uid: first?.uid, at: day(30), status: 'CONFIRMED' }]);
  expect(moved[0]?.sequence).toBeGreaterThan(first?.sequence ?? 0);
  publish(code, 2, { on: 10, stage: 'suspensionNotice' });
  const halted = await eventsOf(code, 11);
  expect(halted).toMatchObject([{ uid: first?.uid, status: 'CANCELLED' }]);
  expect(halted[0]?.summary).toMatch(/^已取消：/);
  expect(halted[0]?.sequence).toBeGreaterThan(moved[0]?.sequence ?? 0);
  publish(code, 3, { on: 15, stage: 'resumptionNotice', due: 40 });
  expect(await eventsOf(code, 16)).toMatchObject([{ uid: first?.uid, at: day(40), status: 'CONFIRMED' }]);
});

test('a project that is terminated before its deadline cancels the event', async () => {
  const code = 'QF-2026-ICAL-2';
  publish(code, 0, { on: 0, stage: 'tenderNotice', due: 20 });
  const [first] = await eventsOf(code, 1);
  publish(code, 1, { on: 5, stage: 'terminationNotice' });
  expect(await eventsOf(code, 6)).toMatchObject([{ uid: first?.uid, status: 'CANCELLED' }]);
});

test('lots that keep different dates have an event each, named by their lots; those of one date share one', async () => {
  const code = 'QF-2026-ICAL-3';
  publish(code, 0, { on: 0, stage: 'tenderNotice', due: 20, lots: ['1', '2', '3'] });
  expect(await eventsOf(code, 1)).toHaveLength(1);
  publish(code, 1, { on: 5, stage: 'correctionNotice', due: 30, lots: ['2'] });
  const events = await eventsOf(code, 6);
  expect(events.map(({ at }) => at).sort()).toEqual([day(20), day(30)]);
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(2);
  expect(events.find(({ at }) => at === day(30))?.summary).toContain('（2）');
  expect(events.find(({ at }) => at === day(20))?.summary).toContain('（1、3）');
});

test('what has passed stays for thirty days, and not longer', async () => {
  const code = 'QF-2026-ICAL-4';
  publish(code, 0, { on: 0, stage: 'tenderNotice', due: 20 });
  expect(await eventsOf(code, 49)).toHaveLength(1);
  expect(await eventsOf(code, 51)).toEqual([]);
});

test('the events are the same ones wherever the site stands', async () => {
  const code = 'QF-2026-ICAL-5';
  publish(code, 0, { on: 0, stage: 'tenderNotice', due: 20 });
  const elsewhere = { url: 'http://127.0.0.1:8080', name: '别处' };
  expect(await eventsOf(code, 1, elsewhere)).toEqual(await eventsOf(code, 1));
});
