import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, openReadOnly } from '#db/client.ts';
import { readEpoch } from '#db/epoch.ts';
import { ForeignDatabaseError } from '#db/identity.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { claim } from '#scripts/launch/claims.ts';
import { hashFile, manifestPath } from '#src/server/backup/manifest.ts';
import { isRestoring } from '#src/server/backup/move.ts';
import { restoreBackup, UnfitBackupError } from '#src/server/backup/restore.ts';
import { writeBackup } from '#src/server/backup/write.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';

let folder: string;
let database: string;
let copy: string;

/** A database with a mark, so that one can be told from another. */
function mark(path: string, text: string): void {
  const db = openDatabase(path);
  saveKeyValue(db, 'mark', text);
  db.$client.close();
}

function readMark(path: string): string {
  const db = openReadOnly(path);
  try {
    return readKeyValue(db, 'mark', 'none');
  } finally {
    db.$client.close();
  }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongming-restore-'));
  [database, copy] = [join(folder, 'tongming.db'), join(folder, 'copy.db')];
  mark(database, 'backed up');
  await writeBackup(database, copy);
  mark(database, 'present');
});
afterEach(() => removeFolder(folder));

const restore = (from: string, withoutManifest = false) =>
  restoreBackup({ dataDirectory: folder, from, withoutManifest });

/** Gives a changed backup a manifest that fits its bytes: what is refused then is refused for what it holds. */
async function sealAnew(path: string, change: (manifest: Record<string, object>) => void = () => undefined) {
  const manifest = JSON.parse(readFileSync(manifestPath(copy), 'utf8'));
  change(manifest);
  writeFileSync(manifestPath(path), JSON.stringify({ ...manifest, sha256: await hashFile(path) }));
}

type Spoil = (path: string) => void | Promise<void>;
const inside =
  (sql: string): Spoil =>
  (path) => {
    const client = new Database(path);
    client.exec(sql);
    client.close();
  };
/** What is wrong with a file, and how the refusal names it. Each is tried with a manifest that fits and without any. */
const UNFIT: [name: string, spoil: Spoil, reason: RegExp][] = [
  ['an empty file', (path) => writeFileSync(path, ''), /不是通明的数据库/],
  ['no database', (path) => writeFileSync(path, 'not a database '.repeat(1000)), /损坏/],
  ['a database cut short', (path) => truncateSync(path, 200_000), /损坏/],
  [
    'an empty database of nobody',
    (path) => {
      writeFileSync(path, '');
      return inside('CREATE TABLE t (x); DROP TABLE t')(path);
    },
    /不是通明的数据库/,
  ],
  [
    'another program’s database',
    (path) => {
      writeFileSync(path, '');
      return inside('CREATE TABLE notices (id TEXT); PRAGMA application_id = 252006674')(path);
    },
    /不是通明的数据库/,
  ],
  ['ours by name alone', inside('DELETE FROM __drizzle_migrations'), /不是通明的数据库/],
  [
    'one of a newer version',
    inside(`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 99999999999999)`),
    /更新的版本/,
  ],
];

describe('a file that is no good backup is refused, and nothing changes:', () => {
  it.each(UNFIT)('%s', async (_name, spoil, reason) => {
    const file = join(folder, 'unfit.db');
    copyFileSync(copy, file);
    await spoil(file);
    const before = readdirSync(folder).sort();
    await expect(restore(file, true)).rejects.toThrow(reason);
    await sealAnew(file);
    await expect(restore(file)).rejects.toThrow(reason);
    expect(readMark(database)).toBe('present');
    const left = readdirSync(folder).filter((name) => !before.includes(name) && !/-(?:wal|shm)$/.test(name));
    expect(left).toEqual(['unfit.db.manifest.json']);
  });

  it('one without its manifest, or with another’s', async () => {
    const file = join(folder, 'bare.db');
    copyFileSync(copy, file);
    await expect(restore(file)).rejects.toThrow('清单');
    copyFileSync(manifestPath(copy), manifestPath(file));
    inside('CREATE TABLE other (x)')(file);
    await expect(restore(file)).rejects.toThrow('摘要不符');
    writeFileSync(manifestPath(file), '{');
    await expect(restore(file)).rejects.toThrow('清单已损坏');
    expect(readMark(database)).toBe('present');
  });

  it('one that holds less than its manifest says', async () => {
    for (const less of [{ rows: { key_values: 10_000 } }, { sequences: { outbox: 5 } }, { rows: { unheard_of: 1 } }]) {
      await sealAnew(copy, (manifest) => {
        for (const [kind, counts] of Object.entries(less)) Object.assign(manifest[kind] ?? {}, counts);
      });
      await expect(restore(copy)).rejects.toThrow('不完整');
    }
    await sealAnew(copy, (manifest) => Object.assign(manifest, { broken: ['facts'] }));
    await expect(restore(copy)).rejects.toThrow(UnfitBackupError);
  });

  it('the database that is in use', async () => {
    await expect(restore(database, true)).rejects.toThrow('不是备份');
  });
});

it('opening another program’s database for writing leaves it as it is', async () => {
  const file = join(folder, 'foreign.db');
  inside('CREATE TABLE notices (id TEXT)')(file);
  const before = await hashFile(file);
  expect(() => openDatabase(file)).toThrow(ForeignDatabaseError);
  expect(await hashFile(file)).toBe(before);
});

it('a restored database begins another epoch, and is indexed from the start', async () => {
  const epoch = () => {
    const db = openReadOnly(database);
    const read = [readEpoch(db), readKeyValue(db, 'index.cursor', 'none')];
    db.$client.close();
    return read;
  };
  const [before] = epoch();
  await restore(copy);
  const [after, cursor] = epoch();
  expect(after).toMatch(/^[0-9a-f]{16}$/);
  expect(after).not.toBe(before);
  expect(cursor).toBe('0');
  // The backup itself can be restored again, and gives a third one.
  await restore(copy);
  expect([before, after]).not.toContain(epoch()[0]);
});

describe('cut off at any moment', () => {
  /** Runs the command and kills it after so long. */
  async function restoreAndKill(after: number): Promise<number | null> {
    const child = spawn(process.execPath, ['scripts/restore.ts', '--from', copy], {
      env: { ...process.env, DATA_DIR: folder },
      stdio: 'ignore',
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), after);
    const [code] = await once(child, 'exit');
    clearTimeout(timer);
    return code;
  }

  it('by a kill, the next command finds the old database or the new one, whole', async () => {
    const started = Date.now();
    expect(await restoreAndKill(600_000)).toBe(0);
    const whole = Date.now() - started;
    for (let kill = 0; kill < 8; kill++) {
      const text = `present ${kill}`;
      mark(database, text);
      await restoreAndKill(whole * (0.55 + 0.06 * kill));
      (await claim('verify', folder))();
      expect(isRestoring(folder)).toBe(false);
      expect([text, 'backed up']).toContain(readMark(database));
    }
  });

  it('between any two moves, the next command completes it, and the old database is kept with its log', async () => {
    const previous = 'tongming.db.before-20261130T000000Z';
    const next = join(folder, 'tongming.db.restored');
    // What a killed process leaves: a log beside its database.
    const writer = openDatabase(database);
    saveKeyValue(writer, 'mark', 'only in the log');
    const snapshot = join(folder, 'killed');
    mkdirSync(snapshot);
    for (const suffix of ['', '-wal', '-shm']) copyFileSync(database + suffix, join(snapshot, `tongming.db${suffix}`));
    writer.$client.close();
    const moves = ['-wal', '-shm', '', 'next'];
    for (let done = 0; done <= moves.length; done++) {
      for (const name of readdirSync(folder)) {
        if (name.startsWith('tongming.db')) renameSync(join(folder, name), join(folder, `old-${done}-${name}`));
      }
      for (const name of readdirSync(snapshot)) copyFileSync(join(snapshot, name), join(folder, name));
      copyFileSync(copy, next);
      writeFileSync(join(folder, 'restore.json'), JSON.stringify({ previous }));
      for (const move of moves.slice(0, done)) {
        if (move === 'next') renameSync(next, database);
        else renameSync(database + move, join(folder, previous + move));
      }
      (await claim('keys', folder))();
      expect(readMark(database), `after ${done} moves`).toBe('backed up');
      expect(readMark(join(folder, previous)), `after ${done} moves`).toBe('only in the log');
      expect(existsSync(join(folder, 'restore.json'))).toBe(false);
    }
  });

  it('a backup that was not finished is not taken for one', async () => {
    const target = join(folder, 'cut.db');
    const child = spawn(process.execPath, ['scripts/backup.ts', '--to', target], {
      env: { ...process.env, DATA_DIR: folder },
      stdio: 'ignore',
    });
    while (!existsSync(`${target}.part`) && !existsSync(target)) await sleep(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    if (!existsSync(manifestPath(target))) await expect(restore(target)).rejects.toThrow(UnfitBackupError);
    await writeBackup(database, target);
    await restore(target);
    expect(readMark(database)).toBe('present');
  });
});
