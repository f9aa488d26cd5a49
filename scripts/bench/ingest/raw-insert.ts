import { type Column, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type Db, openDatabase } from '#db/client.ts';
import { organizationSearch } from '#db/fts.ts';
import { selectAll } from '#db/query.ts';
import {
  attachments,
  changes,
  codeKeys,
  ingestRuns,
  noticeAliases,
  noticeContents,
  noticeParties,
  noticeRevisions,
  notices,
  noticeTexts,
  organizationNames,
  organizations,
  projects,
  rawItems,
  sources,
} from '#db/schema/index.ts';
import { aliased, columnName, named, tableName } from '#db/sql-pieces.ts';
import { initialGrams, nameGrams } from '#src/domain/organizations/search-words.ts';

const n = aliased(notices, 'n');
const o = aliased(organizations, 'o');
const FIRST_OF_PROJECT = sql`(SELECT ${n.id} FROM ${named(n)} WHERE ${n.projectId} = ${projects.id} ORDER BY n.rowid LIMIT 1)`;
/** The first notice that names an organization; one that was merged into another belongs to that one's. */
const firstNaming = (organization: Column) => {
  const p = aliased(noticeParties, 'p');
  return sql`(
    SELECT ${p.noticeId} FROM ${named(p)} JOIN ${named(n)} ON ${n.id} = ${p.noticeId}
    WHERE ${p.organizationId} IN (${organization}, (SELECT ${o.mergedInto} FROM ${named(o)} WHERE ${o.id} = ${organization}))
    ORDER BY n.rowid LIMIT 1)`;
};

/** Tables that an ingest run fills, in an order that satisfies foreign keys, with the notice that a row came with. */
const TABLES: readonly [SQLiteTable, Column | SQL][] = [
  [projects, FIRST_OF_PROJECT],
  [organizations, firstNaming(organizations.id)],
  [organizationNames, firstNaming(organizationNames.organizationId)],
  [rawItems, rawItems.noticeId],
  [notices, notices.id],
  [noticeRevisions, noticeRevisions.noticeId],
  [noticeContents, noticeContents.noticeId],
  [noticeAliases, noticeAliases.noticeId],
  [noticeTexts, noticeTexts.noticeId],
  [noticeParties, noticeParties.noticeId],
  [codeKeys, codeKeys.noticeId],
  [attachments, attachments.noticeId],
  [changes, changes.subjectId],
];

interface WrittenRow {
  sql: string;
  values: unknown[];
}

/** What a run wrote: the rows of each notice; those of projects and organizations with their first notice. */
export type WrittenNotices = WrittenRow[][];

/** Reads back what a run wrote, in the order in which the notices came. */
export function readWritten(db: Db): WrittenNotices {
  const ids = selectAll(db, { id: notices.id }, sql`FROM ${notices} ORDER BY rowid`);
  const byNotice = new Map<string, WrittenRow[]>(ids.map(({ id }) => [id, []]));
  for (const [table, owner] of TABLES) {
    const fields = storedFields(table);
    const text = insertText(table);
    for (const row of selectAll(db, { ...fields, owner: sql`${owner}` }, sql`FROM ${table}`)) {
      const { owner: notice, ...stored } = row;
      byNotice.get(String(notice))?.push({ sql: text, values: Object.values(stored) });
    }
  }
  for (const { notice, values } of searchRows(db))
    byNotice.get(notice)?.push({ sql: insertText(organizationSearch), values });
  return [...byNotice.values()];
}

/** The columns of a table that are stored, as the database has them: nothing is decoded. */
function storedFields(table: SQLiteTable): Record<string, SQL> {
  const stored = Object.entries(getTableColumns(table)).filter(([, column]) => !column.generated);
  return Object.fromEntries(stored.map(([name, column]) => [name, sql`${column}`]));
}

function insertText(table: SQLiteTable): string {
  const columns = Object.values(getTableColumns(table)).filter((column) => !column.generated);
  const values = columns.map(() => '?').join(', ');
  return `INSERT INTO ${tableName(table)} (${columns.map(columnName).join(', ')}) VALUES (${values})`;
}

/** Full-text rows of organizations. The table keeps no content, so they are made anew from the names. */
function searchRows(db: Db): { notice: string; values: unknown[] }[] {
  const rows = selectAll(
    db,
    {
      number: organizations.number,
      names: sql<string>`json_group_array(DISTINCT coalesce(${organizationNames.name}, ${organizations.name}))`,
      notice: sql<string>`${firstNaming(organizations.id)}`,
    },
    sql`FROM ${organizations} LEFT JOIN ${organizationNames} ON ${organizationNames.organizationId} = ${organizations.id}
      WHERE ${organizations.mergedInto} IS NULL GROUP BY ${organizations.number}`,
  );
  return rows.map(({ number, names, notice }) => {
    const list = JSON.parse(names) as string[];
    return { notice, values: [number, nameGrams(list), initialGrams(list)] };
  });
}

/** Copies the sources and their runs, which notices and items refer to. */
function copySources(from: Db, to: Db): void {
  for (const table of [sources, ingestRuns]) {
    const insert = to.$client.prepare(insertText(table));
    for (const row of selectAll(from, storedFields(table), sql`FROM ${table}`)) insert.run(...Object.values(row));
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
