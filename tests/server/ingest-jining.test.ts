import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedSources } from '#src/ingest/sources.ts';
import type { SourceConfig } from '#src/ingest/types.ts';
import { type FeedServer, type Site, startFeedServer } from '#tests/support/feed-server.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { abpSite, type Bulletin, jiningSite, makeBulletin, makeBulletins } from '#tests/support/jining-site.ts';

const COLUMNS = {
  '551003': { label: '其他交易', category: 'general', stage: 'mixed' },
  '503000': { label: '招标公告', category: 'construction', stage: 'tenderNotice' },
};

let rig: IngestRig;
let feed: FeedServer;
let bulletins: Bulletin[];
/** What happens at the site when a request comes in. */
let meanwhile: (path: string) => void;

/** A rig whose server is the platform, with one source on it. */
async function serve(site: Site, source: Pick<SourceConfig, 'key' | 'adapter' | 'settings'>): Promise<void> {
  feed = await startFeedServer((request) => {
    meanwhile(request.url.pathname + request.url.search);
    return site(request);
  });
  rig = await startRig({}, feed);
  const entry = { name: '济宁市公共资源交易网', county: 'jining', schedule: '0 * * * *', minimumItems: 1 } as const;
  seedSources(rig.db, [{ ...entry, ...source, settings: { base: feed.url, columns: COLUMNS, ...source.settings } }]);
}

const notices = () => rig.count('SELECT count(*) FROM published_notices');
const versions = () => rig.count('SELECT count(*) FROM notice_versions');
const lists = () => feed.requests.filter((line) => !line.includes('Detail'));

beforeEach(() => {
  meanwhile = () => {};
  bulletins = makeBulletins(45);
});

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

describe('the present platform', () => {
  const run = (options = {}) => rig.run(options, 'jining-city');

  beforeEach(async () => {
    const source = { key: 'jining-city', adapter: 'jining-newest', settings: { tenant: 'JiNing' } };
    await serve(
      jiningSite(() => bulletins),
      source,
    );
  });

  test('the first run reads the whole history; the repeated last page ends it', async () => {
    expect(await run()).toMatchObject({ state: 'succeeded', fetched: 45, created: 45, rejected: 0 });
    expect(lists()).toEqual([
      'GET /JiNing/Posts?cat=503000&pn=1',
      'GET /JiNing/Posts?cat=503000&pn=2',
      'GET /JiNing/Posts?cat=503000&pn=3',
      'GET /JiNing/Posts?cat=503000&pn=4',
      'GET /JiNing/Posts?cat=551003&pn=1',
    ]);
    const [row] = rig.rows(
      `SELECT title, county, published_by, stage, amount_fen, source_url FROM notices WHERE source_item_id = '${bulletins[7]?.id}'`,
    );
    expect(row).toEqual({
      title: '第7号河道治理工程施工',
      county: 'jining',
      published_by: 'jining',
      stage: 'tenderNotice',
      amount_fen: 8_500_000,
      source_url: `${feed.url}/JiNing/Posts/Detail?id=${bulletins[7]?.id}`,
    });
  });

  test('a poll reads newest.json and what lies behind it inside the window; badges and counters are no change', async () => {
    await run();
    feed.requests.length = 0;
    bulletins = [makeBulletin(900, { date: bulletins[0]?.date ?? '' }), ...bulletins];
    expect(await run()).toMatchObject({ state: 'succeeded', created: 1, changed: 0 });
    expect(lists()).toEqual([
      'GET /Tenants/JiNing/Posts/503000/newest.json',
      'GET /JiNing/Posts?cat=503000&pn=2',
      'GET /Tenants/JiNing/Posts/551003/newest.json',
    ]);
    expect(await run({ full: true })).toMatchObject({ created: 0, changed: 0, unchanged: 46 });
    expect(versions()).toBe(46);
  });

  test('more news than newest.json shows are found in the list behind it', async () => {
    await run();
    const today = bulletins[0]?.date ?? '';
    bulletins = [...Array.from({ length: 70 }, (_, at) => makeBulletin(500 + at, { date: today })), ...bulletins];
    expect(await run()).toMatchObject({ state: 'succeeded', created: 70, changed: 0 });
    expect(notices()).toBe(115);
  });

  test('rows that arrive while pages are turned are neither lost nor doubled', async () => {
    let arrived = 0;
    meanwhile = (path) => {
      if (!/pn=[23]/.test(path)) return;
      bulletins = [makeBulletin(900 + arrived++, { date: bulletins[0]?.date ?? '' }), ...bulletins];
    };
    expect(await run()).toMatchObject({ state: 'succeeded', created: 45 });
    meanwhile = () => {};
    expect(await run()).toMatchObject({ created: 2, changed: 0 });
    expect([notices(), versions()]).toEqual([47, 47]);
  });

  test('a notice in several columns is one notice; only a full run moves it to another of them', async () => {
    const both = makeBulletin(1, { columns: ['551003', '503000'], title: '某某学校食堂改造招标公告' });
    bulletins[1] = both;
    await run();
    const stored = () => rig.rows(`SELECT category, version FROM notices WHERE source_item_id = '${both.id}'`);
    expect(stored()).toEqual([{ category: 'construction', version: 1 }]);
    bulletins[1] = { ...both, columns: ['551003'] };
    expect(await run()).toMatchObject({ state: 'succeeded', changed: 0, rejected: 0 });
    expect(stored()).toEqual([{ category: 'construction', version: 1 }]);
    expect(await run({ full: true })).toMatchObject({ changed: 1 });
    expect(stored()).toEqual([{ category: 'general', version: 2 }]);
  });

  test('the zones that publish on the city site get their notices, roads do not', async () => {
    bulletins[0] = makeBulletin(0, { title: '太白湖新区雨污分流改造工程' });
    bulletins[1] = makeBulletin(1, { title: '济宁高新区标准厂房项目' });
    bulletins[2] = makeBulletin(2, { title: '站前路至任城界道路大修工程' });
    await run();
    const rows = rig.rows('SELECT county, published_by FROM notices ORDER BY published_at DESC, source_item_id');
    expect(
      rows
        .filter(({ county }) => county !== 'jining')
        .map(({ county }) => county)
        .sort(),
    ).toEqual(['gaoxin', 'taibaihu']);
    expect(new Set(rows.map(({ published_by }) => published_by))).toEqual(new Set(['jining']));
  });

  test('a notice without text is put aside, the others stay', async () => {
    bulletins[3] = makeBulletin(3, { body: '<p>空</p>' });
    expect(await run()).toMatchObject({ state: 'succeeded', created: 44, rejected: 1 });
    const [row] = rig.rows(`SELECT reasons FROM raw_items WHERE state = 'rejected'`);
    expect(row?.reasons).toContain('没有可读的正文');
  });

  test('lists that suddenly show nothing are an outage, not an empty site', async () => {
    await run();
    bulletins = [];
    expect(await run()).toMatchObject({ state: 'held' });
    expect(notices()).toBe(45);
  });
});

describe('the older platform', () => {
  const run = (options = {}) => rig.run(options, 'jining-old');
  const source = { key: 'jining-old', adapter: 'jining-abp', settings: { tenant: 'JiNing', tenantId: '3' } };

  test('token, pages, notices', async () => {
    await serve(
      abpSite(() => bulletins),
      source,
    );
    expect(await run()).toMatchObject({ state: 'succeeded', fetched: 45, created: 45 });
    expect(lists()).toEqual([
      'GET /JiNing/Bulletins?CategoryCode=503000',
      ...Array(4).fill('POST /api/services/app/stPrtBulletin/GetBulletinList'),
    ]);
    const [row] = rig.rows(`SELECT title, buyer FROM notices WHERE source_item_id = '${bulletins[9]?.id}'`);
    expect(row).toEqual({ title: '第9号河道治理工程施工', buyer: '济宁市第9水务管理处' });
  });

  test('only lastModificationTime tells that a notice changed', async () => {
    await serve(
      abpSite(() => bulletins),
      source,
    );
    await run();
    const body = `${bulletins[5]?.body}<p>开标时间：2026年7月1日09时30分</p>`;
    bulletins[5] = makeBulletin(5, { body });
    expect(await run({ full: true })).toMatchObject({ changed: 0, unchanged: 45 });
    bulletins[5] = makeBulletin(5, { body, modified: `${bulletins[5]?.date}T15:00:00` });
    expect(await run({ full: true })).toMatchObject({ changed: 1, unchanged: 44 });
    expect([notices(), versions()]).toEqual([45, 46]);
  });

  test('rows that arrive while pages are turned are neither lost nor doubled', async () => {
    await serve(
      abpSite(() => bulletins),
      source,
    );
    let posts = 0;
    meanwhile = (path) => {
      if (!path.includes('GetBulletinList') || ++posts < 2) return;
      if (posts < 4) bulletins = [makeBulletin(900 + posts, { date: bulletins[0]?.date ?? '' }), ...bulletins];
    };
    expect(await run()).toMatchObject({ state: 'succeeded', created: 45 });
    expect(await run()).toMatchObject({ created: 2, changed: 0 });
    expect([notices(), versions()]).toEqual([47, 47]);
  });

  test('a session that runs out is begun anew', async () => {
    const site = abpSite(() => bulletins);
    let handshakes = 0;
    let pages = 0;
    await serve((request) => {
      if (request.url.pathname.endsWith('/Bulletins')) {
        handshakes++;
        pages = 0;
      }
      const hasRunOut = request.method === 'POST' && ++pages > 1;
      return hasRunOut ? { type: 'text/html', status: 400, body: 'token expired' } : site(request);
    }, source);
    expect(await run()).toMatchObject({ state: 'succeeded', created: 45 });
    expect(handshakes).toBeGreaterThan(1);
  });

  test('a site that gives no token is not asked any further', async () => {
    const site = abpSite(() => bulletins);
    await serve((request) => ({ ...site(request), headers: {} }), source);
    const failed = await run();
    expect(failed).toMatchObject({ state: 'failed', fetched: 0 });
    expect(failed.error).toContain('防伪令牌');
    expect(feed.requests).toEqual(['GET /JiNing/Bulletins?CategoryCode=503000']);
  });

  test('a refused token and a refused request end the run and change nothing', async () => {
    await serve(
      abpSite(() => bulletins),
      source,
    );
    await run();
    const refusal = { result: null, success: false, error: { message: '内部错误' }, __abp: true };
    const refusing = await startFeedServer((request) =>
      request.method === 'POST'
        ? { type: 'application/json', body: JSON.stringify(refusal) }
        : abpSite(() => bulletins)(request),
    );
    rig.allow(refusing.host);
    rig.db.$client
      .prepare(`UPDATE sources SET settings = json_set(settings, '$.base', ?) WHERE key = 'jining-old'`)
      .run(refusing.url);
    const failed = await run({ full: true });
    await refusing.close();
    expect(failed.state).toBe('failed');
    expect(failed.error).toContain('内部错误');
    expect(notices()).toBe(45);
  });
});
