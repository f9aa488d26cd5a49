import { globSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import ICAL from 'ical.js';
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { factLabel } from '#src/domain/facts/fact-words.ts';
import { projectId } from '#src/domain/identifiers/ids.ts';
import type { NoticeSummary } from '#src/domain/site/views.ts';
import { formatMoment, type MomentPrecision, toMoment } from '#src/domain/time/moment.ts';
import { noticeTable } from '#src/server/exports/notices.ts';
import { writeCsv } from '#src/server/exports/write-csv.ts';
import { writeXlsx } from '#src/server/exports/write-xlsx.ts';
import { formatCalendar } from '#src/server/feeds/calendar.ts';
import { listDeadlines } from '#src/server/feeds/deadlines.ts';
import { listLines } from '#src/server/feeds/entry-text.ts';
import { listNotices } from '#src/server/notices/list.ts';
import { refreshFts } from '#src/server/search/fts-index.ts';
import { ftsBackend } from '#src/server/search/fts-search.ts';
import { searchWith } from '#src/server/search/search.ts';
import { toMessageParagraph } from '#src/server/subscriptions/message.ts';
import { insertNotices, openTestDatabase, seedSources, toSeedNotice } from '#tests/support/seed-notices.ts';

const SITE = { url: 'https://portal.example', name: '通明' };
/** Shanghai, 2099-06-15: a day, its 24:00, and a clock at its noon. */
const MIDNIGHT = '2099-06-14T16:00:00.000Z';
const NEXT_MIDNIGHT = '2099-06-15T16:00:00.000Z';
const NOON = '2099-06-15T04:00:00.000Z';
const SHOWN = { day: '2099-06-15', end: '2099-06-15 24:00', clock: '2099-06-15 12:00' };
const LAST_SECOND = '2099-06-15T15:59:59.000Z';

let db: Db;
let close: () => void;
const ids: Record<keyof typeof SHOWN, string> = { day: '', end: '', clock: '' };

beforeAll(() => {
  const opened = openTestDatabase();
  [db, close] = [opened.db, opened.close];
  seedSources(db);
  const seed = (number: number, deadlineAt: string, deadlinePrecision: MomentPrecision) => ({
    ...toSeedNotice(number),
    title: `截止日期样例 ${number}`,
    category: 'procurement' as const,
    stage: 'tenderNotice' as const,
    project: projectId(`D${number}`),
    deadlineAt,
    deadlinePrecision,
  });
  const notices = [seed(1, MIDNIGHT, 'day'), seed(2, NEXT_MIDNIGHT, 'endOfDay'), seed(3, NOON, 'minute')];
  insertNotices(db, notices);
  refreshFts(
    db,
    notices.map(({ id }) => id),
  );
  [ids.day, ids.end, ids.clock] = notices.map(({ id }) => id) as [string, string, string];
});
afterAll(() => close());

const idsOf = (items: readonly NoticeSummary[]) => items.map(({ id }) => id).sort();
const summary = (key: keyof typeof SHOWN) =>
  listNotices(db, {}).items.find(({ id }) => id === ids[key]) as NoticeSummary;

describe('a deadline that is a day', () => {
  test('is open until the day has ended, in lists and their counts', () => {
    const open = listNotices(db, { status: 'open' }, LAST_SECOND);
    expect([idsOf(open.items), open.total]).toEqual([[ids.day, ids.end].sort(), 2]);
    const closed = listNotices(db, { status: 'closed' }, LAST_SECOND);
    expect([idsOf(closed.items), closed.total]).toEqual([[ids.clock], 1]);
    expect(listNotices(db, { status: 'closed' }, NEXT_MIDNIGHT).total).toBe(3);
  });

  test('closes after a clock of the same day, in lists and in the search', async () => {
    expect(listNotices(db, { sort: 'deadline' }, MIDNIGHT).items[0]?.id).toBe(ids.clock);
    const page = await searchWith(db, ftsBackend(db), { q: '截止日期样例', sort: 'deadline' });
    expect(page.items[0]?.id).toBe(ids.clock);
    expect((await searchWith(db, ftsBackend(db), { q: '截止日期样例', status: 'open' })).total).toBe(3);
  });

  test.each(['day', 'end', 'clock'] as const)('is shown as it was said everywhere: %s', (key) => {
    const notice = summary(key);
    const moment = toMoment(notice.deadlineAt, notice.deadlinePrecision);
    expect(moment && formatMoment(moment)).toBe(SHOWN[key]);
    const [date, clock] = SHOWN[key].split(' ');
    const label = factLabel('deadline', notice.category, notice.stage);
    expect(listLines(notice)).toContain([`${label}：2099-06-15`, '周一', clock].filter(Boolean).join(' '));
    expect(date).toBe('2099-06-15');
    const item = { ...notice, kind: 'created' as const, moved: null, changes: [] };
    expect(toMessageParagraph(item, SITE.url).lines).toContain(`截止时间：${SHOWN[key]}`);
  });

  test('stays a day in files', async () => {
    const table = noticeTable(SITE.url);
    const rows = async function* () {
      yield* [summary('day'), summary('end'), summary('clock')];
    };
    const csv = (await text(writeCsv(table, rows()))).split('\r\n').map((line) => line.split(','));
    const column = table.columns.findIndex(({ header }) => header === '截止时间');
    expect(csv.slice(1, 4).map((cells) => cells[column])).toEqual(Object.values(SHOWN));
    const bytes = Buffer.from(await new Response(writeXlsx(table, rows())).arrayBuffer());
    const [sheet] = await readXlsx(bytes);
    const [headers = [], ...cells] = sheet?.data ?? [];
    const cellsOf = (header: string) => cells.map((row) => row[headers.indexOf(header)]);
    expect(cellsOf('截止日期')).toEqual(Array(3).fill(new Date('2099-06-15T00:00:00Z')));
    // Times of day are read as so long after the day that sheets count from.
    const clocks = [null, new Date('1899-12-31T00:00:00Z'), new Date('1899-12-30T12:00:00Z')];
    expect(cellsOf('截止时刻')).toEqual(clocks);
  });

  test('is an event of its day in calendars, and 24:00 ends its day', async () => {
    const calendar = formatCalendar(SITE, {}, await listDeadlinesHere());
    const events = new ICAL.Component(ICAL.parse(calendar)).getAllSubcomponents('vevent');
    const event = (id: string) => {
      const component = events.find((found) => String(found.getFirstPropertyValue('url')).endsWith(id));
      if (!component) throw new Error(`no event of ${id}`);
      return new ICAL.Event(component);
    };
    expect(event(ids.day).startDate.toICALString()).toBe('20990615');
    expect(event(ids.end).startDate.toJSDate().toISOString()).toBe('2099-06-15T15:59:00.000Z');
    expect(event(ids.end).endDate.toJSDate().toISOString()).toBe(NEXT_MIDNIGHT);
    expect(event(ids.clock).startDate.toJSDate().toISOString()).toBe(NOON);
    expect(calendar.replaceAll('\r\n ', '')).toContain('2099-06-15 周一 24:00');
  });
});

const listDeadlinesHere = () => listDeadlines(db, {}, MIDNIGHT);

test('rows of before are days where they were midnight', () => {
  const old = new Database(':memory:');
  const run = (file: string) => {
    for (const statement of readFileSync(file, 'utf8').split('--> statement-breakpoint')) old.exec(statement);
  };
  const files = globSync('db/migrations/*.sql').sort();
  const at = files.findIndex((file) => file.endsWith('_moments.sql'));
  for (const file of files.slice(0, at)) run(file);
  old.exec('PRAGMA foreign_keys = OFF');
  const insert = old.prepare(
    `INSERT INTO notices (id, source_key, source_item_id, version, title, category, stage, county, published_by, project_id,
       published_at, published_precision, twin_key, fingerprint, first_seen_at, updated_at, last_seen_at, deadline_at)
     VALUES (?, 's', '1', 1, 't', 'land', 'landOffering', 'qufu', 'qufu', 'p', '2026-01-01', 'day', '', '', '', '', '', ?)`,
  );
  insert.run('day', MIDNIGHT);
  insert.run('clock', NOON);
  insert.run('none', null);
  run(files[at] as string);
  expect(
    old.prepare('SELECT id, deadline_precision AS p, closes_at AS c FROM published_notices ORDER BY id').all(),
  ).toEqual([
    { id: 'clock', p: 'minute', c: NOON },
    { id: 'day', p: 'day', c: NEXT_MIDNIGHT },
    { id: 'none', p: null, c: null },
  ]);
  old.close();
});
