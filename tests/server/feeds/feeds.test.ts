import { load } from 'cheerio';
import { eq } from 'drizzle-orm';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#db/client.ts';
import { noticeContents, noticeRevisions, notices } from '#db/schema/index.ts';
import { projectId, stableUrn } from '#src/domain/identifiers/ids.ts';
import { addDays } from '#src/domain/time/time.ts';
import { rebuildFts } from '#src/server/search/fts-index.ts';
import {
  insertNotices,
  SEED_NOW,
  type SeedNotice,
  seedNotices,
  seedSources,
  toSeedNotice,
} from '#tests/support/seed-notices.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

/** Markup, the end of a CDATA section, a control character, and a character beyond the basic plane. */
const TITLE = '桥梁 <b>加固</b> & ]]> 工程\u0001，第\u{1F30A}期，标题很长很长很长很长很长很长很长很长很长';
const READABLE_TITLE = TITLE.replace('\u0001', '');
/** 09:30 in Shanghai. */
const DEADLINE = addDays(new Date().toISOString(), 30).replace(/T.*/, 'T01:30:00.000Z');
/** Midnight in Shanghai: a day without a time of day. */
const DAY = addDays(new Date().toISOString(), 40).replace(/T.*/, 'T16:00:00.000Z');
const LAND = { category: 'land', county: 'qufu' } as const;
const ODD = { ...LAND, stage: 'landOffering', publishedAt: SEED_NOW, buyer: '乙单位', suppliers: [] } as const;

/** Makes a later version of a notice the current one. */
function addVersion(db: Db, id: string, version: number): void {
  const revision = db.select().from(noticeRevisions).where(eq(noticeRevisions.noticeId, id)).get();
  const content = db.select().from(noticeContents).where(eq(noticeContents.noticeId, id)).get();
  if (!revision || !content) throw new Error('every notice has a version');
  db.insert(noticeRevisions)
    .values({ ...revision, version, contentVersion: version, reason: 'changed' })
    .run();
  db.insert(noticeContents)
    .values({ ...content, version })
    .run();
  db.update(notices).set({ version, updatedAt: SEED_NOW }).where(eq(notices.id, id)).run();
}

let portal: Portal;
let odd: SeedNotice;
let dayOnly: SeedNotice;
let withdrawn: SeedNotice;
let late: SeedNotice;
beforeAll(async () => {
  const seed = (number: number) => ({
    ...toSeedNotice(number),
    ...ODD,
    suppliers: [],
    project: projectId(`F${number}`),
  });
  odd = { ...seed(1001), title: TITLE, deadlineAt: DEADLINE };
  dayOnly = { ...seed(1002), title: '只有日期的公告', deadlineAt: DAY, deadlinePrecision: 'day' };
  withdrawn = { ...seed(1003), title: '不再公开的公告', deadlineAt: DEADLINE };
  late = {
    ...seed(1004),
    project: odd.project,
    title: '迟到的公告',
    publishedAt: '2024-03-01T00:00:00.000Z',
    deadlineAt: null,
    deadlinePrecision: null,
  };
  portal = await startPortal((db) => {
    seedSources(db);
    seedNotices(db, 300);
    insertNotices(db, [odd, dayOnly, withdrawn, late]);
    addVersion(db, odd.id, 3);
    addVersion(db, withdrawn.id, 2);
    db.update(notices).set({ withdrawnAt: SEED_NOW, closesAt: null }).where(eq(notices.id, withdrawn.id)).run();
    db.update(notices)
      .set({ firstSeenAt: addDays(SEED_NOW, 1) })
      .where(eq(notices.id, late.id))
      .run();
    rebuildFts(db);
  });
});
afterAll(() => portal.stop());

const get = (path: string) => fetch(portal.url + path);
const getText = async (path: string) => (await get(path)).text();
const address = (id: string) => `${PORTAL_SITE}/notice/${id}`;
const urn = (id: string) => stableUrn('notice', id);
const ids = async (path: string) => {
  const { items } = (await (await get(path)).json()) as { items: { id: string }[] };
  return items.map(({ id }) => urn(id));
};

const LISTS = [
  ['list', '', '/api/v1/notices?sort=arrived&limit=50'],
  ['filtered list', '?category=construction&county=qufu&from=2023-01-01', ''],
  ['search', '?q=测试项目 7', '/api/v1/search?q=测试项目 7&sort=arrived&limit=50'],
] as const;

describe.each(LISTS)('the feed of a %s', (_name, query, given) => {
  const twin = given || `/api/v1/notices${query}&sort=arrived&limit=50`;

  it('holds in every format what came last', async () => {
    const expected = await ids(twin);
    expect(expected.length).toBeGreaterThan(0);
    const rss = parseRssFeed(await getText(`/feeds/notices.rss${query}`));
    expect(rss.items?.map(({ guid }) => guid?.value)).toEqual(expected);
    const atom = parseAtomFeed(await getText(`/feeds/notices.atom${query}`));
    expect(atom.entries?.map(({ id }) => id)).toEqual(expected);
    const json = parseJsonFeed(await (await get(`/feeds/notices.json${query}`)).json());
    expect(json.items?.map(({ id }) => id)).toEqual(expected);
  });
});

describe('a feed', () => {
  const query = '?category=land&county=qufu&buyer=乙单位';

  it('carries any title through RSS, with summary, link and times', async () => {
    const feed = parseRssFeed(await getText(`/feeds/notices.rss${query}`));
    const item = feed.items?.find(({ link }) => link === address(odd.id));
    expect(item?.title).toBe(READABLE_TITLE);
    expect(item?.description).toContain('土地使用权');
    expect(item?.content?.encoded).toContain('<p>县（市、区）：曲阜市</p>');
    expect(feed.title).toContain('土地使用权 · 曲阜市');
    expect(feed.link).toMatch(`${PORTAL_SITE}/notices/land?county=qufu`);
  });

  it('carries any title through Atom, and tells publication from change', async () => {
    const feed = parseAtomFeed(await getText(`/feeds/notices.atom${query}`));
    const entry = feed.entries?.find(({ id }) => id === urn(odd.id));
    // What a reader shows: HTML with its characters escaped.
    expect(entry?.title?.type).toBe('html');
    expect(load(entry?.title?.value ?? '', null, false).text()).toBe(READABLE_TITLE);
    expect(Date.parse(String(entry?.updated))).toBe(Date.parse(SEED_NOW));
    expect(feed.links?.find(({ rel }) => rel === 'self')?.href).toMatch(`${PORTAL_SITE}/feeds/notices.atom?`);
  });

  it('never holds what was withdrawn', async () => {
    for (const format of ['rss', 'atom', 'json']) {
      expect(await getText(`/feeds/notices.${format}${query}`)).not.toContain(withdrawn.id);
    }
  });

  it('shows a notice first that was published long ago and has just come', async () => {
    for (const path of [
      '/feeds/notices.json',
      '/feeds/notices.json?q=迟到的公告',
      '/feeds/notices.json?category=land',
    ]) {
      const { items } = parseJsonFeed(await (await get(path)).json());
      expect(items?.[0], path).toMatchObject({ id: urn(late.id), url: address(late.id) });
    }
  });

  it('leads page by page to the last notice, each once', async () => {
    const seen: string[] = [];
    let next: string | undefined = '/feeds/notices.json';
    while (next) {
      const page: { items: { id: string }[]; next_url?: string } = JSON.parse(await getText(next));
      seen.push(...page.items.map(({ id }) => id));
      next = page.next_url?.replace(PORTAL_SITE, '');
    }
    const { total } = JSON.parse(await getText('/api/v1/notices?limit=1')) as { total: number };
    expect(seen).toHaveLength(total);
    expect(new Set(seen).size).toBe(total);
  });

  it('has ids that say nothing of the site, and names the project that it follows', async () => {
    const { items, title } = parseJsonFeed(await (await get(`/feeds/notices.json?project=${odd.project}`)).json());
    expect(items?.map(({ id }) => id).toSorted()).toEqual([urn(odd.id), urn(late.id)].toSorted());
    expect(title).toContain(`项目：${READABLE_TITLE.slice(0, 4)}`);
    const atom = parseAtomFeed(await getText('/feeds/notices.atom'));
    expect([atom.id, ...(atom.entries ?? []).map(({ id }) => id)].filter((id) => !id?.startsWith('urn:uuid:'))).toEqual(
      [],
    );
  });

  it('stays valid and empty where there are no hits, without other words put in', async () => {
    const query = '?q=没有这样的词';
    expect(parseRssFeed(await getText(`/feeds/notices.rss${query}`)).items ?? []).toEqual([]);
    expect(parseAtomFeed(await getText(`/feeds/notices.atom${query}`)).entries ?? []).toEqual([]);
    const typo = '/feeds/notices.json?q=测试项日';
    expect(parseJsonFeed(await (await get(typo)).json()).items ?? []).toEqual([]);
  });

  it.each([
    ['/feeds/notices.rss?categry=land', 400],
    ['/feeds/notices.atom?category=', 400],
    ['/feeds/notices.json?sort=amount', 400],
    ['/feeds/deadlines.ics?cursor=x', 400],
    ['/feeds/notices.xml', 404],
  ])('%s is refused as a problem with %i', async (path, status) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each([
    ['/feeds/notices.rss', 'application/rss+xml'],
    ['/feeds/notices.atom', 'application/atom+xml'],
    ['/feeds/notices.json', 'application/feed+json'],
    ['/feeds/deadlines.ics', 'text/calendar'],
  ])('%s may be read by anyone, and need not be sent again', async (path, type) => {
    const answer = await get(path);
    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const again = await fetch(portal.url + path, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });
});

describe('the calendar of deadlines', () => {
  const readEvents = async (query: string) => {
    const text = await getText(`/feeds/deadlines.ics${query}`);
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    const calendar = new ICAL.Component(ICAL.parse(text));
    return calendar.getAllSubcomponents('vevent').map((component) => ({ component, event: new ICAL.Event(component) }));
  };
  const query = '?category=land&county=qufu';

  /** The UID of a project's deadline, wherever the site stands. */
  const uidOf = ({ project }: SeedNotice) => stableUrn('calendar', project, 'deadline', '').slice('urn:uuid:'.length);

  it('gives the UID of the project, a SEQUENCE that rises with the versions of its notices, and the instant', async () => {
    const found = (await readEvents(query)).find(({ event }) => event.uid === uidOf(odd));
    expect(found?.event.sequence).toBe(3 + 1);
    expect(found?.event.startDate.toJSDate().toISOString()).toBe(DEADLINE);
    expect(found?.event.summary).toBe(`截止：${READABLE_TITLE}`);
    expect(found?.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
    expect(found?.component.getFirstPropertyValue('url')).toBe(address(odd.id));
  });

  it('takes the day in Shanghai where there is no time of day', async () => {
    const found = (await readEvents(query)).find(({ event }) => event.uid === uidOf(dayOnly));
    expect(found?.event.startDate.isDate).toBe(true);
    expect(found?.event.startDate.toString()).toBe(addDays(DAY, 1).slice(0, 10));
  });

  it('cancels the deadline of a withdrawn notice without telling anything else of it', async () => {
    const found = (await readEvents(query)).find(({ event }) => event.uid === uidOf(withdrawn));
    expect(found?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(found?.event.sequence).toBe(2);
    expect(await getText(`/feeds/deadlines.ics${query}`)).not.toContain('不再公开');
    expect((await readEvents('?category=procurement')).some(({ event }) => event.uid === uidOf(withdrawn))).toBe(false);
  });

  it('follows a search', async () => {
    const uids = (await readEvents('?q=桥梁')).map(({ event }) => event.uid);
    expect(uids).toEqual([uidOf(odd)]);
  });

  it('follows one project, and nothing that is none', async () => {
    expect((await readEvents(`?project=${odd.project}`)).map(({ event }) => event.uid)).toEqual([uidOf(odd)]);
    expect(await readEvents('?project=aaaaaaaaaaaa')).toEqual([]);
  });
});

describe('pages', () => {
  it.each([
    ['/notices?county=qufu', 'county=qufu'],
    ['/notices/land', 'category=land'],
    ['/county/qufu/land', 'category=land&amp;county=qufu|category=land&#38;county=qufu|category=land&county=qufu'],
    ['/search?q=没有这样的词', 'q='],
  ])('%s offers its feeds to readers and to programs', async (path, query) => {
    const html = await getText(path);
    for (const format of ['rss', 'atom', 'json']) {
      expect(html).toMatch(new RegExp(`<link rel="alternate"[^>]*href="/feeds/notices.${format}\\?(?:${query})`));
      expect(html).toMatch(new RegExp(`<a [^>]*href="/feeds/notices.${format}\\?(?:${query})`));
    }
    expect(html).toMatch(new RegExp(`<a [^>]*href="/feeds/deadlines.ics\\?(?:${query})`));
  });
});
