import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { READING_RULES, readNotice } from '#src/publish/facts/reading.ts';
import { replaceReadRows } from '#src/publish/notices/public-rows.ts';
import { markUnread, reextractNotices } from '#src/publish/notices/reextract.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItems } from '#tests/support/test-site.ts';
import { byTester, TESTER } from '#tests/support/writer.ts';

const CHILD = join(import.meta.dirname, '../support/reextract-child.ts');
const ITEMS = 250;

/** What earlier rules may have made of notices: another code and so another project, another buyer and amount, no facts. */
const MISREAD = `
  INSERT INTO projects (id, code, title, category, county, buyer, created_at, updated_at)
    VALUES ('aaaaaaaaaaaa', 'X', '错', 'procurement', 'zoucheng', '错误单位', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z');
  UPDATE notices SET project_id = 'aaaaaaaaaaaa', project_code = 'X', buyer = '错误单位', amount_fen = 1, amount_kind = 'budget', facts = '{}',
    reading_rules = ${READING_RULES - 1};
  UPDATE notice_parties SET name = '错误单位', name_key = '错误单位' WHERE role = 'buyer';
  UPDATE code_keys SET key = 'X' || key;
  UPDATE projects SET title = '错', buyer = '错误单位';`;

const READ = `
  SELECT n.id, n.project_id, n.project_code, n.lot_code, n.buyer, n.suppliers, n.amount_fen, n.deadline_at, n.facts,
    n.version, p.title, p.buyer AS project_buyer, q.name, q.organization_id,
    (SELECT group_concat(key) FROM (SELECT key FROM code_keys WHERE notice_id = n.id ORDER BY key)) AS keys
  FROM notices n JOIN projects p ON p.id = n.project_id
  LEFT JOIN notice_parties q ON q.notice_id = n.id AND q.role = 'buyer' ORDER BY n.id`;

let rig: IngestRig;

beforeEach(async () => {
  rig = await startRig();
  rig.items = makeItems(ITEMS);
  await rig.run();
});

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

/** Runs the child; kills it once it has acknowledged so many notices. True when it came to its end. */
async function runChild(killAfter = Number.POSITIVE_INFINITY): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, rig.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    if (Number(/read (\d+)(?![\s\S]*read)/.exec(output)?.[1] ?? 0) >= killAfter) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  return output.includes('ended');
}

test('killed and started again, it leaves what the present rules read, and no new version', async () => {
  const wanted = rig.rows(READ);
  const versions = rig.publicContent();
  rig.db.$client.exec(MISREAD);
  expect((await rig.breaches()).map(({ key }) => key)).toContain('reading');

  expect(await runChild(100)).toBe(false);
  const left = rig.count(`SELECT count(*) FROM notices WHERE reading_rules <> ${READING_RULES}`);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(ITEMS);
  expect(await runChild()).toBe(true);

  expect(rig.rows(READ)).toEqual(wanted);
  expect(rig.publicContent()).toEqual(versions);
});

test('what changed is told once; a second run finds nothing', async () => {
  rig.db.$client.exec('UPDATE notices SET amount_fen = 1, reading_rules = 0 WHERE rowid <= 10');
  const before = rig.count('SELECT max(seq) FROM changes');
  expect(await reextractNotices(rig.db, { actor: TESTER })).toEqual({ read: 10, changed: 10 });
  expect(rig.count(`SELECT count(DISTINCT subject_id) FROM changes WHERE seq > ${before}`)).toBe(10);
  expect(rig.count('SELECT max(seq) FROM changes')).toBe(before + 10);
  expect(await reextractNotices(rig.db, { actor: TESTER })).toEqual({ read: 0, changed: 0 });
});

test('all notices are read on demand, and none changes when the rules are the same', async () => {
  markUnread(rig.db);
  const seen: number[] = [];
  expect(await reextractNotices(rig.db, { actor: TESTER, onProgress: (done) => seen.push(done) })).toEqual({
    read: ITEMS,
    changed: 0,
  });
  expect(seen).toEqual([100, 200, 250]);
});

test('another reading of the same words is no version: the feed brings nothing new', async () => {
  rig.db.$client.exec('UPDATE notices SET amount_fen = 1, reading_rules = 0');
  expect(await rig.run({ full: true })).toMatchObject({ changed: 0, created: 0 });
  await reextractNotices(rig.db, { actor: TESTER });
  expect(rig.count('SELECT max(version) FROM notices')).toBe(1);
});

test('organizations that only misreading made disappear with it', async () => {
  const [row] = rig.rows('SELECT notice_id, content FROM notice_versions ORDER BY notice_id LIMIT 1');
  const content = JSON.parse(String(row?.content)) as NoticeContent;
  const own = readNotice(content).buyer;
  const misread = { ...content, ...readNotice(content), buyer: '项目概况', agency: '采购标的数量' };
  rig.db.$client
    .transaction(() => replaceReadRows(rig.db, misread, '', byTester('2026-01-01T00:00:00.000Z')))
    .immediate();
  rig.db.$client
    .prepare('UPDATE notices SET buyer = ?, agency = ?, reading_rules = ? WHERE id = ?')
    .run(misread.buyer, misread.agency, READING_RULES - 1, row?.notice_id);
  const named = `SELECT count(*) FROM organizations WHERE name IN ('项目概况', '采购标的数量')`;
  expect(rig.count(named)).toBe(2);

  expect(await reextractNotices(rig.db, { actor: TESTER })).toEqual({ read: 1, changed: 1 });
  expect(rig.count(named)).toBe(0);
  expect(rig.count(`SELECT count(*) FROM organization_names WHERE name IN ('项目概况', '采购标的数量')`)).toBe(0);
  expect(rig.count(`SELECT count(*) FROM organizations WHERE name = '${own}'`)).toBe(1);
});
