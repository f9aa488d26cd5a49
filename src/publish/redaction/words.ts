import { type Column, eq, getTableColumns, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { defineSelect, defineStatement } from '#db/query.ts';
import { rawItems, unknownCodes } from '#db/schema/index.ts';
import { bare } from '#db/sql-pieces.ts';
import type { Actor } from '#src/domain/actors.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { appendChange } from '../changes/append.ts';
import { BLOCKS } from '../library/blocks.ts';
import { SANITIZER_VERSION } from '../sanitize/sanitize.ts';
import { cleanWords } from './clean.ts';

const STATE = 'redaction.words';

/** Columns of words that are public and no versions. */
const PLACES = [
  ...BLOCKS.flatMap(({ table, fields }) => {
    const columns: Record<string, Column> = getTableColumns(table);
    const words = fields.filter(({ kind }) => kind === 'text').flatMap(({ column }) => columns[column] ?? []);
    return words.map((column) => toPlace(table, [table.id], column, isNotNull(column)));
  }),
  toPlace(rawItems, [rawItems.id], rawItems.reasons, eq(rawItems.state, 'rejected').inlineParams()),
  toPlace(
    unknownCodes,
    [unknownCodes.sourceKey, unknownCodes.kind, unknownCodes.value],
    unknownCodes.example,
    isNotNull(unknownCodes.example),
  ),
];

/** A column of words in the rows that a condition names, each known by its key. The words are the stored text, also of JSON. */
function toPlace(table: SQLiteTable, key: readonly Column[], column: Column, only: SQL) {
  const keys = Object.fromEntries(key.map((each, index) => [`key${index}`, each]));
  return {
    isLibrary: BLOCKS.some((block) => block.table === table),
    list: defineSelect(() => ({
      fields: { ...keys, words: sql<string>`${column}` },
      rest: sql`FROM ${table} WHERE ${only}`,
    })),
    save: defineStatement((p: Params<Record<string, unknown>>) => {
      const isRow = Object.entries(keys).map(([name, each]) => sql`${each} = ${p[name]}`);
      return sql`UPDATE ${table} SET ${bare(column)} = ${p.words} WHERE ${sql.join(isRow, sql` AND `)}`;
    }),
  };
}

/**
 * Cleans entries of registers and reasons on the sync board, each table in a transaction, once for the present rules. Returns how
 * many values were changed.
 */
export function redactWords(db: Db, actor: Actor): number {
  if (readKeyValue(db, STATE, '') === String(SANITIZER_VERSION)) return 0;
  const context = { actor, now: new Date().toISOString() };
  let changed = 0;
  for (const place of PLACES) changed += db.$client.transaction(() => redactColumn(db, place, context)).immediate();
  saveKeyValue(db, STATE, String(SANITIZER_VERSION));
  return changed;
}

function redactColumn(db: Db, { list, save, isLibrary }: (typeof PLACES)[number], context: WriteContext): number {
  const changed = list.all(db).flatMap((row) => {
    const words = cleanWords(row.words);
    return words === row.words ? [] : [{ ...row, words }];
  });
  for (const row of changed) {
    save.run(db, row);
    const id = String((row as Record<string, unknown>).key0);
    if (isLibrary) appendChange(db, { subject: 'library', id, version: null, kind: 'upsert' }, context);
  }
  return changed.length;
}
