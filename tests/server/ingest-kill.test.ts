import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItems } from '#tests/support/test-site.ts';

const CHILD = join(import.meta.dirname, '../support/ingest-child.ts');
const ITEMS = 400;

let rig: IngestRig;

beforeEach(async () => {
  rig = await startRig();
  rig.items = makeItems(ITEMS);
});

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

function startChild(): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [CHILD, rig.path, rig.feed.host], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  return { child, output: () => text };
}

const stored = (output: string) => Number(/stored (\d+)(?![\s\S]*stored)/.exec(output)?.[1] ?? 0);

test('killed at any moment and started again: nothing acknowledged is lost, nothing is there twice', async () => {
  let acknowledged = 0;
  let kills = 0;
  // Once everything is stored, nothing is left that a kill could lose.
  for (let round = 0; round < 12 && acknowledged < ITEMS; round++) {
    const { child, output } = startChild();
    const exited = once(child, 'exit');
    const target = 20 + round * 20;
    const killer = setInterval(() => {
      // A few milliseconds later each round, so that kills fall into different places of the next transaction.
      if (stored(output()) >= target) setTimeout(() => child.kill('SIGKILL'), round * 2);
    }, 1);
    const [, signal] = await exited;
    clearInterval(killer);
    if (signal === 'SIGKILL') kills++;
    // The list is read from its first page each time; what was there before is not counted again.
    const present = rig.count('SELECT count(*) FROM published_notices');
    expect(present).toBeGreaterThanOrEqual(acknowledged + stored(output()));
    acknowledged = present;
    expect(rig.count('SELECT count(*) FROM notice_versions')).toBe(rig.count('SELECT count(*) FROM notices'));
    // How they are read is asked at the end, of all that was stored until then.
    expect(await rig.breaches('database')).toEqual([]);
  }
  expect(kills).toBeGreaterThan(1);
  const { child, output } = startChild();
  await once(child, 'exit');
  expect(output()).toMatch(/ended succeeded/);
  expect(rig.count('SELECT count(*) FROM published_notices')).toBe(ITEMS);
  expect(rig.count('SELECT count(*) FROM notice_versions')).toBe(ITEMS);
  expect(rig.count(`SELECT count(*) FROM changes WHERE kind = 'upsert'`)).toBe(ITEMS);
  // A process that is killed after its run was closed has nothing to be marked.
  expect(rig.count(`SELECT count(*) FROM ingest_runs WHERE state = 'interrupted'`)).toBeLessThanOrEqual(kills);
  expect(rig.count(`SELECT count(*) FROM ingest_runs WHERE state = 'running'`)).toBe(0);
  expect(rig.count('SELECT count(*) FROM leases')).toBe(0);
});

test('several processes on one source leave what one alone leaves', async () => {
  const children = [startChild(), startChild(), startChild()];
  await Promise.all(children.map(({ child }) => once(child, 'exit')));
  const states = children.map(({ output }) => /ended (\w+)/.exec(output())?.[1]);
  expect(states).toContain('succeeded');
  for (const state of states) expect(['succeeded', 'busy']).toContain(state);
  const alone = await startRig();
  alone.items = rig.items;
  await alone.run({ full: true });
  expect(rig.publicContent()).toEqual(alone.publicContent());
  await alone.close();
});

test('web, worker and a run by hand at once: readers and other writers only wait', async () => {
  const { child } = startChild();
  const exited = once(child, 'exit');
  const insert = rig.db.$client.prepare('INSERT OR REPLACE INTO key_values (key, value, updated_at) VALUES (?, ?, ?)');
  let writes = 0;
  while (child.exitCode === null && child.signalCode === null) {
    rig.db.$client.transaction(() => insert.run('test', String(writes++), '2026-05-01T00:00:00.000Z')).immediate();
    rig.count('SELECT count(*) FROM published_notices');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await exited;
  expect(child.exitCode).toBe(0);
  expect(rig.count('SELECT count(*) FROM published_notices')).toBe(ITEMS);
});
