import { fork } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrateDatabase } from '#db/migrate.ts';
import { MigrationRefusedError } from '#db/refusal.ts';
import { open } from '#scripts/gen/complete.ts';
import { declaredStatements } from '#scripts/gen/declared.ts';
import { describeDifferences, readShape } from '#scripts/gen/shape.ts';
import { dumpDatabase, fillDatabase } from '#tests/support/fill-database.ts';
import {
  BREAKPOINT,
  INSTANTS,
  listRenames,
  makeFolder,
  readStatements,
  TAGS,
} from '#tests/support/migration-folders.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';

const declared = readShape(open(await declaredStatements()));

/** Empty databases by how many migrations they have had; each is made from the one before. */
const EMPTY: Buffer[] = [new Database(':memory:').serialize()];
function emptyOf(count: number): Buffer {
  const made = EMPTY[count];
  if (made) return made;
  const client = new Database(emptyOf(count - 1));
  migrateDatabase(client, makeFolder(count));
  EMPTY[count] = client.serialize();
  client.close();
  return EMPTY[count];
}

/** A database that has had the first `count` migrations, with rows in every table. */
function makeFilled(count: number, path?: string): Database.Database {
  if (path) writeFileSync(path, emptyOf(count));
  const client = new Database(path ?? emptyOf(count));
  onTestFinished(() => void client.close());
  if (count > 0) fillDatabase(client);
  return client;
}

/** What a migration changes on purpose: a column by `table.column`, or tables to which it adds rows. */
const MEANT: Record<string, readonly string[]> = {
  '0015_changes': ['states'],
  '0016_identity': ['states'],
  '0017_moments': ['search_documents.deadline_at'],
  '0022_change_log': [
    ...['outbox', 'exposure_changes', 'library_changes'],
    ...['organization_changes.decided_by', 'organization_changes.undone_by'],
  ],
  '0027_search_columns': ['search_documents', 'search_terms', 'search_aliases'],
  '0032_drop_version_tables': ['notice_versions', 'exposure_versions'],
  '0046_console_indexes': ['case_mails', 'public_submissions.mail'],
  '0054_report_salt': ['annual_report_versions.salt'],
};

/** The rows of every table, with the columns that another version has too, whatever it calls them. */
function listRows(
  client: Database.Database,
  columns: Map<string, string[]>,
  renames: ReadonlyMap<string, string> = new Map(),
): Map<string, string[]> {
  return new Map(
    [...columns].map(([table, names]) => {
      const present = renames.get(table) ?? table;
      const list = names.map((name) => `"${renames.get(`${present}.${name}`) ?? name}" AS "${name}"`).join(', ');
      const rows = client.prepare(`SELECT ${list} FROM "${present}"`).all();
      return [table, rows.map((row) => JSON.stringify(row)).sort()];
    }),
  );
}

function listColumns(client: Database.Database): Map<string, string[]> {
  const tables = client
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '__drizzle_migrations'`,
    )
    .pluck()
    .all() as string[];
  return new Map(
    tables.map((table) => [
      table,
      (client.pragma(`table_xinfo("${table}")`) as { name: string }[]).map(({ name }) => name),
    ]),
  );
}

/**
 * From these on, rows are carried on to the newest version: from the newest, which databases in use have, from the first, and from every
 * sixth, another one each day. Each step's own version is compared for all.
 */
const DAY = Math.floor(Date.now() / 86_400_000);
const isCarriedOn = (at: number) => at < 2 || at >= TAGS.length - 6 || (at + DAY) % 6 === 0;

describe(`a migration (day ${DAY})`, () => {
  test.each(TAGS.map((tag, at) => [tag, at] as const))('%s keeps what the version before holds', (tag, at) => {
    const client = makeFilled(at);
    const meant = MEANT[tag] ?? [];
    const columns = new Map(
      [...listColumns(client)]
        .filter(([table]) => !meant.includes(table))
        .map(([table, names]) => [table, names.filter((name) => !meant.includes(`${table}.${name}`))]),
    );
    const before = listRows(client, columns);
    if (at > 1) expect([...before].filter(([, rows]) => rows.length === 0)).toEqual([]);
    migrateDatabase(client, makeFolder(at + 1));
    const after = listRows(client, columns, listRenames(tag));
    for (const [table, rows] of before) expect(after.get(table), table).toEqual(expect.arrayContaining(rows));
    expect(client.pragma('foreign_key_check')).toEqual([]);
    expect(client.pragma('integrity_check', { simple: true })).toBe('ok');
    if (!isCarriedOn(at)) return;
    migrateDatabase(client);
    expect(client.pragma('foreign_key_check')).toEqual([]);
    expect(client.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(describeDifferences(readShape(client), declared)).toEqual([]);
    const state = dumpDatabase(client);
    migrateDatabase(client);
    expect(dumpDatabase(client)).toEqual(state);
  });

  test.each(TAGS.map((tag, at) => [tag, at] as const))(
    '%s that fails at any statement leaves the version before',
    (tag, at) => {
      const statements = readStatements(tag);
      const client = makeFilled(at);
      const before = dumpDatabase(client);
      const folder = makeFolder(at + 1);
      const failWith = (cut: readonly string[]) => {
        writeFileSync(join(folder, `${tag}.sql`), [...cut, 'SELECT no_such_function()'].join(BREAKPOINT));
        expect(() => migrateDatabase(client, folder)).toThrow('no_such_function');
        expect(dumpDatabase(client)).toEqual(before);
      };
      for (let done = 0; done < statements.length; done += 80) failWith(statements.slice(0, done));
      // Whichever statement fails, all is taken back unless one before it has ended the transaction.
      let after = 0;
      client.function('still_open', () => {
        if (!client.inTransaction) throw new Error(`statement ${after} ended the transaction`);
        return ++after;
      });
      failWith(statements.flatMap((statement) => [statement, 'SELECT still_open()']));
      expect(after).toBe(statements.length);
      migrateDatabase(client, makeFolder(at + 1));
      expect(describeDifferences(readShape(client), readShape(new Database(emptyOf(at + 1))))).toEqual([]);
    },
  );

  test('comes after those before it, so that no database misses one', () => {
    expect(INSTANTS).toEqual([...INSTANTS].sort((a, b) => a - b));
    expect(new Set(INSTANTS).size).toBe(INSTANTS.length);
  });
});

const CHILD = join(import.meta.dirname, '../../support/migrate-child.ts');
const ENDLESS = 'WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n';

describe('a process that is killed while it migrates', () => {
  const at = TAGS.findIndex((tag) => tag.endsWith('_strict_tables'));
  const { length } = readStatements(TAGS[at] ?? '');

  test.each([0, Math.floor(length / 2), length])('at statement %i leaves the version before', async (done) => {
    const folder = mkdtempSync(join(tmpdir(), 'tongming-migrate-'));
    onTestFinished(() => removeFolder(folder));
    const path = join(folder, 'tongming.db');
    const client = makeFilled(at, path);
    client.pragma('journal_mode = WAL');
    const before = dumpDatabase(client);
    const statements = [...readStatements(TAGS[at] ?? '').slice(0, done), ENDLESS];
    const child = fork(CHILD, [path, makeFolder(at + 1, statements)]);
    await expect.poll(() => isLocked(client), { timeout: 60_000 }).toBe(true);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(dumpDatabase(client)).toEqual(before);
    migrateDatabase(client);
    expect(describeDifferences(readShape(client), declared)).toEqual([]);
    expect(client.pragma('integrity_check', { simple: true })).toBe('ok');
  });
});

/** Whether another process is writing. */
function isLocked(client: Database.Database): boolean {
  client.pragma('busy_timeout = 0');
  try {
    client.exec('BEGIN IMMEDIATE; ROLLBACK');
    return false;
  } catch {
    return true;
  }
}

describe('rows that the newer schema refuses', () => {
  const strict = TAGS.findIndex((tag) => tag.endsWith('_strict_tables'));

  function refusalOf(client: Database.Database): MigrationRefusedError {
    const before = dumpDatabase(client);
    try {
      migrateDatabase(client);
    } catch (error) {
      expect(dumpDatabase(client)).toEqual(before);
      if (error instanceof MigrationRefusedError) return error;
      throw error;
    }
    throw new Error('nothing was refused');
  }

  test('are named with table, key and rule, and nothing is changed', () => {
    const client = makeFilled(strict);
    client.exec(`UPDATE notices SET published_by = 'atlantis' WHERE id IN ('id 0', 'id 1')`);
    const refusal = refusalOf(client);
    expect(refusal.rows).toEqual([
      '表 notices，id = id 0：CHECK constraint failed: notices_published_by',
      '表 notices，id = id 1：CHECK constraint failed: notices_published_by',
    ]);
    expect(refusal.message).toContain('数据库没有升级，保持原样');
    client.exec(`UPDATE notices SET published_by = 'qufu'`);
    migrateDatabase(client);
    expect(describeDifferences(readShape(client), declared)).toEqual([]);
  });

  test('are named in tables that have keys of several columns', () => {
    const client = makeFilled(strict);
    client.exec(`UPDATE code_keys SET whole = 7 WHERE key = 'key 1'`);
    expect(refusalOf(client).rows).toEqual([
      '表 code_keys，key = key 1，notice_id = id 1：CHECK constraint failed: code_keys_whole',
    ]);
  });

  test('are named when they belong to nothing', () => {
    const client = makeFilled(strict);
    client.exec(
      `DELETE FROM raw_items WHERE id = 2; INSERT INTO attachments (notice_id, position, name, url) VALUES ('x', 0, 'a', 'b')`,
    );
    expect(refusalOf(client).rows).toEqual(
      expect.arrayContaining([
        '表 attachments，notice_id = x，position = 0：notice_id 指向 notices 中没有的行',
        '表 notice_revisions，notice_id = id 1，version = 2：raw_item_id 指向 raw_items 中没有的行',
      ]),
    );
  });

  test('are named when only a rule is added', () => {
    const client = makeFilled(TAGS.length);
    const last = ['ALTER TABLE `projects` ADD CONSTRAINT projects_short CHECK (length(title) < 3)'];
    expect(() => migrateDatabase(client, addMigration(last))).toThrow('表 projects，id = id 0：projects_short');
  });
});

/** The migrations and one more. */
function addMigration(statements: readonly string[]): string {
  return makeFolder(TAGS.length + 1, statements);
}
