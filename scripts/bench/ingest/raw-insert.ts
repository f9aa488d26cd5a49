import { type Db, openDatabase } from '#db/client.ts';
import { initialGrams, nameGrams } from '#src/domain/organizations/search-words.ts';

const FIRST_OF_PROJECT = '(SELECT n.id FROM notices n WHERE n.project_id = t.id ORDER BY n.rowid LIMIT 1)';
/** The first notice that names an organization; one that was merged into another belongs to that one's. */
const firstNaming = (organization: string) => `(
  SELECT p.notice_id FROM notice_parties p JOIN notices n ON n.id = p.notice_id
  WHERE p.organization_id IN (${organization}, (SELECT o.merged_into FROM organizations o WHERE o.id = ${organization}))
  ORDER BY n.rowid LIMIT 1)`;

/** Tables that an ingest run fills, in an order that satisfies foreign keys, with the notice that a row came with. */
const TABLES = [
  ['projects', FIRST_OF_PROJECT],
  ['organizations', firstNaming('t.id')],
  ['organization_names', firstNaming('t.organization_id')],
  ['raw_items', 't.notice_id'],
  ['notices', 't.id'],
  ['notice_revisions', 't.notice_id'],
  ['notice_contents', 't.notice_id'],
  ['notice_aliases', 't.notice_id'],
  ['notice_texts', 't.notice_id'],
  ['notice_parties', 't.notice_id'],
  ['code_keys', 't.notice_id'],
  ['attachments', 't.notice_id'],
  ['outbox', 't.notice_id'],
] as const;

interface WrittenRow {
  sql: string;
  values: unknown[];
}

/** What a run wrote: the rows of each notice; those of projects and organizations with their first notice. */
export type WrittenNotices = WrittenRow[][];

/** Reads back what a run wrote, in the order in which the notices came. */
export function readWritten({ $client: client }: Db): WrittenNotices {
  const ids = client.prepare<[], string>('SELECT id FROM notices ORDER BY rowid').pluck().all();
  const byNotice = new Map<string, WrittenRow[]>(ids.map((id) => [id, []]));
  for (const [table, owner] of TABLES) {
    const columns = (client.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    const rows = client.prepare<[], unknown[]>(
      `SELECT ${columns.map((name) => `t.${name}`)}, ${owner} FROM ${table} t`,
    );
    for (const row of rows.raw().all()) byNotice.get(String(row.pop()))?.push({ sql, values: row });
  }
  for (const { notice, values } of searchRows(client)) byNotice.get(notice)?.push({ sql: SEARCH_ROW, values });
  return [...byNotice.values()];
}

const SEARCH_ROW = 'INSERT INTO organization_search (rowid, names, initials) VALUES (?, ?, ?)';
const NAMES = `
  SELECT t.number, json_group_array(DISTINCT coalesce(n.name, t.name)) AS names, ${firstNaming('t.id')} AS notice
  FROM organizations t LEFT JOIN organization_names n ON n.organization_id = t.id
  WHERE t.merged_into IS NULL GROUP BY t.number`;

/** Full-text rows of organizations. The table keeps no content, so they are made anew from the names. */
function searchRows(client: Db['$client']): { notice: string; values: unknown[] }[] {
  const rows = client.prepare<[], { number: number; names: string; notice: string }>(NAMES).all();
  return rows.map(({ number, names, notice }) => {
    const list = JSON.parse(names) as string[];
    return { notice, values: [number, nameGrams(list), initialGrams(list)] };
  });
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
