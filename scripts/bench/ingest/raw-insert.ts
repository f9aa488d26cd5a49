import { type Db, openDatabase } from '#db/client.ts';

/** Tables that an ingest run fills, in an order that satisfies foreign keys, with the column that names the notice. */
const TABLES = [
  ['projects', 'id'],
  ['raw_items', 'notice_id'],
  ['notices', 'id'],
  ['notice_versions', 'notice_id'],
  ['notice_aliases', 'notice_id'],
  ['notice_texts', 'notice_id'],
  ['notice_parties', 'notice_id'],
  ['code_keys', 'notice_id'],
  ['attachments', 'notice_id'],
  ['outbox', 'notice_id'],
] as const;

interface WrittenRow {
  sql: string;
  values: unknown[];
}

/** What a run wrote: the rows of each notice, a project's with its first notice. */
export type WrittenNotices = WrittenRow[][];

/** Reads back what a run wrote, in the order in which the notices came. */
export function readWritten({ $client: client }: Db): WrittenNotices {
  const byNotice = new Map<string, WrittenRow[]>();
  const firstOf = new Map<string, string>();
  for (const { id, project } of client
    .prepare<[], { id: string; project: string }>('SELECT id, project_id AS project FROM notices ORDER BY rowid')
    .all()) {
    byNotice.set(id, []);
    if (!firstOf.has(project)) firstOf.set(project, id);
  }
  for (const [table, key] of TABLES) {
    const columns = (client.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    const rows = client.prepare<[], unknown[]>(`SELECT ${columns.join(', ')} FROM ${table}`).raw();
    for (const values of rows.all()) {
      const owner = String(values[columns.indexOf(key)]);
      byNotice.get(table === 'projects' ? (firstOf.get(owner) ?? '') : owner)?.push({ sql, values });
    }
  }
  return [...byNotice.values()];
}

/** Copies the sources, which notices refer to. */
function copySources(from: Db, to: Db): void {
  const rows = from.$client.prepare('SELECT * FROM sources').all() as Record<string, unknown>[];
  for (const row of rows) {
    const columns = Object.keys(row);
    const sql = `INSERT INTO sources (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`;
    to.$client.prepare(sql).run(row);
  }
}

/**
 * Inserts the rows into a new database of the same schema, indexes, triggers and pragmas (WAL, synchronous=FULL), with
 * statements prepared once and `perTransaction` notices a transaction. Returns notices per second.
 */
export function insertRaw(path: string, from: Db, written: WrittenNotices, perTransaction: number): number {
  const db = openDatabase(path);
  copySources(from, db);
  const statements = new Map(written.flat().map(({ sql }) => [sql, db.$client.prepare(sql)]));
  const insert = db.$client.transaction((notices: WrittenNotices) => {
    for (const { sql, values } of notices.flat()) statements.get(sql)?.run(...values);
  });
  const began = performance.now();
  for (let start = 0; start < written.length; start += perTransaction) {
    insert.immediate(written.slice(start, start + perTransaction));
  }
  const seconds = (performance.now() - began) / 1000;
  db.$client.close();
  return written.length / seconds;
}
