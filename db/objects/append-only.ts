import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { changes, exposureEvents, exposureVersions, noticeVersions, redactions } from '../schema/index.ts';
import { IS_LAST_CHANGE } from './changes.ts';
import { columnName, ddl, type SchemaObject } from './ddl.ts';

/** What may be done to a row of an append-only table after all: a condition in SQL on `old` and `new` that forbids the rest. */
interface AppendOnly {
  table: SQLiteTable;
  /** Columns that may change, and when a change of them is refused; without it nothing may change. */
  except?: { columns: readonly Column[]; refused: string };
  /** When a DELETE is refused, if not always. */
  kept?: string;
}

/** A version is replaced only by what was written down before as its redaction; its sanitizerVersion alone may be raised without. */
function unlessRedacted(
  subject: 'notice' | 'exposure',
  version: typeof noticeVersions | typeof exposureVersions,
  id: Column,
): AppendOnly {
  const { content, hash, sanitizerVersion } = version;
  const r = redactions;
  return {
    table: version,
    except: {
      columns: [content, hash, sanitizerVersion],
      refused: ddl`(old.${content}, old.${hash}) IS NOT (new.${content}, new.${hash}) AND (old.${content} IS new.${content} OR old.${hash} IS new.${hash} OR NOT EXISTS (
    SELECT 1 FROM ${r} r WHERE r.${r.subject} = '${subject}' AND r.${r.id} = new.${id} AND r.${r.version} = new.${version.version}
      AND r.${r.sanitizerVersion} = new.${sanitizerVersion} AND r.${r.hash} = new.${hash}))`,
    },
  };
}

/** The tables to which rows are only ever added, with what is excepted. */
export const APPEND_ONLY: readonly AppendOnly[] = [
  unlessRedacted('notice', noticeVersions, noticeVersions.noticeId),
  unlessRedacted('exposure', exposureVersions, exposureVersions.exposureId),
  { table: exposureEvents },
  { table: redactions },
  { table: changes, kept: IS_LAST_CHANGE },
];

/**
 * The triggers that keep a table append-only. INSERT OR REPLACE deletes the row that is in its way: with `recursive_triggers`, which
 * every connection has, that is refused like any DELETE.
 */
export function appendOnly({ table, except, kept }: AppendOnly): SchemaObject[] {
  const name = getTableName(table);
  const refuse = `BEGIN SELECT RAISE(ABORT, '${name} is append-only'); END`;
  return [
    {
      type: 'trigger',
      name: `${name}_no_update`,
      sql: `CREATE TRIGGER ${name}_no_update BEFORE UPDATE ON ${name}${except ? `\nWHEN ${whenRefused(table, except)}` : ''}\n${refuse}`,
    },
    {
      type: 'trigger',
      name: `${name}_no_delete`,
      sql: `CREATE TRIGGER ${name}_no_delete BEFORE DELETE ON ${name}${kept ? `\nWHEN ${kept}` : ''}\n${refuse}`,
    },
  ];
}

function whenRefused(table: SQLiteTable, { columns, refused }: NonNullable<AppendOnly['except']>): string {
  const fixed = Object.values<Column>(getTableColumns(table)).filter((column) => !columns.includes(column));
  const all = (row: 'old' | 'new') => fixed.map((column) => `${row}.${columnName(column)}`).join(', ');
  return `(${all('old')})\n    IS NOT (${all('new')})\n  OR ${refused}`;
}
