import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { lastChange } from '#src/publish/changes/read.ts';
import { seal } from '#src/publish/prepare/prepare.ts';
import { redactStored } from '#src/publish/redaction/redact.ts';
import { SANITIZER_VERSION } from '#src/publish/sanitize/sanitize.ts';
import { listGroupsWithRemovals } from '#src/server/bulk/groups.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import { runCheck } from '#src/server/verify/check.ts';
import { personalDataCheck } from '#src/server/verify/personal-data.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItems } from '#tests/support/test-site.ts';
import { TESTER } from '#tests/support/writer.ts';

const CHILD = join(import.meta.dirname, '../support/redact-child.ts');
const ITEMS = 160;
/** An invented number with a right check character; the division 370899 does not exist. */
const PERSON = '370899198506071232';
const LEAK = `纳税人识别号：${PERSON}`;

let rig: IngestRig;

beforeEach(async () => {
  rig = await startRig();
  rig.items = makeItems(ITEMS);
  await rig.run();
  // Every fourth notice has a second version.
  rig.items = rig.items.map((item, at) =>
    at % 4 === 0 ? { ...item, body: `${item.body}<p>更正：时间延后。</p>` } : item,
  );
  await rig.run({ full: true });
  while ((await drainChanges(rig.db, null)) > 0);
});

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

interface Version {
  id: string;
  version: number;
  content: string;
}

/** Writes versions as older rules made them, past the trigger that protects them. */
function writeAsBefore(change: (content: NoticeContent, row: Version) => NoticeContent): void {
  const { $client } = rig.db;
  const trigger = $client.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'notice_contents_no_update'`).pluck();
  const sql = trigger.get() as string;
  $client.exec('DROP TRIGGER notice_contents_no_update');
  const rows = rig.rows('SELECT notice_id AS id, version, content FROM notice_versions') as unknown as Version[];
  for (const row of rows) {
    const { content, json, hash } = seal(change(JSON.parse(row.content) as NoticeContent, row));
    $client
      .prepare(
        'UPDATE notice_contents SET content = ?, hash = ?, sanitizer_version = 1 WHERE notice_id = ? AND version = ?',
      )
      .run(json, hash, row.id, row.version);
    $client
      .prepare('UPDATE notices SET title = ? WHERE id = ? AND version = ?')
      .run(content.title, row.id, row.version);
    $client.prepare('UPDATE notice_texts SET body = body || ? WHERE notice_id = ?').run(`\n${LEAK}`, row.id);
  }
  $client.exec(sql);
}

const leaking = (content: NoticeContent): NoticeContent => ({
  ...content,
  title: `${content.title}（税号${PERSON}）`,
  bodyHtml: `${content.bodyHtml}<p>${LEAK}</p>`,
  fields: { ...content.fields, 信用代码: PERSON },
  attachments: [{ name: `附件 识别号${PERSON}`, url: 'https://site.example/a.pdf' }],
});

/** Everything in the database that is public, or made from it. */
function publicWords(): string {
  const tables = rig.rows(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`);
  return tables
    .map(({ name }) => String(name))
    .filter((name) => name !== 'raw_items' && !name.startsWith('sqlite_'))
    .map((name) => JSON.stringify(rig.rows(`SELECT * FROM ${name}`)))
    .join('\n');
}

async function runChild(killAfter = Number.POSITIVE_INFINITY): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, rig.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    if (Number(/checked (\d+)(?![\s\S]*checked)/.exec(output)?.[1] ?? 0) >= killAfter) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  return output.includes('ended');
}

const check = () =>
  runCheck(
    rig.db,
    personalDataCheck((text) => redactPersonalData(text).masked),
  );

test('killed and started again, it takes the number out of every version and all that is made from it', async () => {
  const versions = rig.count('SELECT count(*) FROM notice_versions');
  writeAsBefore(leaking);
  expect(publicWords()).toContain(PERSON);
  expect((await check()).breaches).toBeGreaterThanOrEqual(versions);
  const before = lastChange(rig.db, 'notice');

  expect(await runChild(50)).toBe(false);
  const left = rig.count(`SELECT count(*) FROM notice_versions WHERE sanitizer_version < ${SANITIZER_VERSION}`);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(versions);
  expect(await runChild()).toBe(true);

  expect(publicWords()).not.toContain(PERSON);
  expect(publicWords()).toContain('纳税人识别号：3708**************');
  expect((await check()).breaches).toBe(0);
  expect(rig.count('SELECT count(*) FROM notice_versions')).toBe(versions);
  expect(rig.count('SELECT count(*) FROM redactions WHERE masked = 4')).toBe(versions);
  expect(rig.count(`SELECT count(DISTINCT subject_id) FROM changes WHERE subject = 'notice' AND seq > ${before}`)).toBe(
    ITEMS,
  );
  expect(listGroupsWithRemovals(rig.db, before).length).toBeGreaterThan(0);
  expect(await redactStored(rig.db, { actor: TESTER })).toEqual({
    checked: 0,
    replaced: 0,
    leaked: 0,
    masked: 0,
    words: 0,
  });
});

test('bodies that leave their box and titles that hide something are cleaned, and count as no leak', async () => {
  const first = rig.rows('SELECT min(id) AS id FROM notices')[0]?.id;
  const wild = '<ul><li><div>甲<ul><li>乙</li></ul></div></li></ul><ul><li>丙<div><p>丁<li>戊</li></div>己</li></ul>庚';
  writeAsBefore((content, { id }) =>
    id === first ? { ...content, title: `\u202e${content.title}\u3164`, bodyHtml: wild } : content,
  );
  const summary = await redactStored(rig.db, { actor: TESTER });
  expect(summary).toMatchObject({ leaked: 0, masked: 0 });
  expect(summary.replaced).toBe(rig.count(`SELECT count(*) FROM notice_versions WHERE notice_id = '${first}'`));
  const [row] = rig.rows(`SELECT n.title, v.content FROM notices n JOIN notice_versions v ON v.notice_id = n.id
    AND v.version = n.version WHERE n.id = '${first}'`);
  expect(String(row?.title)).toMatch(/^第/);
  const { bodyHtml } = JSON.parse(String(row?.content)) as NoticeContent;
  expect(bodyHtml.replace(/<[^>]*>/g, '')).toBe('甲乙丙丁戊己庚');
  expect(bodyHtml).not.toBe(wild);
});

test('what the feed sends again is the redacted version: no new one is made', async () => {
  writeAsBefore((content) => content);
  const versions = rig.count('SELECT count(*) FROM notice_versions');
  expect(await redactStored(rig.db, { actor: TESTER })).toMatchObject({ checked: versions, replaced: 0 });
  expect(await rig.run({ full: true })).toMatchObject({ created: 0, changed: 0 });
  writeAsBefore(leaking);
  await redactStored(rig.db, { actor: TESTER });
  rig.items = rig.items.map((item) => ({ ...item, clicks: 7 }));
  await rig.run({ full: true });
  expect(publicWords()).not.toContain(PERSON);
});

test('a version that nobody wrote down cannot be replaced, nor what was written down', async () => {
  const { $client } = rig.db;
  const one = `WHERE notice_id = (SELECT min(notice_id) FROM notice_versions)`;
  const refused = (sql: string) => expect(() => $client.exec(sql)).toThrow('append-only');
  refused(`UPDATE notice_contents SET content = '{}' ${one}`);
  refused(`UPDATE notice_contents SET hash = 'x' ${one}`);
  refused(`UPDATE notice_revisions SET reason = 'withdrawn' ${one}`);
  writeAsBefore(leaking);
  await redactStored(rig.db, { actor: TESTER });
  refused(`UPDATE notice_contents SET content = '{}' ${one}`);
  refused('UPDATE redactions SET masked = 0');
  refused('DELETE FROM redactions');
});
