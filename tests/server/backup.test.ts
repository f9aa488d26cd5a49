import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Db, openReadOnly } from '#db/client.ts';
import { takeLock } from '#scripts/launch/lock.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItem, makeItems } from '#tests/support/test-site.ts';

let rig: IngestRig;
let folder: string;
beforeEach(async () => {
  rig = await startRig();
  rig.items = makeItems(60);
  await rig.run();
  await rig.breaches(); // lets the built-in index catch up
  folder = dirname(rig.path);
});
afterEach(() => rig.close());

/** Runs a command on the folder. Resolves to its exit code and what it said. */
async function runCommand(script: string, ...parameters: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [`scripts/${script}.ts`, ...parameters], {
    env: { ...process.env, DATA_DIR: folder },
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = await once(child, 'close');
  return { code, said: Buffer.concat(said).toString() };
}

/** What a database file holds, read by a connection of its own. */
function titlesIn(path: string): unknown[] {
  const db: Db = openReadOnly(path);
  const titles = db.$client.prepare('SELECT id, title FROM notices ORDER BY id').all();
  db.$client.close();
  return titles;
}

it('what is backed up while the database is in use can be restored whole', async () => {
  const copy = join(folder, 'copy.db');
  const before = titlesIn(rig.path);
  // Still in the write-ahead log: a copy of the file alone would miss it.
  expect(readdirSync(folder)).toContain('tongming.db-wal');
  expect(await runCommand('backup', '--to', copy)).toMatchObject({ code: 0 });
  expect(readdirSync(folder).filter((name) => name.startsWith('copy.db'))).toEqual(['copy.db']);

  rig.items = [makeItem(1000), ...rig.items];
  await rig.run();
  rig.db.$client.close();
  expect(await runCommand('restore', '--from', copy)).toMatchObject({ code: 0 });
  expect(titlesIn(rig.path)).toEqual(before);
  const kept = readdirSync(folder).find((name) => /before-\w+$/.test(name)) ?? '';
  expect(titlesIn(join(folder, kept))).toHaveLength(61);
});

it('a running product, a missing file and a damaged copy are refused, and nothing changes', async () => {
  const copy = join(folder, 'copy.db');
  await runCommand('backup', '--to', copy);
  const release = takeLock(folder);
  expect((await runCommand('restore', '--from', copy)).said).toContain('already runs');
  release();

  const damaged = join(folder, 'damaged.db');
  copyFileSync(copy, damaged);
  truncateSync(damaged, 200_000);
  for (const file of [damaged, join(folder, 'none.db')]) {
    const { code, said } = await runCommand('restore', '--from', file);
    expect(code).toBe(1);
    expect(said).toMatch(/损坏|没有这个文件/);
  }
  expect(titlesIn(rig.path)).toHaveLength(60);
});
