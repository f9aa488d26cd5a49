import { afterEach, beforeEach, expect, test } from 'vitest';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { mergeOrganizations, renameOrganization, splitName, undoChange } from '#src/publish/organizations/changes.ts';
import { listDoubtfulNames } from '#src/publish/organizations/current-name.ts';
import { rebuildLinks } from '#src/publish/organizations/rebuild.ts';
import { renameStale } from '#src/publish/organizations/rename-stale.ts';
import { listNames } from '#src/server/organizations/name-list.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { type FeedItem, makeItem } from '#tests/support/test-site.ts';
import { byTester, TESTER } from '#tests/support/writer.ts';

const CODE_A = '91370811MA0000015F';
const CODE_B = '91370800000000000X';
const COMPANY = '济宁砚棠智能科技有限公司';
const DECISION = { reason: '营业执照核对', ...byTester('2026-06-21T00:00:00.000Z') };

let rig: IngestRig;

beforeEach(async () => {
  rig = await startRig();
});

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

/** An award notice; the winner's code stands behind its name when there is one. */
function award(number: number, winner: string, code = '', more: Partial<FeedItem> = {}): FeedItem {
  const title = `第${number}号设备采购项目中标公告`;
  const body = `<p>项目编号：SDGP3708832026${number}</p><p>采购人：邹城市第${number}中学</p>
    <p>供应商名称：${winner}</p>${code ? `<p>统一社会信用代码：${code}</p>` : ''}<p>中标金额：${number}.5 万元</p>`;
  return makeItem(number, { column: '2', title, body, code: `SDGP37088320260${1000 + number}`, ...more });
}

/** The winner of each notice: organization, how it was recognised. */
function winners(): Record<string, [organization: string, matchedBy: string]> {
  const rows = rig.rows(
    `SELECT n.source_item_id AS item, p.organization_id AS id, p.matched_by AS matchedBy FROM notice_parties p
     JOIN notices n ON n.id = p.notice_id WHERE p.role = 'supplier' ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ item, id, matchedBy }) => [item, [id, matchedBy]]));
}

const byCode = (uscc: string) => organizationId({ uscc });
const byName = (name: string) => organizationId({ key: nameKey(name) });
const organizations = () => rig.rows('SELECT id, name, uscc, merged_into FROM organizations ORDER BY id');

test('a name printed in other ways is one organization', async () => {
  const ways = [COMPANY, '濟寧砚棠智能科技有限公司', '济宁\u200b砚棠智能科技有限公司', '济宁砚棠智能科技 有限公司'];
  rig.items = ways.map((name, at) => award(at + 1, name));
  await rig.run();
  expect(new Set(Object.values(winners()).map(([id]) => id))).toEqual(new Set([byName(COMPANY)]));
});

test('near names stay apart', async () => {
  rig.items = [award(1, '济宁市砚棠科技有限公司'), award(2, '济宁砚棠科技有限公司')];
  await rig.run();
  expect(new Set(Object.values(winners()).map(([id]) => id)).size).toBe(2);
});

test('a code found later takes over what its name alone had, whatever the order', async () => {
  const items = [award(1, COMPANY), award(2, COMPANY, CODE_A), award(3, COMPANY)];
  for (const order of [items, items.toReversed()]) {
    for (let count = 1; count <= order.length; count++) {
      rig.items = order.slice(0, count);
      await rig.run({ full: true });
    }
    expect(winners()).toEqual({
      'item-1': [byCode(CODE_A), 'name'],
      'item-2': [byCode(CODE_A), 'code'],
      'item-3': [byCode(CODE_A), 'name'],
    });
  }
});

test('two codes under one name are two organizations, and the name alone is neither', async () => {
  rig.items = [award(1, COMPANY), award(2, COMPANY, CODE_A)];
  await rig.run();
  rig.items = [...rig.items, award(3, COMPANY, CODE_B)];
  await rig.run({ full: true });
  expect(winners()).toEqual({
    'item-1': [byName(COMPANY), 'name'],
    'item-2': [byCode(CODE_A), 'code'],
    'item-3': [byCode(CODE_B), 'code'],
  });
});

test('a former name leads to the organization of its code; the newest name is the current one', async () => {
  rig.items = [
    award(1, '济宁砚棠电子有限公司', CODE_A, { date: '2024-03-01' }),
    award(2, COMPANY, CODE_A, { date: '2026-03-01' }),
    award(3, '济宁砚棠电子有限公司', '', { date: '2023-03-01' }),
  ];
  await rig.run();
  expect(new Set(Object.values(winners()).map(([id]) => id))).toEqual(new Set([byCode(CODE_A)]));
  expect(rig.rows('SELECT name, kind FROM organization_names ORDER BY kind')).toEqual([
    { name: COMPANY, kind: 'current' },
    { name: '济宁砚棠电子有限公司', kind: 'former' },
  ]);
});

test('a name unlike all others beside a code is a doubt for staff, and no name of the firm', async () => {
  const OTHER = '曲阜霁岚建筑有限公司';
  rig.items = [
    award(1, COMPANY, CODE_A, { date: '2026-03-01' }),
    award(2, COMPANY, CODE_A, { date: '2026-03-02' }),
    award(3, OTHER, CODE_A, { date: '2026-05-01' }),
    award(4, OTHER, '', { date: '2026-05-02' }),
  ];
  await rig.run();
  expect(listDoubtfulNames(rig.db)).toMatchObject([{ uscc: CODE_A, name: COMPANY, doubtful: OTHER }]);
  expect(listNames(rig.db, byCode(CODE_A)).map(({ name }) => name)).toEqual([COMPANY]);
  // What gives the name alone is not the firm's either.
  expect(winners()['item-4']).toEqual([byName(OTHER), 'name']);
  const before = { winners: winners(), organizations: organizations() };
  expect(rebuildLinks(rig.db, { actor: TESTER })).toBe(true);
  expect({ winners: winners(), organizations: organizations() }).toEqual(before);
  // Staff may know better.
  const renamed = renameOrganization(rig.db, byCode(CODE_A), OTHER, DECISION);
  expect(winners()['item-4']).toEqual([byCode(CODE_A), 'name']);
  undoChange(rig.db, renamed, DECISION);
  expect(listDoubtfulNames(rig.db)).toHaveLength(1);
});

test('names that older rules took for former ones become doubts by themselves, once, and what they alone stand for is put right', async () => {
  const OTHER = '曲阜霁岚建筑有限公司';
  rig.items = [
    award(1, COMPANY, CODE_A, { date: '2026-03-01' }),
    award(2, COMPANY, CODE_A, { date: '2026-03-02' }),
    award(3, OTHER, CODE_A, { date: '2026-05-01' }),
    award(4, OTHER, '', { date: '2026-05-02' }),
  ];
  await rig.run();
  const before = { winners: winners(), organizations: organizations() };
  // As rules without doubts would have left it.
  const run = (sql: string, ...values: string[]) => rig.db.$client.prepare(sql).run(...values);
  run("UPDATE organization_names SET kind = 'former' WHERE kind = 'doubtful'");
  run("UPDATE organizations SET merged_into = ?, merged_how = 'code' WHERE id = ?", byCode(CODE_A), byName(OTHER));
  run('UPDATE notice_parties SET organization_id = ? WHERE organization_id = ?', byCode(CODE_A), byName(OTHER));
  expect(listDoubtfulNames(rig.db)).toEqual([]);
  const stopped = new AbortController();
  stopped.abort();
  expect(await renameStale(rig.db, { actor: TESTER, signal: stopped.signal })).toBe(0);
  expect(await renameStale(rig.db, { actor: TESTER })).toBe(1);
  expect(listDoubtfulNames(rig.db)).toMatchObject([{ uscc: CODE_A, name: COMPANY, doubtful: OTHER }]);
  expect({ winners: winners(), organizations: organizations() }).toEqual(before);
  expect(await renameStale(rig.db, { actor: TESTER })).toBe(0);
});

test('a renaming that a notice states makes the earlier name a former one', async () => {
  const OLD = '曲阜霁岚建筑有限公司';
  rig.items = [
    award(1, OLD, CODE_A, { date: '2024-03-01' }),
    award(2, `${COMPANY}`, CODE_A, {
      date: '2026-03-01',
      body: `<p>项目编号：SDGP37088320262</p><p>采购人：邹城市第2中学</p><p>供应商名称：${COMPANY}</p>
        <p>统一社会信用代码：${CODE_A}</p><p>中标金额：2.5 万元</p><p>注：${OLD}已更名为${COMPANY}。</p>`,
    }),
  ];
  await rig.run();
  rebuildLinks(rig.db, { actor: TESTER });
  expect(listDoubtfulNames(rig.db)).toEqual([]);
  expect(listNames(rig.db, byCode(CODE_A))).toMatchObject([
    { name: COMPANY, kind: 'current' },
    { name: OLD, kind: 'former' },
  ]);
});

test('a changed notice leaves no link, name or organization behind', async () => {
  rig.items = [award(1, COMPANY, CODE_A)];
  await rig.run();
  rig.items = [award(1, '曲阜霁岚建筑有限公司', CODE_B)];
  await rig.run({ full: true });
  expect(
    organizations()
      .map(({ uscc }) => uscc)
      .filter(Boolean),
  ).toEqual([CODE_B]);
  expect(rig.count('SELECT count(*) FROM organization_names')).toBe(1);
});

test('a withdrawn notice leaves nothing', async () => {
  rig.items = [award(1, COMPANY, CODE_A)];
  await rig.run();
  rig.items = [award(1, COMPANY, CODE_A, { withdrawn: true })];
  await rig.run({ full: true });
  expect(organizations()).toEqual([]);
  expect(rig.count('SELECT count(*) FROM organization_activity')).toBe(0);
});

test('a natural person gets no page', async () => {
  rig.items = [award(2, '王某某'), award(3, '李屹')];
  await rig.run();
  expect(winners()['item-3']).toEqual([null, 'person']);
  expect(winners()['item-2']).toEqual([null, 'person']);
});

test('merge, split and their undoing keep every notice with its organization', async () => {
  rig.items = [award(1, COMPANY), award(2, '济宁砚棠智能有限公司', CODE_A), award(3, '济宁砚棠电子有限公司', CODE_A)];
  await rig.run();
  const before = { winners: winners(), organizations: organizations() };
  const merge = mergeOrganizations(rig.db, byName(COMPANY), byCode(CODE_A), DECISION);
  expect(winners()['item-1']).toEqual([byCode(CODE_A), 'reviewed']);
  const split = splitName(rig.db, byCode(CODE_A), nameKey('济宁砚棠电子有限公司'), DECISION);
  expect(winners()['item-3']).toEqual([byName('济宁砚棠电子有限公司'), 'name']);
  expect(await rig.breaches()).toEqual([]);
  const decided = winners();
  expect(rebuildLinks(rig.db, { actor: TESTER })).toBe(true);
  expect(winners()).toEqual(decided);
  undoChange(rig.db, split, DECISION);
  undoChange(rig.db, merge, DECISION);
  expect(winners()).toEqual(before.winners);
  expect(() => undoChange(rig.db, merge, DECISION)).toThrow('已经撤销');
});

test('two merges are undone in either order', async () => {
  rig.items = [award(1, COMPANY), award(2, '曲阜霁岚建筑有限公司'), award(3, '邹城澄朗商贸有限公司')];
  await rig.run();
  const [a, b, c] = ['item-1', 'item-2', 'item-3'].map((item) => winners()[item]?.[0] ?? '') as [
    string,
    string,
    string,
  ];
  const before = winners();
  for (const isFirstUndoneFirst of [true, false]) {
    const first = mergeOrganizations(rig.db, a, b, DECISION);
    const second = mergeOrganizations(rig.db, b, c, DECISION);
    expect(new Set(Object.values(winners()).map(([id]) => id))).toEqual(new Set([c]));
    for (const id of isFirstUndoneFirst ? [first, second] : [second, first]) undoChange(rig.db, id, DECISION);
    expect(winners()).toEqual(before);
    expect(await rig.breaches()).toEqual([]);
  }
  expect(() => mergeOrganizations(rig.db, a, a, DECISION)).toThrow('同一个单位');
});

test('an interrupted rebuild goes on where it stopped and ends with what ingest had made', async () => {
  rig.items = [award(1, COMPANY), award(2, COMPANY, CODE_A), award(3, '曲阜霁岚建筑有限公司')];
  await rig.run();
  const before = { winners: winners(), organizations: organizations() };
  rig.db.$client.exec(`BEGIN; UPDATE notice_parties SET matched_by = NULL, organization_id = NULL, name_key = NULL, uscc = NULL;
    DELETE FROM organizations; DELETE FROM organization_names; INSERT INTO organization_search (organization_search) VALUES ('delete-all'); COMMIT`);
  expect(rebuildLinks(rig.db, { actor: TESTER, signal: AbortSignal.abort() })).toBe(false);
  expect(rebuildLinks(rig.db, { actor: TESTER })).toBe(true);
  expect(winners()).toEqual(before.winners);
  expect(organizations()).toEqual(before.organizations.filter(({ merged_into: into }) => into === null));
});
