import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  auditEvents,
  changes,
  codeMappings,
  deals,
  itemFixes,
  noticeLinks,
  notices,
  possibleDuplicates,
  pushKeys,
  rawItems,
  sources,
  unknownCodes,
} from '#db/schema/index.ts';
import type { WORK_LIST_KEYS } from '#src/domain/work/lists.ts';
import { createFetcher, type Fetcher } from '#src/ingest/fetch.ts';
import { runSource } from '#src/ingest/pipeline.ts';
import { retryRequested } from '#src/ingest/retry.ts';
import { seedSources } from '#src/ingest/sources.ts';
import { findPossibleDuplicates } from '#src/publish/notices/possible-duplicates.ts';
import { listMappings } from '#src/server/mappings/list.ts';
import { getCorrection } from '#src/server/notices/correction.ts';
import type { Session } from '#src/staff/sessions.ts';
import { codeId } from '#src/staff/work/lists/codes.ts';
import { type FeedServer, startFeedServer } from '#tests/support/feed-server.ts';
import { StaffRig } from '#tests/support/staff-rig.ts';
import { addTestSource } from '#tests/support/test-feed.ts';
import { type FeedItem, testSite } from '#tests/support/test-site.ts';

let rig: StaffRig;
let feed: FeedServer;
let fetcher: Fetcher;
let items: FeedItem[] = [];
let key: string;
let clerk: Session;
let stranger: Session;
let editor: Session;
let admin: Session;

beforeEach(async () => {
  feed = await startFeedServer(testSite(() => items));
  rig = new StaffRig({ allowPrivate: [feed.host] });
  fetcher = createFetcher({ allowPrivate: [feed.host], timeoutMs: 4_000, backoffMs: 1 });
  key = addTestSource(rig.db, feed.url);
  await rig.makeAccount('zoucheng', ['countyClerk'], 'zoucheng');
  await rig.makeAccount('qufu', ['countyClerk', 'administrator'], 'qufu');
  await rig.makeAccount('editor', ['editor']);
  await rig.makeAccount('admin', ['administrator']);
  [clerk, stranger, editor, admin] = [
    await rig.enter('zoucheng'),
    await rig.enter('qufu'),
    await rig.enter('editor'),
    await rig.enter('admin'),
  ];
});
afterEach(async () => {
  await fetcher.close();
  await feed.close();
  rig.close();
});

const read = async (...next: FeedItem[]) => {
  items = next;
  return runSource(rig.db, key, { fetcher, full: true });
};
const item = (id: string, more: Partial<FeedItem> = {}): FeedItem => ({
  id,
  title: `邹城市第${id}中学教学设备采购公告`,
  date: '2026-03-01',
  body: `<p>项目编号：ZC-2026-00${id}</p><p>采购人：邹城市第${id}中学</p><p>预算金额：${id}2.5万元</p>`,
  ...more,
});
const first = (list: (typeof WORK_LIST_KEYS)[number], who = clerk) => {
  const { rows } = rig.console.work.rows(who, list, { county: null, after: null });
  return rows[0]?.id ?? '';
};
const waiting = (list: (typeof WORK_LIST_KEYS)[number], who = clerk) =>
  rig.console.work.rows(who, list, { county: null, after: null }).rows.length;
const act = (list: (typeof WORK_LIST_KEYS)[number], id: string, values: Record<string, string>, who = clerk) =>
  rig.console.work.act(who, list, id, values);
const audit = () =>
  rig.db
    .select()
    .from(auditEvents)
    .all()
    .filter(({ action }) => /^(?:work|source|key)\./.test(action));
const published = () => rig.db.select().from(notices).all();

/** Whatever a decision is about, a clerk of another county is told so, and nothing changes. */
async function refusesStrangers(list: (typeof WORK_LIST_KEYS)[number], id: string, values: Record<string, string>) {
  const before = [audit().length, rig.db.select().from(changes).all().length];
  expect(() => rig.console.work.item(stranger, list, id)).toThrow('不属于您所在的县区');
  await expect(act(list, id, values, stranger)).rejects.toThrow('不属于您所在的县区');
  expect(waiting(list, stranger)).toBe(0);
  expect([audit().length, rig.db.select().from(changes).all().length]).toEqual(before);
}

describe('rejected items', () => {
  const unreadable = item('1', { date: '昨天' });
  const fixed = {
    act: 'fix',
    title: '邹城市第1中学教学设备采购公告',
    published: '2026-03-01 09:30',
    category: 'procurement',
    reason: '电话核实发布时间',
  };

  test('are put right over what was received, go through the pipeline, and stay right when they are read again', async () => {
    await read(unreadable);
    const id = first('rejected');
    const received = rig.db.select().from(rawItems).get();
    await refusesStrangers('rejected', id, fixed);
    await act('rejected', id, fixed);
    expect(published()).toMatchObject([{ publishedAt: '2026-03-01T01:30:00.000Z', county: 'zoucheng', version: 1 }]);
    expect(rig.db.select().from(rawItems).get()).toMatchObject({ listItem: received?.listItem, state: 'accepted' });
    expect(audit()).toMatchObject([
      { action: 'work.item', subject: `rejected:${id}`, county: 'zoucheng', reason: '电话核实发布时间' },
    ]);
    expect(rig.db.select().from(changes).all().at(-1)?.actor).toBe(clerk.doer.actor);
    await read(unreadable, item('2'));
    expect(published().map(({ version }) => version)).toEqual([1, 1]);
    expect(waiting('rejected')).toBe(0);
    await read({ ...unreadable, title: '邹城市第1中学教学设备（二次）采购公告' }, item('2'));
    expect(waiting('rejected')).toBe(1);
    expect(() => rig.db.delete(itemFixes).run()).toThrow('append-only');
  });

  test('are dismissed with a reason, kept, not tried again by runs, and can be taken up again', async () => {
    await read(unreadable);
    const id = first('rejected');
    await expect(act('rejected', id, { act: 'dismiss', reason: '' })).rejects.toMatchObject({
      fields: [{ name: 'reason', message: '请写明原因' }],
    });
    await act('rejected', id, { act: 'dismiss', reason: '测试页面，不是公告' });
    expect(waiting('rejected')).toBe(0);
    await read(unreadable, item('2'));
    expect(rig.db.select({ state: rawItems.state }).from(rawItems).all()).toEqual([
      { state: 'dismissed' },
      { state: 'accepted' },
    ]);
    await expect(act('rejected', id, { act: 'retry' })).rejects.toThrow(/这一项已由/);
    await act('rejected', id, { act: 'restore', reason: '看错了' });
    expect(waiting('rejected')).toBe(1);
  });

  test('what was received is shown to whoever may decide, and that is written down', async () => {
    await read(unreadable);
    const id = first('rejected');
    expect(await rig.console.work.rawText(clerk, id)).toContain('"昨天"');
    expect(rig.db.select().from(auditEvents).all().at(-1)).toMatchObject({ action: 'sealed.read' });
    await expect(rig.console.work.rawText(stranger, id)).rejects.toThrow('县区');
    await expect(rig.console.work.rawText(admin, id)).rejects.toThrow('岗位');
  });
});

test('a doubtful fact that is put right leaves the list, counts, and is told', async () => {
  await read(item('1', { body: '<p>采购人：邹城市实验中学</p><p>预算金额：12万元或13万元</p>' }));
  const [notice] = published();
  const id = first('facts');
  expect(id).toBe(notice?.id);
  const values = {
    act: 'set',
    place: 'budget',
    version: '1',
    typed: '13万元',
    quote: '预算金额：12万元或13万元',
    reason: '电话核实',
  };
  await refusesStrangers('facts', id, values);
  await act('facts', id, values);
  expect(published()[0]?.amountFen).toBe(13_000_000);
  expect(waiting('facts')).toBe(0);
  expect(rig.db.select().from(changes).all().at(-1)).toMatchObject({ subjectId: id, kind: 'upsert' });
  expect(audit()).toMatchObject([{ action: 'work.fact', subject: `facts:${id}`, reason: '电话核实' }]);
  expect(audit()[0]?.before).not.toBe(audit()[0]?.after);
});

test('a doubt that the notice itself leaves open waits for nobody any more', async () => {
  await read(item('1', { body: '<p>采购人：邹城市实验中学</p><p>预算金额：12万元或13万元</p>' }));
  const id = first('facts');
  await act('facts', id, { act: 'seen', place: 'budget', version: '1', reason: '原文如此' });
  expect([waiting('facts'), published()[0]?.facts.budget?.doubt]).toEqual([0, 'several']);
});

test('a mapped code lets the waiting items through, in the name of whoever mapped it, and is public with its versions', async () => {
  await read(item('1', { column: '99' }), item('2', { column: '99' }), item('3'));
  expect([published().length, waiting('codes')]).toEqual([1, 1]);
  const id = first('codes');
  expect(id).toBe(codeId({ sourceKey: key, kind: 'column', value: '99' }));
  const values = {
    act: 'map',
    version: '0',
    category: 'procurement',
    stage: 'tenderNotice',
    reason: '栏目名为采购公告',
  };
  await refusesStrangers('codes', id, values);
  await act('codes', id, values);
  expect(rig.db.select().from(unknownCodes).all()).toEqual([]);
  while (retryRequested(rig.db));
  expect(published().map(({ category, stage }) => [category, stage])).toEqual(
    Array.from({ length: 3 }, () => ['procurement', 'tenderNotice']),
  );
  expect(waiting('rejected')).toBe(0);
  await read(item('1', { column: '99' }), item('2', { column: '99' }), item('3'), item('4', { column: '99' }));
  expect(published()).toHaveLength(4);
  await expect(act('codes', id, values)).rejects.toThrow(/这一项已由/);
  await act('codes', id, { ...values, version: '1', stage: 'mixed', reason: '栏目混有更正' });
  const table = listMappings(rig.db).find(({ sourceKey }) => sourceKey === key);
  expect(table?.current.find(({ value }) => value === '99')).toMatchObject({
    version: 2,
    role: 'countyClerk',
    basis: '栏目混有更正',
  });
  expect(table?.earlier).toMatchObject([{ version: 1, target: { category: 'procurement', stage: 'tenderNotice' } }]);
  expect(JSON.stringify(table)).not.toContain('同志');
  expect(() => rig.db.update(codeMappings).set({ basis: '' }).run()).toThrow('append-only');
});

test('a county that nothing knows is mapped to one, and only for that source', async () => {
  await read(item('1', { county: '老城片区', title: '实验中学教学设备采购公告' }));
  expect(waiting('codes')).toBe(1);
  await act('codes', first('codes'), { act: 'map', version: '0', county: 'zoucheng', reason: '片区属邹城' });
  while (retryRequested(rig.db));
  expect(published()).toMatchObject([{ county: 'zoucheng' }]);
});

test('possible duplicates are found behind the changes; merged, one address is left; apart, both stay for good', async () => {
  seedSources(rig.db, [
    {
      ...(rig.db.select().from(sources).get() as never as Parameters<typeof seedSources>[1][number]),
      key: 'other-site',
      name: '另一个网站',
      homepage: 'https://o.example',
    },
  ]);
  const body = '<p>采购人：邹城市实验中学</p><p>采购内容：教学设备一批，详见采购文件第三章。</p>';
  await read(
    item('1', { body, title: '邹城市实验中学教学设备采购公告' }),
    item('2', { body, title: '实验中学设备采购项目采购公告' }),
  );
  while (findPossibleDuplicates(rig.db, rig.now));
  const id = first('duplicates');
  const [later, earlier] = id.split('-');
  await refusesStrangers('duplicates', id, { act: 'merge', reason: '同一条' });
  await act('duplicates', id, { act: 'merge', reason: '同一条' });
  expect(published().find((row) => row.id === later)).toMatchObject({ canonicalId: earlier, isPublic: 0 });
  expect(rig.db.select().from(changes).all().at(-1)).toMatchObject({ subjectId: later, kind: 'remove' });
  expect(waiting('duplicates')).toBe(0);
  await act('duplicates', id, { act: 'apart', reason: '看错了，是两包' });
  expect(published().every(({ isPublic }) => isPublic === 1)).toBe(true);
  expect(rig.db.select().from(possibleDuplicates).get()?.state).toBe('apart');
  await read(
    item('1', { body, title: '邹城市实验中学教学设备采购公告' }),
    item('2', { body: `${body}<p>补充：无。</p>`, title: '实验中学设备采购项目采购公告' }),
  );
  while (findPossibleDuplicates(rig.db, rig.now));
  expect([published().every(({ isPublic }) => isPublic === 1), waiting('duplicates')]).toEqual([true, 0]);
});

test('a correction gets its original: its project, the table of changes, the moved deadline; and leaves the list', async () => {
  const title = '邹城市实验中学教学设备';
  await read(
    item('1', {
      title: `${title}采购公告`,
      body: '<p>采购人：邹城市实验中学</p><p>投标截止时间：2026年3月20日09时30分</p>',
    }),
    item('2', {
      title: `实验中学项目更正公告`,
      date: '2026-03-05',
      body: '<p>投标截止时间：2026年3月27日09时30分</p><p>其他不变。</p>',
    }),
  );
  const [original, correction] = published().sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1));
  if (!original || !correction) throw new Error('not stored');
  expect(correction.stage).toBe('correctionNotice');
  expect(first('corrections')).toBe(correction.id);
  expect(rig.console.work.originals(clerk, correction.id, '教学设备').map(({ id }) => id)).toEqual([original.id]);
  const values = { originalId: original.id, reason: '电话核实' };
  await refusesStrangers('corrections', correction.id, values);
  await expect(act('corrections', correction.id, { ...values, originalId: correction.id })).rejects.toThrow('更正公告');
  await act('corrections', correction.id, values);
  const linked = published().find(({ id }) => id === correction.id);
  expect(linked?.projectId).toBe(original.projectId);
  expect(getCorrection(rig.db, linked as NonNullable<typeof linked>).original?.id).toBe(original.id);
  expect(rig.db.select().from(deals).where(eq(deals.projectId, original.projectId)).get()?.course).toContain(
    '2026-03-27T01:30:00.000Z',
  );
  expect(waiting('corrections')).toBe(0);
  expect(() => rig.db.delete(noticeLinks).run()).toThrow('append-only');
});

test('a held source is released once, with the reason in the audit; the next run is taken', async () => {
  await read(...Array.from({ length: 9 }, (_, number) => item(String(number + 1))));
  expect((await read(item('1'))).state).toBe('held');
  await refusesStrangers('holds', key, { reason: '核实' });
  await expect(act('holds', key, { reason: '核实' }, clerk)).rejects.toThrow('岗位');
  await act('holds', key, { reason: '网站清理了旧公告' }, admin);
  await expect(act('holds', key, { reason: '再放行' }, admin)).rejects.toThrow(/这一项已由/);
  expect((await read(item('1'))).state).toBe('succeeded');
  expect(waiting('holds', admin)).toBe(0);
});

describe('sources and keys', () => {
  const form = () => ({
    ...{ key: 'zoucheng-new', name: '邹城新网站', county: 'zoucheng', adapter: 'test-feed', schedule: '5 * * * *' },
    minimumItems: '1',
    settings: JSON.stringify({ base: feed.url, columns: { '1': { category: 'procurement', stage: 'tenderNotice' } } }),
  });

  test('a trial shows rows as they would be published and stores nothing; what is entered waits to be resumed', async () => {
    items = [item('1'), item('2', { date: '昨天' })];
    const before = rig.db.select().from(sources).all().length;
    const { rows } = await rig.console.sources.trial(admin, form());
    expect(rows.map(({ published, reasons }) => [published?.county ?? null, reasons.length])).toEqual([
      ['zoucheng', 0],
      [null, 1],
    ]);
    expect([rig.db.select().from(rawItems).all(), rig.db.select().from(sources).all().length]).toEqual([[], before]);
    await rig.console.sources.add(admin, form());
    expect(rig.db.select().from(sources).where(eq(sources.key, 'zoucheng-new')).get()).toMatchObject({
      ...{ origin: 'console', pauseReason: '新增，待启用', speaksForItself: false },
    });
    await expect(rig.console.sources.add(admin, form())).rejects.toThrow('已被使用');
    await rig.console.sources.resume(admin, 'zoucheng-new', '核对无误');
    await expect(rig.console.sources.resume(admin, 'zoucheng-new', '再来')).rejects.toThrow(/这个来源已由/);
    expect(audit().map(({ action }) => action)).toEqual(['source.add', 'source.resume']);
  });

  test('a county’s staff see and change their own alone, and what they enter speaks for their county and waits for review', async () => {
    const { sources: feeds } = rig.console;
    expect(feeds.sources(stranger)).toEqual([]);
    expect(() => feeds.source(stranger, key)).toThrow('县区');
    for (const change of [feeds.pause, feeds.resume])
      await expect(change.call(feeds, stranger, key, '越权')).rejects.toThrow('县区');
    await expect(feeds.trial(stranger, form())).rejects.toThrow('县区');
    await expect(feeds.add(stranger, form())).rejects.toThrow('县区');
    await expect(feeds.trial(stranger, { ...form(), county: 'qufu', adapter: 'folder' })).rejects.toThrow('请选择平台');
    await feeds.add(stranger, { ...form(), key: 'qufu-new', county: 'qufu' });
    expect(rig.db.select().from(sources).where(eq(sources.key, 'qufu-new')).get()).toMatchObject({
      ...{ speaksForItself: true, release: 'review' },
    });
    for (const make of [
      () => feeds.issue(stranger, 'zoucheng', '越权'),
      () => feeds.rotate(stranger, 'zoucheng', 1, '越权'),
    ])
      await expect(make()).rejects.toThrow('县区');
  });

  test('a key’s secret is in the answer alone; it is rotated and revoked with the password given again, each audited', async () => {
    const { sources: feeds } = rig.console;
    const made = await feeds.issue(admin, 'zoucheng', '首次签发');
    expect(made.privateKey).toContain('PRIVATE KEY');
    const stored = JSON.stringify([rig.db.select().from(pushKeys).all(), rig.db.select().from(auditEvents).all()]);
    expect(stored).not.toContain(made.privateKey.split('\n')[1]);
    await expect(feeds.issue(admin, 'zoucheng', '再签')).rejects.toThrow('已有有效密钥');
    const next = await feeds.rotate(admin, 'zoucheng', 3, '定期更换');
    await feeds.revoke(admin, 'zoucheng', made.keyId, '旧机器报废');
    await expect(feeds.revoke(admin, 'zoucheng', made.keyId, '再吊销')).rejects.toThrow('没有这个密钥');
    await expect(feeds.revoke(admin, 'qufu', next.keyId, '别县的')).rejects.toThrow('没有这个密钥');
    const late = { ...admin, officer: { ...admin.officer, isSteppedUp: false } };
    for (const change of [
      () => feeds.issue(late, 'qufu', '签发'),
      () => feeds.rotate(late, 'zoucheng', 1, '换'),
      () => feeds.revoke(late, 'zoucheng', next.keyId, '吊销'),
    ])
      await expect(change()).rejects.toThrow('再次输入密码');
    expect(audit().map(({ action }) => action)).toEqual(['key.issue', 'key.rotate', 'key.revoke']);
  });

  test('a pause holds whatever the configuration says', async () => {
    await rig.console.sources.pause(clerk, key, '对方网站维护');
    const row = rig.db.select().from(sources).where(eq(sources.key, key)).get();
    seedSources(rig.db, [
      {
        ...(row as never as Parameters<typeof seedSources>[1][number]),
        homepage: 'https://zoucheng.example',
        enabled: true,
      },
    ]);
    expect(rig.db.select().from(sources).where(eq(sources.key, key)).get()?.pauseReason).toBe('对方网站维护');
  });
});

test('what waits is counted for one’s own county, and kept addresses are one’s own and of the console', async () => {
  await read(item('1', { date: '昨天' }), item('2', { column: '99' }));
  const totals = (who: Session) =>
    Object.fromEntries(rig.console.work.waiting(who).flatMap(({ list, total }) => (total > 0 ? [[list, total]] : [])));
  expect([totals(clerk), totals(editor), totals(stranger)]).toEqual([
    { rejected: 2, codes: 1 },
    { rejected: 2, codes: 1 },
    {},
  ]);
  const { work } = rig.console;
  await work.keepFilter(clerk, { name: '我的', href: '/staff/work/rejected' });
  await expect(work.keepFilter(clerk, { name: '坏', href: 'https://evil.example/' })).rejects.toThrow('工作台');
  const [kept] = work.filters(clerk);
  expect([kept?.name, work.filters(stranger)]).toEqual(['我的', []]);
  await work.dropFilter(stranger, kept?.id ?? 0);
  expect(work.filters(clerk)).toHaveLength(1);
});
