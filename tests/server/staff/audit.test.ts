import { getTableName } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { APPEND_ONLY, appendOnly } from '#db/objects/append-only.ts';
import { auditEvents } from '#db/schema/staff.ts';
import { recordReading } from '#src/publish/audit/record.ts';
import { AUDIT_CHECKS } from '#src/server/verify/audit.ts';
import { verifyInvariants } from '#src/server/verify/verify.ts';
import type { Session } from '#src/staff/sessions.ts';
import { StaffRig } from '#tests/support/staff-rig.ts';

let rig: StaffRig;
let boss: Session;
const TABLE = getTableName(auditEvents);

beforeEach(async () => {
  rig = new StaffRig();
  await rig.makeAccount('boss', ['administrator']);
  boss = await rig.enter('boss');
});
afterEach(() => rig.close());

const breaches = async () => (await verifyInvariants(rig.db, AUDIT_CHECKS)).flatMap(({ examples }) => examples);

/** What an operator with the file at hand can do: nothing holds it but the chain. */
function tamper(sql: string): void {
  const guards = APPEND_ONLY.filter(({ table }) => table === auditEvents).flatMap(appendOnly);
  const names = guards.map(({ name }) => name);
  expect(names).toEqual([`${TABLE}_no_update`, `${TABLE}_no_delete`]);
  for (const name of names) rig.db.$client.exec(`DROP TRIGGER ${name}`);
  rig.db.$client.exec(sql);
  for (const guard of guards) rig.db.$client.exec(guard.sql);
}

describe('the chain', () => {
  test('holds over everything that was done', async () => {
    expect(rig.actions().length).toBeGreaterThan(2);
    expect(await breaches()).toEqual([]);
  });

  test.each([
    ['a changed reason', `UPDATE ${TABLE} SET reason = '别的' WHERE seq = 2`, '第 2 条与链上的摘要不符'],
    ['a changed time', `UPDATE ${TABLE} SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2`, '第 2 条与链上的摘要不符'],
    ['other posts', `UPDATE ${TABLE} SET roles = 'editor' WHERE seq = 1`, '第 1 条与链上的摘要不符'],
    ['a deleted row', `DELETE FROM ${TABLE} WHERE seq = 2`, '第 1 条之后是第 3 条，中间有缺失'],
    [
      'rows that changed places',
      `UPDATE ${TABLE} SET seq = 99 WHERE seq = 1; UPDATE ${TABLE} SET seq = 1 WHERE seq = 2; UPDATE ${TABLE} SET seq = 2 WHERE seq = 99`,
      '第 1 条与链上的摘要不符',
    ],
    ['a row without a link', `UPDATE ${TABLE} SET chain = NULL WHERE seq = 3`, '第 3 条没有摘要'],
    [
      'a row that nobody did',
      `INSERT INTO ${TABLE} SELECT (SELECT max(seq) FROM ${TABLE}) + 1, at, actor, roles, action, subject, county, before, after, reason, address, details, chain FROM ${TABLE} WHERE seq = 1`,
      '与链上的摘要不符',
    ],
  ])('tells of %s', async (_what, sql, message) => {
    tamper(sql);
    expect((await breaches()).join('\n')).toContain(message);
  });

  test('covers what was written down before there was one', async () => {
    tamper(`UPDATE ${TABLE} SET chain = NULL`);
    expect(await breaches()).toEqual([]);
    await rig.enter('boss');
    expect(await breaches()).toEqual([]);
    tamper(`UPDATE ${TABLE} SET reason = '别的' WHERE seq = 1`);
    expect((await breaches()).join('\n')).toContain('与链上的摘要不符');
  });

  test('nothing of it is changed, deleted or replaced while the triggers are there', () => {
    for (const sql of [
      `UPDATE ${TABLE} SET reason = '别的'`,
      `UPDATE OR REPLACE ${TABLE} SET seq = 1 WHERE seq = 2`,
      `DELETE FROM ${TABLE}`,
      `INSERT OR REPLACE INTO ${TABLE} SELECT * FROM ${TABLE} WHERE seq = 1`,
      `REPLACE INTO ${TABLE} SELECT * FROM ${TABLE}`,
      `INSERT INTO ${TABLE} SELECT * FROM ${TABLE} WHERE true ON CONFLICT (seq) DO UPDATE SET reason = '别的'`,
    ])
      expect(() => rig.db.$client.exec(sql), sql).toThrow('append-only');
  });
});

describe('what was done', () => {
  test('is found by who, what, where, why and words', async () => {
    const id = await rig.makeAccount('wang.lei', ['editor'], 'qufu');
    await rig.desk.disable(boss, { id, revision: 1 }, '调往邹城');
    const find = (filter: Parameters<typeof rig.desk.audit>[1]) =>
      rig.desk.audit(boss, filter).rows.map(({ action }) => action);
    expect(find({ county: 'qufu' })).toEqual(['account.disable', 'account.create']);
    expect(find({ words: '邹城' })).toEqual(['account.disable']);
    expect(find({ words: 'wang.lei' })).toEqual(['account.disable', 'account.create']);
    expect(find({ words: id })).toContain('own.password');
    expect(find({ words: '%' })).toEqual([]);
    expect(find({ loginName: 'boss', action: 'session.open' })).toEqual(['session.open']);
  });

  test('is taken away whole, in batches, and that is the first row of it', async () => {
    for (let attempt = 0; attempt < 520; attempt++)
      recordReading(rig.db, boss.doer, { subject: `attachment:${attempt}`, county: null, what: '封存的原件' });
    const batches = [...(await rig.desk.exportAudit(boss, {}, { format: 'csv' }))];
    const rows = batches.flat();
    expect(batches.length).toBeGreaterThan(1);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => rows.length - at));
    expect(rows[0]).toMatchObject({ action: 'audit.export', details: '{"format":"csv"}' });
    const read = [...(await rig.desk.exportAudit(boss, { action: 'sealed.read' }, {}))].flat();
    expect(read).toHaveLength(520);
    expect(read[0]).toMatchObject({ subject: 'attachment:519', details: '{"what":"封存的原件"}' });
  });

  test('is taken away by nobody who may not', async () => {
    await rig.makeAccount('chief', ['administrator'], 'qufu');
    await rig.makeAccount('li.na', ['editor', 'finalReviewer']);
    const before = rig.actions().length;
    for (const name of ['chief', 'li.na'])
      await expect(rig.desk.exportAudit(await rig.enter(name), {}, {})).rejects.toMatchObject({ status: 403 });
    expect(rig.actions().slice(before)).toEqual(['session.open', 'session.open']);
  });
});
