import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Db, openReadOnly } from '#db/client.ts';
import { claim } from '#scripts/launch/claims.ts';
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
  expect(readdirSync(folder).filter((name) => name.startsWith('copy.db'))).toEqual([
    'copy.db',
    'copy.db.manifest.json',
  ]);

  rig.items = [makeItem(1000), ...rig.items];
  await rig.run();
  rig.db.$client.close();
  expect(await runCommand('restore', '--from', copy)).toMatchObject({ code: 0 });
  expect(titlesIn(rig.path)).toEqual(before);
  const kept = readdirSync(folder).find((name) => /before-\w+$/.test(name)) ?? '';
  expect(titlesIn(join(folder, kept))).toHaveLength(61);
});

it('a running product and a missing file are refused, and nothing changes', async () => {
  const copy = join(folder, 'copy.db');
  await runCommand('backup', '--to', copy);
  const release = await claim('web', folder);
  expect((await runCommand('restore', '--from', copy)).said).toContain('already runs');
  release();

  const { code, said } = await runCommand('restore', '--from', join(folder, 'none.db'));
  expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('没有这个文件') });
  expect(titlesIn(rig.path)).toHaveLength(60);
});
