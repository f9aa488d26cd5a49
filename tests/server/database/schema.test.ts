import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { getTableConfig, type SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MIGRATIONS, migrateDatabase } from '#db/migrate.ts';
import { columnName } from '#db/objects/ddl.ts';
import * as schema from '#db/schema/index.ts';
import { completeMigration, open } from '#scripts/gen/complete.ts';
import { declaredStatements } from '#scripts/gen/declared.ts';
import { describeDifferences, readShape } from '#scripts/gen/shape.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { dumpDatabase, fillDatabase } from '#tests/support/fill-database.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';

const declared = await declaredStatements();

function migrated() {
  const client = open([]);
  onTestFinished(() => void client.close());
  migrateDatabase(client);
  return client;
}

/** What a database has otherwise than `db/` declares. */
const differences = (client: ReturnType<typeof open>, statements: readonly string[] = declared) =>
  describeDifferences(readShape(client), readShape(open(statements)));

describe('the migrations', () => {
  test('lead to the schema that is declared', () => {
    expect(differences(migrated())).toEqual([]);
  });

  test('make every table of ours strict', () => {
    const loose = migrated()
      .prepare(
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
         AND name NOT LIKE 'sqlite_%' AND name <> '__drizzle_migrations'`,
      )
      .pluck()
      .all();
    expect(loose).toEqual([]);
  });

  test('judge every foreign key at the commit', () => {
    const client = migrated();
    const tables = [...readShape(client).tables.values()].flatMap(({ items }) => [...items]);
    const keys = tables.filter((item) => item.startsWith('FOREIGN KEY'));
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => !key.endsWith('DEFERRABLE INITIALLY DEFERRED'))).toEqual([]);
  });

  test('give every foreign key an index, for whoever writes what it refers to', () => {
    const client = migrated();
    // Written rarely, each in a transaction in which nothing waits for its parent: nobody looks for their children.
    const rare = new Set(['sources', 'ingest_runs', 'raw_items', 'staff_accounts']);
    const tables = client.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
    const missing = tables.flatMap((name) => {
      const keys = client.pragma(`foreign_key_list(${name})`) as { id: number; table: string; from: string }[];
      const indexes = client.pragma(`index_list(${name})`) as { name: string }[];
      const heads = indexes.map((index) => (client.pragma(`index_info(${index.name})`) as { name: string }[])[0]?.name);
      const own = (client.pragma(`table_info(${name})`) as { name: string; pk: number }[]).find(
        ({ pk }) => pk === 1,
      )?.name;
      return [...Map.groupBy(keys, ({ id }) => id).values()]
        .filter((key) => !rare.has(key[0]?.table ?? '') && !key.some(({ from }) => [...heads, own].includes(from)))
        .map((key) => `${name} (${key.map(({ from }) => from).join()}) → ${key[0]?.table}`);
    });
    expect(missing).toEqual([]);
  });

  test('are missing for a category that only the domain has: every table is named that would refuse it', () => {
    const last = `'${CATEGORY_SLUGS.at(-1)}'`;
    const more = declared.map((statement) =>
      statement.replaceAll(/(CONSTRAINT "\w+_category" CHECK\([^)]*)\)/g, "$1 OR category = 'fishing')"),
    );
    expect(more.join()).toContain(`${last} OR category = 'fishing')`);
    const named = differences(migrated(), more).filter((line) => line.includes("'fishing'"));
    expect(named.map((line) => /^table (\w+): missing/.exec(line)?.[1]).sort()).toEqual([
      'articles',
      'disclosure_counts',
      'disclosure_duties',
      'draft_templates',
      'drafts',
      'feed_reviews',
      'flag_counts',
      'flags',
      'notice_counts',
      'notices',
      'projects',
      'search_documents',
      'statistic_cells',
      'statistic_dirty',
      'statistic_observations',
      'supervised_projects',
      'trust_rules',
    ]);
  });

  test('of a new category change the rule in place, with the rows as they are', () => {
    const client = migrated();
    fillDatabase(client);
    const { sqlite_schema: _, ...rows } = dumpDatabase(client);
    const more = declared.map((statement) =>
      statement.replaceAll(/(CONSTRAINT "\w+_category" CHECK\([^)]*)\)/g, "$1 OR category = 'fishing')"),
    );
    const statements = completeMigration({ before: migrated(), drafted: [], declared: more });
    expect(statements.filter((statement) => !/^ALTER TABLE `\w+` (?:DROP|ADD) CONSTRAINT/.test(statement))).toEqual([]);
    for (const statement of statements) client.exec(statement);
    expect(differences(client, more)).toEqual([]);
    const { sqlite_schema: __, ...after } = dumpDatabase(client);
    expect(after).toEqual(rows);
  });

  test('as Drizzle writes them are found out when they make an append-only table anew without its triggers', () => {
    const client = migrated();
    client.exec(`PRAGMA foreign_keys = OFF;
      CREATE TABLE \`__new_exposure_events\` (\`exposure_id\` text NOT NULL, \`kind\` text NOT NULL, \`at\` text NOT NULL,
        \`basis\` text NOT NULL, \`recorded_at\` text NOT NULL, \`actor\` text NOT NULL, PRIMARY KEY(\`exposure_id\`, \`kind\`, \`at\`));
      INSERT INTO \`__new_exposure_events\` SELECT * FROM \`exposure_events\`; DROP TABLE \`exposure_events\`;
      ALTER TABLE \`__new_exposure_events\` RENAME TO \`exposure_events\`; PRAGMA foreign_keys = ON`);
    expect(differences(client)).toEqual(
      expect.arrayContaining([
        'table exposure_events: missing: STRICT',
        'trigger exposure_events_no_update: missing in the migrations',
        'trigger exposure_events_no_delete: missing in the migrations',
        'index exposure_events_at: missing in the migrations',
      ]),
    );
  });

  test('have the newest snapshot alone: the generator compares with no other', () => {
    const snapshots = readdirSync(join(MIGRATIONS, 'meta')).filter((name) => name.endsWith('_snapshot.json'));
    const tags = globSync('*.sql', { cwd: MIGRATIONS }).sort();
    expect(snapshots).toEqual([`${tags.at(-1)?.slice(0, 4)}_snapshot.json`]);
  });
});

/** A table of the schema with its columns, and the names of the rules that it has. */
const TABLES = Object.values<unknown>(schema)
  .filter((value) => is(value, SQLiteTable))
  .map((table) => ({
    name: getTableName(table),
    columns: Object.values(getTableColumns(table) as Record<string, SQLiteColumn>),
    rules: new Set(getTableConfig(table).checks.map(({ name }) => name)),
  }));

/** What a value must be that no rule can say: numbers of rows, and `is_public`, which is computed. */
const FREE = /(?:(?:^|_)seq|(?:^|_)id|^number|^leaf_index|^is_public)$/;

/** Called like a time, but a file. */
const NO_TIMES = new Set(['uploads.cleaned_from']);

describe('the schema', () => {
  test('demands its form of every instant, day, number, truth value, enumeration and JSON text', () => {
    const without = TABLES.flatMap(({ name, columns, rules }) =>
      columns
        .filter((column) => {
          const own = columnName(column);
          const isFormed =
            column.getSQLType() === 'integer' ||
            column.columnType === 'SQLiteTextJson' ||
            (column.enumValues?.length ?? 0) > 0 ||
            (/(?:^at|_at|_date|_on|_from|_until)$/.test(own) && !NO_TIMES.has(`${name}.${own}`));
          return isFormed && !FREE.test(own) && !rules.has(`${name}_${own}`);
        })
        .map((column) => `${name}.${columnName(column)}`),
    );
    expect(without).toEqual([]);
  });

  test('leads from every id to the row that it is of', () => {
    const FREE_IDS = new Set([
      // Of two kinds of rows, as another column says.
      'redactions.id',
      'removals.id',
      'removed_contents.id',
      'changes.subject_id',
      'log_leaves.subject_id',
      'log_contents.subject_id',
      'mirror_told.id',
      // Of something that may be gone.
      'confirmation_requests.id',
      // Exchanged before there is an entry, or about one of another portal.
      'exchange_records.exposure_id',
      'exchange_records.draft_id',
      // Given by sources.
      'feed_reviews.source_item_id',
      'item_fixes.source_item_id',
      // Of an item that is no notice yet.
      'item_fixes.notice_id',
      'exposures.source_item_id',
      'incomplete_exposures.source_item_id',
      'notices.source_item_id',
      'notice_aliases.source_item_id',
      'raw_items.source_item_id',
      // `@origin` stands for no source.
      'notice_aliases.source_key',
    ]);
    const loose = Object.values<unknown>(schema)
      .filter((value) => is(value, SQLiteTable))
      .flatMap((table) => {
        const { name, foreignKeys, primaryKeys } = getTableConfig(table);
        const led = new Set(foreignKeys.flatMap((key) => key.reference().columns));
        const isSingle = primaryKeys.length === 0;
        return Object.values(getTableColumns(table) as Record<string, SQLiteColumn>)
          .filter((column) => /(?:^|_)(?:id|source_key|run_id)$/.test(columnName(column)))
          .filter((column) => !led.has(column) && !(columnName(column) === 'id' && isSingle))
          .map((column) => `${name}.${columnName(column)}`);
      });
    expect(loose.filter((name) => !FREE_IDS.has(name))).toEqual([]);
  });
});

test('npm run gen writes nothing while the schema is as the migrations leave it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongming-gen-'));
  onTestFinished(() => removeFolder(folder));
  cpSync(MIGRATIONS, folder, { recursive: true });
  const said = execFileSync(process.execPath, ['scripts/gen.ts'], {
    env: { ...process.env, MIGRATIONS_DIR: folder },
    encoding: 'utf8',
  });
  expect(said).toContain('The migrations lead to the schema as it is declared.');
  expect(readdirSync(folder).sort()).toEqual(readdirSync(MIGRATIONS).sort());
  const journal = 'meta/_journal.json';
  expect(readFileSync(join(folder, journal), 'utf8')).toBe(readFileSync(join(MIGRATIONS, journal), 'utf8'));
});

test('databases are opened in one place', () => {
  const opening = globSync('{src,scripts,db}/**/*.ts').filter((path) =>
    /new Database\(/.test(readFileSync(path, 'utf8')),
  );
  // A file for the public to download, a lock, what was signed, and databases in memory to compare schemas.
  expect(opening.sort()).toEqual([
    'db/client.ts',
    'scripts/gen/complete.ts',
    'scripts/launch/lock.ts',
    'src/server/bulk/group-files.ts',
    'src/tlog/guard.ts',
  ]);
});
