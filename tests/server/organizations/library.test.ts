import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { readCsv } from '#src/formats/csv.ts';
import { importLibrary, retryLibrary } from '#src/publish/library/import.ts';
import { renameOrganization, undoChange } from '#src/publish/organizations/changes.ts';
import { getOrganization } from '#src/server/organizations/get.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';
import { byTester } from '#tests/support/writer.ts';

const CODE = '91370811MA0000015F';
const OTHER = '91370800000000000X';
const HEAD = '企业名称,统一社会信用代码,资质名称,资质等级,证书编号,有效期自,有效期至';
const ROW = `济宁砚棠建设有限公司,${CODE},建筑工程施工总承包,二级,YS1,2024-01-01,2029/1/1`;
const NOW = '2026-06-15T04:00:00.000Z';

let opened: ReturnType<typeof openTestDatabase>;
beforeEach(() => {
  opened = openTestDatabase();
});
afterEach(async () => {
  const broken = (await verifyInvariants(opened.db, DATABASE_CHECKS)).filter(({ breaches }) => breaches > 0);
  opened.close();
  expect(broken).toEqual([]);
});

const load = (text: string, now = NOW) => {
  const table = readCsv(Buffer.from(text)).rows.map(({ cells }) => cells);
  return importLibrary(opened.db, table, { source: '虚构名录', ...byTester(now) });
};
const view = (uscc = CODE) => getOrganization(opened.db, organizationId({ uscc }));
const rejections = () =>
  opened.db.$client.prepare('SELECT row, reasons, attempts FROM library_rejections ORDER BY rowid').all() as {
    row: string;
    reasons: string;
    attempts: number;
  }[];

test('an entry has its source, validity and last check; the same entry again only renews them', () => {
  expect(load(`${HEAD}\n${ROW}`)).toEqual({ block: 'qualifications', added: 1, renewed: 0, rejected: 0 });
  load(`${HEAD}\n${ROW.replace('2029/1/1', '2030/1/1')}`, '2026-07-01T04:00:00.000Z');
  expect(view()).toMatchObject({
    name: '济宁砚棠建设有限公司',
    uscc: CODE,
    names: [{ kind: 'current', known: 'library' }],
  });
  expect(view().library.qualifications).toEqual([
    {
      name: '建筑工程施工总承包',
      grade: '二级',
      certificateNo: 'YS1',
      issuer: null,
      source: '虚构名录',
      sourceUrl: null,
      validFrom: '2024-01-01',
      validUntil: '2030-01-01',
      checkedAt: '2026-07-01T04:00:00.000Z',
    },
  ]);
});

test.each([
  ['a wrong code', ROW.replace(CODE, '91370811MA0000015E'), '校验不通过'],
  ['no name', ROW.replace('济宁砚棠建设有限公司', ''), '缺少企业名称'],
  ['no qualification', ROW.replace('建筑工程施工总承包', ''), '缺少“资质名称”'],
  ['a day that does not exist', ROW.replace('2024-01-01', '2024-02-30'), '无法读取'],
  ['an end before its beginning', ROW.replace('2029/1/1', '2020/1/1'), '早于'],
  ['no code and an unknown name', ROW.replace(CODE, ''), '没有统一社会信用代码'],
])('a row with %s is kept with its reason', (_, row, reason) => {
  expect(load(`${HEAD}\n${row}`)).toMatchObject({ added: 0, rejected: 1 });
  expect(rejections()).toMatchObject([{ reasons: expect.stringContaining(reason), attempts: 1 }]);
  load(`${HEAD}\n${row}`);
  expect(rejections()).toMatchObject([{ attempts: 2 }]);
});

test('a row without a code is taken once its name belongs to one code, and not when to two', () => {
  const nameless = ROW.replace(CODE, '').replace('YS1', 'YS2');
  load(`${HEAD}\n${nameless}`);
  load(`${HEAD}\n${ROW}`);
  expect(retryLibrary(opened.db, byTester(NOW))).toEqual({ added: 1, renewed: 0, rejected: 0 });
  expect(view().library.qualifications).toHaveLength(2);
  load(`${HEAD}\n${ROW.replace(CODE, OTHER)}\n${nameless.replace('YS2', 'YS3')}`);
  expect(rejections()).toMatchObject([{ reasons: expect.stringContaining('同名单位不止一个') }]);
});

test('another name under a known code is for staff to judge', () => {
  load(`${HEAD}\n${ROW}\n${ROW.replace('济宁砚棠', '曲阜霁岚')}`);
  expect(rejections()).toMatchObject([{ reasons: expect.stringContaining('需要核对') }]);
});

test('a name that staff accept is the present one, until that is undone', () => {
  const decision = { reason: '登记机关变更通知', ...byTester(NOW) };
  load(`${HEAD}\n${ROW}\n${ROW.replace('济宁砚棠', '曲阜霁岚')}`);
  const id = organizationId({ uscc: CODE });
  const change = renameOrganization(opened.db, id, '曲阜霁岚建设有限公司', decision);
  expect(view()).toMatchObject({ name: '曲阜霁岚建设有限公司' });
  expect(view().names).toContainEqual(expect.objectContaining({ name: '济宁砚棠建设有限公司', kind: 'former' }));
  expect(retryLibrary(opened.db, byTester(NOW))).toEqual({ added: 0, renewed: 1, rejected: 0 });
  renameOrganization(opened.db, id, '邹城望岱建设有限公司', decision);
  expect(view().name).toBe('邹城望岱建设有限公司');
  expect(() => renameOrganization(opened.db, id, '邹城望岱建设有限公司', decision)).toThrow();
  undoChange(opened.db, change + 1, decision);
  expect(view().name).toBe('曲阜霁岚建设有限公司');
  undoChange(opened.db, change, decision);
  expect(view().name).toBe('济宁砚棠建设有限公司');
  expect(view().names).toHaveLength(1);
});

test('of staff only the surname is kept, also of refused rows', () => {
  const head = '企业名称,统一社会信用代码,姓名,身份证号,联系电话,证书类别';
  const row = `济宁砚棠建设有限公司,${CODE},澹台朗霁,370899199001010010,13800138000,二级注册建造师`;
  expect(load(`${head}\n${row}\n${row.replace(CODE, 'X')}`)).toMatchObject({ added: 1, rejected: 1 });
  expect(view().library.staff).toMatchObject([{ surname: '澹台', kind: '二级注册建造师' }]);
  const { db } = opened;
  const stored = ['staff_certificates', 'library_rejections', 'organizations'].map((table) =>
    JSON.stringify(db.$client.prepare(`SELECT * FROM ${table}`).all()),
  );
  for (const secret of ['朗霁', '370899199001010010', '13800138000']) expect(stored.join()).not.toContain(secret);
});

test('a table of something else is refused whole', () => {
  expect(() => load('项目,金额\n甲,1')).toThrow('表头不是');
});

test('the command imports a file, says what it did, and ends with 1 on a mistake', async () => {
  const file = join(dirname(opened.path), 'library.csv');
  writeFileSync(file, `\ufeff${HEAD}\n${ROW}\n`);
  const env = { ...process.env, DATA_DIR: dirname(opened.path) };
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['scripts/organizations.ts', ...args], { env });
  const { stdout } = await run('import', file, '--source', '虚构名录');
  expect(stdout).toBe('qualifications：新增 1，核对 0，待处理 0\n');
  await expect(run('undo', '7')).rejects.toMatchObject({ code: 1, stderr: '没有这项变更\n' });
}, 180_000);
