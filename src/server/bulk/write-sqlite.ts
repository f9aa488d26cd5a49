import Database from 'better-sqlite3';
import type { BulkNotice } from './notice.ts';
import { SQLITE_TABLES, type TableDefinition } from './sqlite-tables.ts';

/** Notices as an SQLite database of their own. */
export async function writeSqlite(path: string, batches: AsyncIterable<readonly BulkNotice[]>): Promise<void> {
  const db = new Database(path);
  try {
    // Nobody reads the file before it is whole: no journal is needed while it is made.
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    const inserts = Object.entries(SQLITE_TABLES).map(([name, table]) => ({
      table,
      insert: createTable(db, name, table),
    }));
    db.exec('BEGIN');
    for await (const batch of batches) {
      for (const notice of batch) {
        for (const { table, insert } of inserts) for (const row of table.rows(notice)) insert.run(...row);
      }
    }
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}

function createTable(db: Database.Database, name: string, { columns, key }: TableDefinition) {
  const names = Object.keys(columns);
  const definitions = Object.entries(columns).map(([column, [type]]) => `${column} ${type}`);
  db.exec(`CREATE TABLE ${name} (${definitions.join(', ')}, PRIMARY KEY (${key.join(', ')})) WITHOUT ROWID`);
  return db.prepare<(string | number | null)[]>(`INSERT INTO ${name} VALUES (${names.map(() => '?').join(', ')})`);
}
