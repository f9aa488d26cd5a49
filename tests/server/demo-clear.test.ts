import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { clearDemo, NotOnlyDemoError } from '#scripts/demo/clear.ts';
import { demoSources } from '#scripts/demo/sources.ts';
import { createDemoStaff } from '#scripts/demo/staff.ts';
import { loadDemoWork } from '#scripts/demo/work.ts';
import { commandActor } from '#src/domain/actors.ts';
import { SOURCES, seedSources } from '#src/ingest/sources.ts';
import { parseConfig } from '#src/server/config.ts';
import { isDemo, saveDemo } from '#src/server/demo.ts';
import { createAccount } from '#src/staff/accounts.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

let database: ReturnType<typeof openTestDatabase>;

beforeEach(() => {
  database = openTestDatabase();
});
afterEach(() => database.close());

const clear = () => clearDemo(parseConfig({ DATA_DIR: dirname(database.path) }), database.path);
const countSources = (db: Db) => db.$client.prepare('SELECT count(*) FROM sources').pluck().get();

function demonstrate(): void {
  saveDemo(database.db, true);
  seedSources(database.db, demoSources('http://127.0.0.1:4380'));
}

test('a demonstration is removed, and an empty database stands in its place', async () => {
  demonstrate();
  database.db.$client.close();
  expect(await clear()).toBe('cleared');
  const db = openDatabase(database.path);
  expect(countSources(db)).toBe(0);
  expect(isDemo(db)).toBe(false);
  db.$client.close();
  expect(await clear()).toBe('nothing');
});

test('the fictional staff goes with what it did; somebody else’s account stays, with everything', async () => {
  demonstrate();
  const { db } = database;
  const now = new Date().toISOString();
  await createDemoStaff(db, now);
  loadDemoWork(db, now);
  const doer = { actor: commandActor('staff:admin', 'root'), roles: [], address: '', now };
  createAccount(db, doer, { loginName: 'real', displayName: '真人', county: null, roles: [] });
  await expect(clear()).rejects.toThrow('账号 real');
  db.$client.exec("DELETE FROM staff_accounts WHERE login_name = 'real'");
  db.$client.close();
  expect(await clear()).toBe('cleared');
});

test('nothing is removed beside real sources', async () => {
  demonstrate();
  seedSources(database.db, SOURCES.slice(0, 1));
  await expect(clear()).rejects.toThrow(NotOnlyDemoError);
  expect(countSources(database.db)).toBe(17);
});

test('nothing is removed when a table of another part holds something', async () => {
  demonstrate();
  database.db.$client.exec(`CREATE TABLE requests (id TEXT); INSERT INTO requests VALUES ('1')`);
  await expect(clear()).rejects.toThrow('requests');
  expect(countSources(database.db)).toBe(16);
});

test('a database that was never a demonstration stays', async () => {
  seedSources(database.db, SOURCES);
  expect(await clear()).toBe('nothing');
  expect(countSources(database.db)).toBe(SOURCES.length);
});
