import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { issueKey, revokeKeys } from '#src/server/push/keys.ts';
import { makeNotice, toLines } from '#tests/support/push-client.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

const SCRIPT = join(import.meta.dirname, '../../scripts/tongming-push.mjs');
let portal: Portal;
let folder: string;

beforeAll(async () => {
  portal = await startPortal(() => undefined);
});
afterAll(() => portal.stop());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongming-push-'));
  // Copied as a county does: nothing beside it may be needed.
  cpSync(SCRIPT, join(folder, 'tongming-push.mjs'));
  revokeKeys(portal.db, 'qufu', undefined, new Date().toISOString());
  const key = issueKey(portal.db, 'qufu', PORTAL_SITE, new Date().toISOString());
  writeFileSync(join(folder, 'qufu.key.json'), JSON.stringify(key));
  return () => removeFolder(folder);
});

function push(...paths: string[]): Promise<{ code: number; output: string }> {
  const args = [
    'tongming-push.mjs',
    '--key',
    'qufu.key.json',
    '--to',
    portal.url,
    '--receipt',
    'receipt.ndjson',
    ...paths,
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

const titles = () =>
  portal.db.$client
    .prepare(`SELECT title FROM notices WHERE source_key = 'push-qufu' ORDER BY title`)
    .pluck()
    .all() as string[];

it('sends files of every form, once, and says what was refused', async () => {
  const table = [
    ['id', 'title', 'category', 'stage', 'publishedAt', 'bodyHtml', '预算金额'],
    [
      'CSV-1',
      '表格, 含“引号”的设备采购公开招标公告',
      'procurement',
      'tenderNotice',
      '2026-06-03',
      '<p>第一行\n第二行</p>',
      '12.5 万元',
    ],
    ['CSV-2', '没有类别的采购公告', 'roads', 'tenderNotice', '2026-06-03', '', ''],
  ];
  const csv = table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
  writeFileSync(join(folder, 'a.ndjson'), toLines([makeNotice(1), makeNotice(2)]));
  writeFileSync(join(folder, 'b.json'), JSON.stringify([makeNotice(3)]));
  writeFileSync(join(folder, 'c.csv'), `\uFEFF${csv}\r\n`);
  const rows = [
    table[0] ?? [],
    (table[1] ?? []).map((cell) => cell.replace('CSV-1', 'XLSX-1').replace('表格', '工作簿 <&>')),
  ];
  writeFileSync(join(folder, 'd.xlsx'), await writeXlsx({ sheets: [{ name: '公告', rows }] }));
  const files = ['a.ndjson', 'b.json', 'c.csv', 'd.xlsx'];
  const first = await push(...files);
  expect(first).toMatchObject({ code: 2, output: expect.stringContaining('新增 5，变更 0，未变 0，拒收 1') });
  expect(first.output).toContain('拒收 CSV-2：');
  expect(titles()).toHaveLength(5);
  expect(titles()).toContain('工作簿 <&>, 含“引号”的设备采购公开招标公告');
  const again = await push(...files);
  expect(again.output).toContain('共 6 条，其中 5 条此前已推送，本次 1 条');
  expect(titles()).toHaveLength(5);
});

it('goes on where it was cut: what the receipt does not have is sent again and changes nothing', async () => {
  const items = Array.from({ length: 600 }, (_, each) => makeNotice(100 + each));
  writeFileSync(join(folder, 'many.ndjson'), toLines(items));
  expect(await push('many.ndjson')).toMatchObject({ code: 0, output: expect.stringContaining('已推送 600/600') });
  const receipt = join(folder, 'receipt.ndjson');
  const written = readFileSync(receipt, 'utf8');
  writeFileSync(receipt, written.slice(0, written.length / 2));
  const { output } = await push('many.ndjson');
  expect(output).toMatch(/其中 [1-9]\d* 条此前已推送/);
  expect(output).toMatch(/新增 0，变更 0，未变 [1-9]\d*，拒收 0/);
});

it('stops with the site’s words when its key does not count', async () => {
  revokeKeys(portal.db, 'qufu', undefined, new Date().toISOString());
  writeFileSync(join(folder, 'a.ndjson'), toLines([makeNotice(1)]));
  expect(await push('a.ndjson')).toMatchObject({ code: 1, output: expect.stringContaining('401 签名不符或密钥无效') });
});
