import { describe, expect, it, vi } from 'vitest';
import type { Db } from '#db/client.ts';
import { makeCreditCode } from '#scripts/demo/generate/codes.ts';
import { Random } from '#scripts/demo/generate/random.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import type { LibraryItem } from '#src/domain/organizations/views.ts';
import { importLibrary } from '#src/publish/library/import.ts';
import { removeEntry } from '#src/publish/library/rows.ts';
import { mergeOrganizations, renameOrganization, undoChange } from '#src/publish/organizations/changes.ts';
import type { Change } from '#src/server/changes/list.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { documentedSchema } from '#tests/support/api-schema.ts';
import {
  editAndKill,
  follow,
  openShared,
  PATIENCE,
  readOnce,
  type Shared,
  serve,
  serveChanges,
} from '#tests/support/mirror-harness.ts';
import type { Portal } from '#tests/support/test-portal.ts';
import { byTester } from '#tests/support/writer.ts';

type Upsert = Extract<Change<'library'>, { kind: 'upsert' }>;

const random = new Random(7, 'mirror-library');
const FIRMS = Array.from({ length: 20 }, (_, number) => ({
  name: `示例第${number}建设有限公司`,
  code: makeCreditCode(random, '370811'),
}));
const firm = (number: number) => FIRMS[number % FIRMS.length] ?? { name: '', code: '' };
const idOf = (number: number) => organizationId({ uscc: firm(number).code });

const decision = (now = new Date().toISOString()) => ({ reason: '示例', ...byTester(now) });
const OWNER = ['企业名称', '统一社会信用代码'];

/** Reads one row of a register. */
function load(db: Db, number: number, fields: Record<string, string>, source = '示例名录'): void {
  const { name, code } = firm(number);
  const table = [
    [...OWNER, ...Object.keys(fields)],
    [name, code, ...Object.values(fields)],
  ];
  importLibrary(db, table, { source, ...byTester() });
}

const qualification = (number: number, more: Record<string, string> = {}) => ({
  资质名称: `建筑工程施工总承包${number % 3}`,
  证书编号: `YS${number}`,
  资质等级: '二级',
  来源地址: 'https://register.example/list',
  ...more,
});

function takeOut(db: Db, ids: string): void {
  for (const id of db.$client.prepare(ids).pluck().all() as string[]) removeEntry(db, id, null, byTester());
}

/** Edits of every block: new rows, changed and renewed ones, rows taken out, firms merged and parted. */
function edit(db: Db, round: number): void {
  for (let each = 0; each < 8; each++) {
    const number = (round * 5 + each * 3) % 20;
    load(db, number, qualification(number, { 资质等级: `${round} 级`, 有效期至: '2029-01-01' }));
    load(db, number, { 业绩名称: `示例工程${each}`, '合同金额（元）': `${1000 + round}.50`, 完成日期: '2025-05-01' });
    load(db, number, { 荣誉名称: '示例优质工程奖', 授予单位: '示例协会', 授予日期: `2025-0${(round % 9) + 1}-01` });
    load(db, number, { 姓名: '欧阳示例', 证书类别: '一级注册建造师', 注册专业: `专业${each}` });
  }
  if (round % 2 === 1) takeOut(db, 'SELECT id FROM honours ORDER BY id LIMIT 3');
  if (round === 3) undoChange(db, mergeOrganizations(db, idOf(1), idOf(2), decision()), decision());
  if (round === 4) mergeOrganizations(db, idOf(3), idOf(4), decision());
}

/** The library blocks of every firm as its page has them. */
async function publicLibrary({ url }: Pick<Portal, 'url'>): Promise<unknown> {
  const views = FIRMS.map(async (_firm, number) => {
    const answer = await fetch(`${url}/api/v1/organizations/${idOf(number)}`);
    const { name, uscc, library } = (await answer.json()) as { name?: string; uscc?: string; library?: unknown };
    return { name, uscc, library };
  });
  // One that was merged into another upstream has no page of its own there.
  return (await Promise.all(views)).filter((_view, number) => number !== 3);
}

const TABLES = ['qualifications', 'achievements', 'honours', 'staff_certificates'];

/** Entries by the code of the firm that shows them. */
function stored(db: Db): unknown[] {
  return TABLES.map((table) =>
    db.$client
      .prepare(
        `SELECT t.*, NULL AS mirror, NULL AS actor, coalesce(r.uscc, o.uscc) AS organization_id FROM ${table} t
         JOIN organizations o ON o.id = t.organization_id LEFT JOIN organizations r ON r.id = o.merged_into ORDER BY t.id`,
      )
      .all(),
  );
}

async function expectSound(db: Db): Promise<void> {
  const checks = DATABASE_CHECKS.filter(({ key }) => !/search|index/.test(key));
  const results = await verifyInvariants(db, checks);
  expect(results.filter(({ breaches }) => breaches > 0)).toEqual([]);
}

function listReasons(db: Db): string[] {
  const rows = db.$client.prepare("SELECT reasons FROM raw_items WHERE state = 'rejected' ORDER BY id").pluck().all();
  return (rows as string[]).map((json) => (JSON.parse(json) as { code: string }[])[0]?.code ?? '');
}

async function openUpstream(): Promise<{ shared: Shared; portal: Portal }> {
  const shared = openShared();
  return { shared, portal: await serve(shared) };
}

const getChanges = async ({ url }: Pick<Portal, 'url'>, query = '') =>
  (await (await fetch(`${url}/api/v1/changes?of=library&limit=1000${query}`)).json()) as { items: Change<'library'>[] };

describe('the changes of library entries', () => {
  it('tell each once, as its page shows it, and of one that was taken out nothing', async () => {
    const { shared, portal } = await openUpstream();
    load(shared.db, 1, qualification(1));
    load(shared.db, 1, qualification(1, { 资质等级: '一级' }));
    load(shared.db, 2, { 姓名: '欧阳示例', 证书类别: '一级注册建造师' });
    const page = await getChanges(portal);
    expect(documentedSchema('ChangePage').safeParse(page).error?.issues).toBeUndefined();
    expect(page.items).toMatchObject([
      {
        kind: 'upsert',
        block: 'qualifications',
        organization: { name: firm(1).name, uscc: firm(1).code },
        entry: { grade: '一级', certificateNo: 'YS1', source: '示例名录', validUntil: null },
      },
      { block: 'staff_certificates', entry: { surname: '欧阳' } satisfies Partial<LibraryItem> },
    ]);
    expect(JSON.stringify(page)).not.toContain('欧阳示例');
    takeOut(shared.db, 'SELECT id FROM qualifications');
    const { items } = await getChanges(portal);
    expect(items.map(({ kind }) => kind)).toEqual(['upsert', 'remove']);
    expect(Object.keys(items[1] ?? {}).sort()).toEqual(['at', 'id', 'kind', 'seq']);
  });
});

describe('a mirror of a library', () => {
  it('ends with the entries of its upstream, though both are killed on the way', async () => {
    const { shared: upstream, portal: first } = await openUpstream();
    const mirror = openShared();
    const source = follow(mirror, first);
    const { portal, stop } = await editAndKill({ upstream, mirror, portal: first, source }, 8, (_, round) =>
      edit(upstream.db, round),
    );
    await vi.waitFor(() => expect(stored(mirror.db)).toEqual(stored(upstream.db)), PATIENCE);
    stop();
    expect(await publicLibrary(await serve(mirror))).toEqual(await publicLibrary(portal));
    expect(listReasons(mirror.db)).toEqual([]);
    await expectSound(mirror.db);
    load(upstream.db, 1, qualification(99));
    expect(stored(mirror.db)).not.toEqual(stored(upstream.db));
  });

  it('of a mirror brings them from the county to the province, and takes nothing twice', async () => {
    const { shared: county, portal: countyPortal } = await openUpstream();
    const [city, province] = [openShared(), openShared()];
    const cityPortal = await serve(city);
    const fromCounty = follow(city, countyPortal, 'mirror-county');
    const fromCity = follow(province, cityPortal, 'mirror-city');
    for (let round = 0; round < 6; round++) {
      edit(county.db, round);
      expect((await readOnce(city.db, fromCounty, countyPortal)).state).toBe('succeeded');
      expect((await readOnce(province.db, fromCity, cityPortal)).state).toBe('succeeded');
      expect(stored(province.db)).toEqual(stored(county.db));
    }
    expect(await readOnce(province.db, fromCity, cityPortal)).toMatchObject({ fetched: 0 });
    const again = await readOnce(province.db, fromCity, cityPortal, true);
    expect(again).toMatchObject({ created: 0, changed: 0, rejected: 0, unchanged: again.fetched });
    await expectSound(province.db);
  });

  it('keeps the register’s name when upstream’s staff renames the firm', async () => {
    const { shared: upstream, portal } = await openUpstream();
    const mirror = openShared();
    const source = follow(mirror, portal);
    load(upstream.db, 1, qualification(1));
    await readOnce(mirror.db, source, portal);
    renameOrganization(upstream.db, idOf(1), '示例改名建设有限公司', decision());
    load(upstream.db, 1, qualification(1, { 资质等级: '一级' }));
    expect(await readOnce(mirror.db, source, portal)).toMatchObject({ changed: 1, rejected: 0 });
    expect(stored(mirror.db)).toEqual(stored(upstream.db));
  });

  it('puts aside what may not be here, with the reason, and takes the rest', async () => {
    const { shared, portal } = await openUpstream();
    for (const number of [1, 2, 3, 4, 5, 6]) load(shared.db, number, qualification(number));
    load(shared.db, 7, { 姓名: '欧阳示例', 证书类别: '一级注册建造师' });
    const { items } = await getChanges(portal);
    const [one, two, three, four, five, six, staff] = items as [Upsert, Upsert, Upsert, Upsert, Upsert, Upsert, Upsert];
    const told = (change: Upsert, entry: object) => ({ ...change, entry: { ...change.entry, ...entry } });
    const mirror = openShared();
    load(mirror.db, 5, qualification(5, { 资质等级: '本站自己的' }));
    load(mirror.db, 6, qualification(60), '本站名录');
    const own = stored(mirror.db);
    const server = await serveChanges({
      library: [
        told(one, { name: '长'.repeat(301) }),
        told(two, { issuer: '联系人 13812345678' }),
        { ...three, organization: { name: '无代码示例公司', uscc: null } },
        { ...four, block: 'organizations' },
        told(five, { grade: '上游的' }),
        { seq: 9, id: five.id, at: five.at, kind: 'remove' },
        { ...six, organization: { name: '另一名称建设有限公司', uscc: firm(6).code } },
        told(staff, { surname: '欧阳示例' }),
        { ...told(staff, { surname: '示' }), id: five.id },
      ],
    });
    const source = follow(mirror, server);
    expect(await readOnce(mirror.db, source, server)).toMatchObject({ state: 'succeeded', rejected: 7, unchanged: 2 });
    expect(listReasons(mirror.db)).toEqual(['invalid', 'personal', 'library', 'invalid', 'library', 'invalid', 'id']);
    expect(stored(mirror.db)).toEqual(own);
    // What was put aside needs nobody once it is told as it should be.
    const honest = await serveChanges({ library: [one, two] });
    expect(await readOnce(mirror.db, follow(mirror, honest), honest)).toMatchObject({ created: 2, rejected: 0 });
    expect(listReasons(mirror.db)).toHaveLength(5);
  });

  it('lets no other upstream change or take out an entry', async () => {
    const { shared, portal } = await openUpstream();
    for (const number of [1, 2]) load(shared.db, number, qualification(number));
    const [one, two] = (await getChanges(portal)).items as [Upsert, Upsert];
    const mirror = openShared();
    await readOnce(mirror.db, follow(mirror, portal), portal);
    const before = stored(mirror.db);
    const forged = { ...one, entry: { ...one.entry, grade: '另一平台的' } };
    const rival = await serveChanges({ library: [forged, { seq: 2, id: two.id, at: two.at, kind: 'remove' }] });
    expect(await readOnce(mirror.db, follow(mirror, rival, 'mirror-rival'), rival)).toMatchObject({ unchanged: 2 });
    expect(stored(mirror.db)).toEqual(before);
    // Its own upstream may.
    takeOut(shared.db, 'SELECT id FROM qualifications');
    expect(await readOnce(mirror.db, 'mirror-upstream', portal)).toMatchObject({ changed: 2 });
    expect(stored(mirror.db)).toEqual([[], [], [], []]);
  });
});
