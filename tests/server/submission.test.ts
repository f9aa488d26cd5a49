import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renewEpoch } from '#db/epoch.ts';
import { ROOT } from '#scripts/launch/root.ts';
import { collectChanges } from '#src/server/submission/collect.ts';
import { readSubmissionStatus } from '#src/server/submission/status.ts';
import { writeBatches } from '#src/server/submission/write.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { makeItem, makeItems } from '#tests/support/test-site.ts';

const NOW = '2026-06-21T00:00:00.000Z';
let rig: IngestRig;
let directory: string;
beforeEach(async () => {
  rig = await startRig();
  directory = mkdtempSync(join(tmpdir(), 'tongming-submission-'));
});
afterEach(async () => {
  await rig.close();
  removeFolder(directory);
});

function handOver(now = NOW) {
  collectChanges(rig.db, now);
  return writeBatches(rig.db, directory, { PLATFORM_CODE: 'P1' }, now);
}

/** Records of all files, each file held against its checksum. */
function readRecords(): Record<string, string>[] {
  const files = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
  return files.flatMap((name) => {
    const text = readFileSync(join(directory, name), 'utf8');
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(readFileSync(join(directory, `${name}.sha256`), 'utf8')).toBe(`${sha256}  ${name}\n`);
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, string>);
  });
}

test('a number that is given out again after a restore makes a file of another name', async () => {
  rig.items = makeItems(3);
  await rig.run();
  const [first] = handOver().written;
  renewEpoch(rig.db);
  rig.db.$client.exec(
    "DELETE FROM submissions; DELETE FROM submission_batches; UPDATE key_values SET value = '0' WHERE key = 'submission.cursor'",
  );
  const [second] = handOver().written;
  expect(second).toMatchObject({ records: first?.records });
  expect(second?.file).not.toBe(first?.file);
  expect(readRecords()).toHaveLength(6);
});

test('what is new or changed is submitted once, and again only when it changes', async () => {
  rig.items = makeItems(30);
  await rig.run();
  expect(handOver().written).toMatchObject([{ records: 30 }]);
  expect(handOver()).toEqual({ written: [], failed: [] });
  rig.items = [makeItem(3, { body: '<p>更正后的正文</p>' }), ...rig.items.filter(({ id }) => id !== 'item-3')];
  await rig.run({ full: true });
  expect(handOver().written).toMatchObject([{ records: 1 }]);
  const records = readRecords();
  expect(records.length).toBe(31);
  expect(records.at(-1)).toMatchObject({
    PLATFORM_CODE: 'P1',
    DEAL_CLASSIFY: '02',
    NOTICE_CONTENT: '<p>更正后的正文</p>',
  });
});

test('a file whose notices have all changed again is not written: they are in a later one', async () => {
  rig.items = [makeItem(1)];
  await rig.run();
  collectChanges(rig.db, NOW);
  rig.items = [makeItem(1, { body: '<p>更正后的正文</p>' })];
  await rig.run({ full: true });
  expect(handOver().written).toMatchObject([{ records: 1 }]);
  expect(readRecords()).toMatchObject([{ NOTICE_CONTENT: '<p>更正后的正文</p>' }]);
  expect(handOver()).toEqual({ written: [], failed: [] });
});

test('what has no sure code, and what is withdrawn, is listed instead', async () => {
  rig.items = [makeItem(1), makeItem(2, { column: '3', title: '某某路改造工程招标计划' })];
  await rig.run();
  handOver();
  rig.items = [makeItem(1, { withdrawn: true }), ...rig.items.slice(1)];
  await rig.run();
  handOver();
  expect(readRecords().length).toBe(1);
  const { remarks } = readSubmissionStatus(rig.db);
  expect(remarks.map(({ remark }) => remark.slice(0, 5)).sort()).toEqual(['不再公开：', '这一类别和']);
});

test('a file that cannot be written is tried again after a growing pause, and nothing is lost', async () => {
  rig.items = makeItems(5);
  await rig.run();
  removeFolder(directory);
  writeFileSync(directory, 'a file where the folder should be');
  const later = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
  expect(handOver().failed.length).toBe(1);
  expect(handOver(later(0.5))).toEqual({ written: [], failed: [] });
  expect(handOver(later(1)).failed.length).toBe(1);
  expect(handOver(later(2)).failed.length).toBe(0);
  expect(readSubmissionStatus(rig.db).failed).toMatchObject([{ attempts: 2, nextAttemptAt: later(3) }]);
  rmSync(directory);
  expect(handOver(later(3)).written).toMatchObject([{ records: 5 }]);
  expect(readRecords().length).toBe(5);
});

/** The command as staff run it. */
function start(): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'scripts/submission.ts'), 'write', '--to', directory], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dirname(rig.path) },
    stdio: 'ignore',
  });
}

test('killed at any moment, the next run completes: every version in one whole file', async () => {
  rig.items = makeItems(300);
  await rig.run();
  for (let kill = 0; kill < 6; kill++) {
    const child = start();
    const ended = once(child, 'exit');
    // Later each time: before the log, in it, between log and file, in the file, after it.
    await new Promise((resolve) => setTimeout(resolve, 150 + kill * 60));
    child.kill('SIGKILL');
    await ended;
  }
  const [code] = await once(start(), 'exit');
  expect(code).toBe(0);
  const records = readRecords();
  expect(records.length).toBe(300);
  expect(new Set(records.map(({ NOTICE_NAME }) => NOTICE_NAME)).size).toBe(300);
  expect(readdirSync(directory).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(rig.count("SELECT count(*) FROM submission_batches WHERE state <> 'written'")).toBe(0);
});
