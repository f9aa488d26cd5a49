import canonicalize from 'canonicalize';
import { describe, expect, it, vi } from 'vitest';
import type { Db } from '#db/client.ts';
import type { ExposureEventKind } from '#src/domain/exposures/life-cycle.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { tellExposure } from '#src/publish/exposures/rows.ts';
import { recordExposureEvent } from '#src/publish/exposures/store.ts';
import { sweepExposureDates } from '#src/publish/exposures/sweep-dates.ts';
import { sha256 } from '#src/publish/prepare/fingerprints.ts';
import type { Change } from '#src/server/changes/list.ts';
import { EXPOSURE_CHECKS } from '#src/server/verify/exposures.ts';
import { verifyInvariants } from '#src/server/verify/verify.ts';
import { startFeedServer } from '#tests/support/feed-server.ts';
import {
  cleanups,
  editAndKill,
  follow,
  openShared,
  PATIENCE,
  readOnce,
  type Shared,
  serve,
  serveChanges,
} from '#tests/support/mirror-harness.ts';
import { DEBARMENTS, PENALTIES, seedExposure } from '#tests/support/seed-exposures.ts';
import { seedSources } from '#tests/support/seed-notices.ts';
import type { Portal } from '#tests/support/test-portal.ts';
import { byTester } from '#tests/support/writer.ts';

type Upsert = Extract<Change<'exposures'>, { kind: 'upsert' }>;

/** A day in Shanghai, so many days from today. */
const day = (offset: number) => formatDate(addDays(new Date().toISOString(), offset));

/** An upstream with sources of its own, and its portal. */
async function openUpstream(): Promise<{ shared: Shared; portal: Portal }> {
  const shared = openShared();
  seedSources(shared.db);
  return { shared, portal: await serve(shared) };
}

/** A decision by number: every fourth is about a person, every fifth is on the blacklist. Returns the entry's id. */
function decide(db: Db, number: number, fields: Record<string, string> = {}): string {
  const column = number % 5 === 0 ? DEBARMENTS : PENALTIES;
  const subject = number % 4 === 0 ? `欧阳${'甲乙丙丁戊己庚辛壬癸'[number % 10]}` : `示例第${number}建设有限公司`;
  const all = { 当事人: subject, 文号: `示财罚〔2026〕${number}号`, 决定日期: day(-40 - number), 处罚有效期: day(300) };
  return seedExposure(db, { ...all, ...fields }, { column });
}

const happen = (db: Db, id: string, kind: ExposureEventKind, at = new Date().toISOString()) =>
  recordExposureEvent(db, id, { kind, at, basis: '示例文书' }, byTester());

/** The source shows an entry no longer: as a run does, it is told in the same transaction. */
function drop(db: Db, id: string): void {
  const flag = () => {
    db.$client.prepare('UPDATE exposures SET gone_at = ? WHERE id = ?').run(new Date().toISOString(), id);
    tellExposure(db, id, 'upsert', byTester());
  };
  db.$client.transaction(flag).immediate();
}

/** Twenty edits: new decisions, corrected ones, objections, repairs, withheld and upcoming ones, and such as the source dropped. */
function edit(db: Db, round: number): void {
  for (let each = 0; each < 20; each++) {
    const number = (round * 13 + each * 7) % 60;
    const turn = (round + each) % 9;
    const more: Record<string, string> = turn === 1 ? { 违法事实: `第 ${round} 次更正后的事实。` } : {};
    if (turn === 2) more.公示日期 = day(30);
    if (turn === 3) Object.assign(more, { 失信程度: '轻微' });
    const id = decide(db, number, more);
    if (turn === 4) happen(db, id, 'objectionFiled');
    if (turn === 5 && number % 3 === 0) happen(db, id, 'repaired');
    if (turn === 6) drop(db, id);
  }
}

/** What the public sees of entries: both lists, and each entry but for when and how often it was recorded. */
async function publicEntries({ url }: Pick<Portal, 'url'>): Promise<unknown> {
  const lists = await Promise.all(
    ['exposure', 'blacklist'].map(async (board) => {
      const answer = await fetch(`${url}/api/v1/exposures?board=${board}&limit=200`);
      const { items, total } = (await answer.json()) as { items: { id: string }[]; total: number };
      return { board, items, total };
    }),
  );
  const ids = lists.flatMap(({ items }) => items.map(({ id }) => id));
  const entries = await Promise.all(
    ids.map(async (id) => {
      const answer = await fetch(`${url}/api/v1/exposures/${id}`);
      const {
        asOf: _asOf,
        versions,
        ...entry
      } = (await answer.json()) as { asOf: string; versions: { hash: string }[] };
      return { ...entry, hash: versions[0]?.hash };
    }),
  );
  return { lists, entries };
}

/** Canonical bytes and hashes of what is in force, from the database: cheaper to compare than pages. */
function inForce(db: Db): unknown[] {
  const now = new Date().toISOString();
  return db.$client
    .prepare(
      `SELECT e.id, v.hash, v.content, e.gone_at IS NOT NULL AS gone, (SELECT group_concat(kind || at || basis) FROM
         (SELECT * FROM exposure_events WHERE exposure_id = e.id ORDER BY at, kind)) AS events
       FROM exposures e JOIN exposure_versions v ON v.exposure_id = e.id AND v.version = e.version
       WHERE e.withheld = 0 AND e.public_from <= ? AND e.public_until > ? ORDER BY e.id`,
    )
    .all(now, now);
}

async function expectSound(db: Db): Promise<void> {
  const results = await verifyInvariants(db, EXPOSURE_CHECKS);
  expect(results.filter(({ breaches }) => breaches > 0)).toEqual([]);
}

function listReasons(db: Db): string[] {
  const rows = db.$client.prepare("SELECT reasons FROM raw_items WHERE state = 'rejected' ORDER BY id").pluck().all();
  return (rows as string[]).map((json) => (JSON.parse(json) as { code: string }[])[0]?.code ?? '');
}

describe('a mirror of entries', () => {
  it('ends with what is public upstream, byte for byte, though both are killed on the way', async () => {
    const { shared: upstream, portal: first } = await openUpstream();
    const mirror = openShared();
    const source = follow(mirror, first);
    const { portal, stop } = await editAndKill({ upstream, mirror, portal: first, source }, 8, (_, round) =>
      edit(upstream.db, round),
    );
    expect(inForce(upstream.db).length).toBeGreaterThan(25);
    await vi.waitFor(() => expect(inForce(mirror.db)).toEqual(inForce(upstream.db)), PATIENCE);
    stop();
    expect(await publicEntries(await serve(mirror))).toEqual(await publicEntries(portal));
    expect(listReasons(mirror.db)).toEqual([]);
    await expectSound(mirror.db);
    // The comparison can fail: one more edit that nobody reads.
    decide(upstream.db, 61);
    expect(inForce(mirror.db)).not.toEqual(inForce(upstream.db));
  });

  it('of a mirror brings them from the county to the province, under the names of their sources', async () => {
    const { shared: county, portal: countyPortal } = await openUpstream();
    const [city, province] = [openShared(), openShared()];
    const cityPortal = await serve(city);
    const fromCounty = follow(city, countyPortal, 'mirror-county');
    const fromCity = follow(province, cityPortal, 'mirror-city');
    for (let round = 0; round < 3; round++) {
      edit(county.db, round);
      expect((await readOnce(city.db, fromCounty, countyPortal)).state).toBe('succeeded');
      expect((await readOnce(province.db, fromCity, cityPortal)).state).toBe('succeeded');
      expect(inForce(province.db)).toEqual(inForce(county.db));
    }
    expect(await publicEntries(await serve(province))).toEqual(await publicEntries(countyPortal));
    await expectSound(province.db);
  });

  it('takes nothing twice, again from the start as well', async () => {
    const { shared: upstream, portal } = await openUpstream();
    const mirror = openShared();
    const source = follow(mirror, portal);
    edit(upstream.db, 1);
    expect(await readOnce(mirror.db, source, portal)).toMatchObject({ state: 'succeeded', rejected: 0 });
    expect(await readOnce(mirror.db, source, portal)).toMatchObject({ fetched: 0, created: 0, changed: 0 });
    const again = await readOnce(mirror.db, source, portal, true);
    expect(again).toMatchObject({ created: 0, changed: 0, unchanged: again.fetched });
  });

  it('shows an entry no longer after one run when it was repaired, and again when that was wrong', async () => {
    const { shared: upstream, portal } = await openUpstream();
    const mirror = openShared();
    const source = follow(mirror, portal);
    const [repaired, dropped] = [decide(upstream.db, 1), decide(upstream.db, 2)];
    await readOnce(mirror.db, source, portal);
    const mirrorPortal = await serve(mirror);
    const statuses = () =>
      Promise.all(
        [repaired, dropped].map(async (id) => (await fetch(`${mirrorPortal.url}/api/v1/exposures/${id}`)).status),
      );
    expect(await statuses()).toEqual([200, 200]);
    happen(upstream.db, repaired, 'repaired');
    decide(upstream.db, 2, { 公示日期: day(1) });
    expect(await readOnce(mirror.db, source, portal)).toMatchObject({ state: 'succeeded', changed: 2 });
    await vi.waitFor(async () => expect(await statuses()).toEqual([410, 410]), PATIENCE);
    await expectSound(mirror.db);
    decide(upstream.db, 2);
    expect(await readOnce(mirror.db, source, portal)).toMatchObject({ changed: 1 });
    await vi.waitFor(async () => expect(await statuses()).toEqual([410, 200]), PATIENCE);
    expect(inForce(mirror.db)).toEqual(inForce(upstream.db));
    await expectSound(mirror.db);
  });

  it('ends an entry by its own clock, and hears of what only the upstream knew beforehand', async () => {
    const { shared: upstream, portal } = await openUpstream();
    const mirror = openShared();
    const source = follow(mirror, portal);
    const id = decide(upstream.db, 1);
    decide(upstream.db, 2);
    const soon = new Date(Date.now() + 3_000).toISOString();
    happen(upstream.db, id, 'repaired', soon);
    await readOnce(mirror.db, source, portal);
    expect(inForce(mirror.db)).toHaveLength(2);
    await vi.waitFor(() => expect(sweepExposureDates(upstream.db, byTester())).toBe(1), PATIENCE);
    expect(await readOnce(mirror.db, source, portal)).toMatchObject({ fetched: 1, changed: 1 });
    expect(inForce(mirror.db)).toHaveLength(1);
    const { public_until: until } = mirror.db.$client
      .prepare('SELECT public_until FROM exposures WHERE ended_at IS NULL')
      .get() as { public_until: string };
    const expected = upstream.db.$client.prepare('SELECT public_until FROM exposures WHERE id <> ?').pluck().get(id);
    expect(until).toBe(expected);
  });

  it('follows notices alone when its upstream tells nothing else', async () => {
    const mirror = openShared();
    const server = await startFeedServer(({ url }) => {
      const page = { items: [], next: '0', newest: '0', upToDate: true };
      if (url.searchParams.has('of')) return { type: 'application/problem+json', body: '{}', status: 400 };
      return { type: 'application/json', body: JSON.stringify(page) };
    });
    cleanups.push(() => server.close());
    expect(await readOnce(mirror.db, follow(mirror, server), server)).toMatchObject({
      state: 'succeeded',
      rejected: 0,
    });
  });
});

describe('a mirror does not believe its upstream about entries', () => {
  async function collect(numbers: number[]): Promise<Upsert[]> {
    const { shared, portal } = await openUpstream();
    for (const number of numbers) decide(shared.db, number);
    const page = (await (await fetch(`${portal.url}/api/v1/changes?of=exposures`)).json()) as { items: Upsert[] };
    return page.items;
  }
  const sealed = (change: Upsert, more: object): Upsert => {
    const exposure = { ...change.exposure, ...more };
    return { ...change, exposure, hash: sha256(canonicalize(exposure) ?? '') };
  };

  it('puts aside what is forged, with the reason, and takes the rest', async () => {
    const told = await collect([1, 2, 3, 4, 6, 7, 8, 9, 11]);
    const [one, two, three, four, six, seven, eight, nine, eleven] = told as [
      Upsert,
      Upsert,
      Upsert,
      Upsert,
      Upsert,
      Upsert,
      Upsert,
      Upsert,
      Upsert,
    ];
    const mirror = openShared();
    seedSources(mirror.db);
    const server = await serveChanges({
      exposures: [
        { ...one, exposure: { ...one.exposure, facts: '被改过的事实' } },
        sealed(two, { facts: '联系人手机 13812345678', sourceKey: 'site-upstream' }),
        sealed(three, { facts: '长'.repeat(5_001), sourceKey: 'site-upstream' }),
        sealed(four, { subjectName: '欧阳某甲', sourceKey: 'site-upstream' }),
        sealed(six, { subjectName: '张三丰', sourceKey: 'site-upstream' }),
        sealed(seven, { decisionNo: '示财罚〔2026〕999号', sourceKey: 'site-upstream' }),
        sealed(eight, { subjectUscc: '91370800MA0000000X', sourceKey: 'site-upstream' }),
        nine,
        { ...eleven, exposure: undefined },
        sealed(eleven, { sourceKey: 'site-upstream' }),
      ],
    });
    const source = follow(mirror, server);
    expect(await readOnce(mirror.db, source, server)).toMatchObject({ state: 'succeeded', created: 1, rejected: 9 });
    expect(listReasons(mirror.db).filter((code) => code !== 'invalid')).toEqual([
      'hash',
      'personal',
      'id',
      'id',
      'id',
      'foreign-source',
    ]);
    expect(inForce(mirror.db)).toMatchObject([{ id: eleven.id }]);
    // What another upstream says of it changes nothing.
    const rival = await serveChanges({
      exposures: [sealed(eleven, { facts: '另一平台的说法', sourceKey: 'site-upstream' })],
    });
    expect(await readOnce(mirror.db, follow(mirror, rival, 'mirror-rival'), rival)).toMatchObject({ rejected: 1 });
    const remover = await serveChanges({ exposures: [{ seq: 1, id: eleven.id, at: eleven.at, kind: 'remove' }] });
    await readOnce(mirror.db, follow(mirror, remover, 'mirror-remover'), remover);
    expect(inForce(mirror.db)).toMatchObject([{ id: eleven.id }]);
    await expectSound(mirror.db);
  });

  it('never names a person, though the id and the hash fit the name', async () => {
    const { identifyExposure } = await import('#src/publish/exposures/identity.ts');
    const [person, firm] = (await collect([4, 1])) as [Upsert, Upsert];
    const named = (change: Upsert, subjectName: string) => {
      const content = { ...change.exposure, subjectName, sourceKey: 'site-upstream' };
      const { id } = identifyExposure(content);
      return { ...sealed(change, { ...content, id }), id };
    };
    const mirror = openShared();
    const server = await serveChanges({ exposures: [named(person, '欧阳某甲'), named(firm, '张三丰')] });
    expect(await readOnce(mirror.db, follow(mirror, server), server)).toMatchObject({ rejected: 2, created: 0 });
    expect(listReasons(mirror.db)).toEqual(['personal', 'personal']);
  });

  it('neither overwrites nor ends an entry that this portal has of its own', async () => {
    const [one] = (await collect([1])) as [Upsert];
    const mirror = openShared();
    seedSources(mirror.db);
    const own = decide(mirror.db, 1, { 违法事实: '本站自己收到的事实。' });
    expect(own).toBe(one.id);
    const before = inForce(mirror.db);
    const removal = { seq: 2, id: one.id, at: one.at, kind: 'remove' };
    const server = await serveChanges({ exposures: [sealed(one, { sourceKey: 'site-upstream' }), removal] });
    const source = follow(mirror, server);
    expect(await readOnce(mirror.db, source, server)).toMatchObject({ unchanged: 2, rejected: 0 });
    expect(inForce(mirror.db)).toEqual(before);
  });
});
