import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import {
  exposureContents,
  exposureEvents,
  exposureRevisions,
  noticeContents,
  noticeRevisions,
  redactions as r,
} from '../schema/index.ts';
import { columnName, ddl, type SchemaObject } from './ddl.ts';

/** A table to which rows are only ever added, and what may be done to them after all: conditions in SQL on `old` and `new`. */
interface AppendOnly {
  table: SQLiteTable;
  except?: {
    /** Columns that may change, and when their change is refused. */
    columns: readonly Column[];
    unless: string;
    /** When a row may be deleted; then none may take its place. */
    removed: (row: 'old' | 'new') => string;
  };
}

/**
 * Contents are replaced or destroyed only when that was written down before as a redaction; the rules that they follow may be raised
 * without.
 */
function contents(
  subject: 'notice' | 'exposure',
  table: typeof noticeContents | typeof exposureContents,
  id: Column,
): AppendOnly {
  const { content, hash, salt, policy, version } = table;
  const redaction = (row: 'old' | 'new', kind: string) =>
    ddl`SELECT 1 FROM ${r} r WHERE r.${r.subject} = '${subject}' AND r.${r.id} = ${row}.${id} AND r.${r.version} = ${row}.${version} AND r.${r.kind} = '${kind}'`;
  return {
    table,
    except: {
      columns: [content, hash, salt, policy],
      unless: ddl`(old.${content}, old.${hash}, old.${salt}) IS NOT (new.${content}, new.${hash}, new.${salt})
    AND (old.${content} IS new.${content} OR old.${hash} IS new.${hash} OR old.${salt} IS new.${salt} OR NOT EXISTS (
      ${redaction('new', 'masked')} AND r.${r.policy} = new.${policy} AND r.${r.hash} = new.${hash}))`,
      removed: (row) => redaction(row, 'removed'),
    },
  };
}

export const APPEND_ONLY: readonly AppendOnly[] = [
  { table: noticeRevisions },
  { table: exposureRevisions },
  { table: exposureEvents },
  { table: r },
  contents('notice', noticeContents, noticeContents.noticeId),
  contents('exposure', exposureContents, exposureContents.exposureId),
];

/**
 * The triggers that keep a table append-only. INSERT OR REPLACE deletes the row that is in its way: with `recursive_triggers`, which
 * every connection has, that is refused like any DELETE.
 */
export function appendOnly({ table, except }: AppendOnly): SchemaObject[] {
  const name = getTableName(table);
  const refuse = (what: string, event: string, when?: string): SchemaObject => ({
    type: 'trigger',
    name: `${name}_no_${what}`,
    sql: `CREATE TRIGGER ${name}_no_${what} BEFORE ${event} ON ${name}${when ? `\nWHEN ${when}` : ''}
BEGIN SELECT RAISE(ABORT, '${name} is append-only'); END`,
  });
  return [
    refuse('update', 'UPDATE', except && `${changed(table, except.columns)}\n  OR ${except.unless}`),
    refuse('delete', 'DELETE', except && `NOT EXISTS (${except.removed('old')})`),
    ...(except ? [refuse('return', 'INSERT', `EXISTS (${except.removed('new')})`)] : []),
  ];
}

/** Whether an update changes any other column than some. */
function changed(table: SQLiteTable, but: readonly Column[]): string {
  const fixed = Object.values<Column>(getTableColumns(table)).filter((column) => !but.includes(column));
  const all = (row: 'old' | 'new') => fixed.map((column) => `${row}.${columnName(column)}`).join(', ');
  return `(${all('old')}) IS NOT (${all('new')})`;
}
