import { getTableName } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exchangeRecords, exposureDrafts, exposures } from '#db/schema/index.ts';
import { ForbiddenError, InputError } from '#src/domain/errors.ts';
import { issueKey } from '#src/server/push/keys.ts';
import type { FileRecord } from '#src/staff/exchange/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { exposureForm } from '#tests/support/exposure-form.ts';
import { StaffRig } from '#tests/support/staff-rig.ts';
import { PORTAL_SITE, startPortal } from '#tests/support/test-portal.ts';

let rig: StaffRig;
let supervisor: Session;
let reviewer: Session;
const FROM = { county: 'jining', partner: '济宁市财政局' } as const;

beforeEach(async () => {
  rig = new StaffRig();
  await rig.makeAccount('supervisor', ['supervisor']);
  await rig.makeAccount('reviewer', ['finalReviewer']);
  await rig.makeAccount('clerk', ['countyClerk'], 'qufu');
  [supervisor, reviewer] = [await rig.enter('supervisor'), await rig.enter('reviewer')];
});
afterEach(() => rig.close());

const record = (fields: Record<string, string> = {}): FileRecord => ({
  record: {
    board: 'exposure',
    kind: 'penalty',
    attachments: [],
    fields: {
      行政相对人名称: '济宁示例建设有限公司',
      行政处罚决定书文号: '济财罚〔2026〕12号',
      违法行为类型: '相互串通投标',
      处罚内容: '罚款 3 万元',
      cf_nr_fk: '3',
      处罚机关: '济宁市财政局',
      处罚决定日期: '2026年2月10日',
      失信程度: '一般',
      ...fields,
    },
  },
});
const log = () => rig.console.exchange.log(supervisor, {}).rows;

test('a department’s file becomes drafts that two people still have to release; a number that is known is a duplicate', async () => {
  const files = [
    record(),
    record({ 行政处罚决定书文号: '济财罚[2026]第012号' }),
    record({ 行政处罚决定书文号: '' }),
    { reasons: ['kind：不是允许的值'] },
  ];
  expect(await rig.console.exchange.take(supervisor, FROM, files)).toEqual({ drafted: 1, duplicate: 1, rejected: 2 });
  expect(rig.db.select().from(exposures).all()).toEqual([]);
  const [draft] = rig.db.select().from(exposureDrafts).all();
  expect(draft).toMatchObject({ state: 'drafting', decisionNo: '济财罚〔2026〕12号' });
  expect(JSON.parse(draft?.content ?? '')).toMatchObject({
    decisionDate: '2026-02-10',
    fine: '30000',
    grade: 'general',
  });
  expect(log().map(({ result }) => result)).toEqual(['rejected', 'rejected', 'duplicate', 'drafted']);
  expect(log()[2]).toMatchObject({ partner: '济宁市财政局', draftId: draft?.id, direction: 'in', channel: 'file' });
  expect(rig.actions().at(-1)).toBe('exchange.take');
});

test('entries that are public are handed over, each written down; ended ones and those of other counties are not', async () => {
  const desk = rig.console.exposures;
  for (const number of [12, 13]) {
    const id = await desk.create(supervisor, 'jining', exposureForm({ decisionNo: `济财罚〔2026〕${number}号` }));
    await desk.act(supervisor, { id, revision: 1 }, { event: 'submit', reason: '' });
    await desk.act(reviewer, { id, revision: 2 }, { event: 'release', reason: '已核对' });
  }
  const [entry] = desk.entries(supervisor, '济财罚〔2026〕13号');
  await desk.openCase(supervisor, {
    exposureId: entry?.content.id ?? '',
    kind: 'repair',
    receivedOn: '2026-03-02',
    ground: '来函',
  });
  const [repair] = desk.entry(supervisor, entry?.content.id ?? '').cases;
  await desk.closeCase(reviewer, { id: repair?.id ?? '', revision: 1 }, 'repaired', '修复决定〔2026〕1号');
  // An entry is public from the moment of its release on, by the clock of the machine.
  const later = { ...supervisor, doer: { ...supervisor.doer, now: new Date(Date.now() + 1_000).toISOString() } };
  const given = await rig.console.exchange.give(later, FROM);
  expect(given.map(({ decisionNo }) => decisionNo)).toEqual(['济财罚〔2026〕12号']);
  expect(await rig.console.exchange.give(later, { ...FROM, county: 'qufu' })).toEqual([]);
  expect(log()).toHaveLength(1);
  expect(log()[0]).toMatchObject({ direction: 'out', result: 'sent', exposureId: given[0]?.id });
});

test('a county sees and takes its own alone, gives nothing, and nothing of the log is changed', async () => {
  const clerk = await rig.enter('clerk');
  await rig.console.exchange.take(supervisor, FROM, [record()]);
  expect(rig.console.exchange.log(clerk, {}).rows).toEqual([]);
  await expect(rig.console.exchange.take(clerk, FROM, [record()])).rejects.toThrow('县区');
  await expect(rig.console.exchange.give(clerk, { ...FROM, county: 'qufu' })).rejects.toMatchObject({ status: 403 });
  expect(await rig.console.exchange.take(clerk, { ...FROM, county: 'qufu' }, [record()])).toEqual({ duplicate: 1 });
  expect(rig.console.exchange.log(clerk, {}).rows).toHaveLength(1);
  const table = getTableName(exchangeRecords);
  for (const sql of [
    `UPDATE ${table} SET partner = '别的'`,
    `DELETE FROM ${table}`,
    `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`,
  ])
    expect(() => rig.db.$client.exec(sql)).toThrow('append-only');
});

test('a department takes entries by its interface, signed; what became of each is written down, and what it has is not sent again', async () => {
  const portal = await startPortal(() => undefined);
  const key = issueKey(portal.db, 'jining', PORTAL_SITE, new Date().toISOString());
  const unknown = { ...key, keyId: 'jining-000000000000' };
  const sender = new StaffRig({
    departments: [
      { name: FROM.partner, key, at: portal.url },
      { name: '密钥不对的部门', key: unknown, at: portal.url },
      { name: '没有开机的部门', key, at: 'http://127.0.0.1:1' },
    ],
  });
  try {
    for (const [name, role] of [
      ['writer', 'supervisor'],
      ['releaser', 'finalReviewer'],
    ] as const)
      await sender.makeAccount(name, [role]);
    const [writer, releaser] = [await sender.enter('writer'), await sender.enter('releaser')];
    const { exchange, exposures: desk } = sender.console;
    const id = await desk.create(writer, 'jining', exposureForm());
    await desk.act(writer, { id, revision: 1 }, { event: 'submit', reason: '' });
    await desk.act(releaser, { id, revision: 2 }, { event: 'release', reason: '已核对' });
    const later = { ...writer, doer: { ...writer.doer, now: new Date(Date.now() + 1_000).toISOString() } };
    const send = (partner: string) => exchange.send(later, { county: 'jining', partner });
    expect(await send('密钥不对的部门')).toEqual({ rejected: 1 });
    expect(await send('没有开机的部门')).toEqual({ rejected: 1 });
    expect(await send(FROM.partner)).toEqual({ sent: 1 });
    expect(await send(FROM.partner)).toEqual({});
    expect(exchange.log(later, { direction: 'out' }).rows).toMatchObject([
      { channel: 'api', partner: FROM.partner, result: 'sent', decisionNo: exposureForm().decisionNo },
      { channel: 'api', result: 'rejected', reasons: ['对方没有接收：没有收到答复'] },
      { channel: 'api', result: 'rejected', reasons: ['对方没有接收（401）'] },
    ]);
    expect(portal.db.select().from(exchangeRecords).all()).toMatchObject([
      { direction: 'in', channel: 'api', result: 'created', decisionNo: exposureForm().decisionNo },
    ]);
    await expect(send('别的部门')).rejects.toThrow(InputError);
    await expect(exchange.send(releaser, FROM)).rejects.toThrow(ForbiddenError);
  } finally {
    sender.close();
    await portal.stop();
  }
});
