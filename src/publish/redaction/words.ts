import type { Db } from '#db/client.ts';
import { BLOCKS } from '../library/blocks.ts';
import { SANITIZE_POLICY } from '../sanitize/sanitize.ts';
import { findRow, listRows, run } from '../statements.ts';
import { cleanWords } from './clean.ts';

const STATE = 'redaction.words';
const READ_STATE = 'SELECT value FROM states WHERE key = ?';
const SAVE_STATE = `INSERT INTO states (key, value, updated_at) VALUES (@key, @value, @now)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`;

/** Columns of words that are public and no versions: table, columns of its key, column. */
const PLACES: readonly [table: string, key: readonly string[], column: string][] = [
  ...BLOCKS.flatMap(({ key, fields }) =>
    fields
      .filter(({ kind }) => kind === 'text')
      .map(({ column }): [string, readonly string[], string] => [key, ['id'], column]),
  ),
  ['raw_items', ['id'], 'reasons'],
  ['unknown_codes', ['source_key', 'kind', 'value'], 'example'],
];

/**
 * Cleans entries of registers and reasons on the sync board, each table in a transaction, once for the present rules. Returns how
 * many values were changed.
 */
export function redactWords(db: Db): number {
  if (findRow<{ value: string }>(db, READ_STATE, STATE)?.value === String(SANITIZE_POLICY)) return 0;
  let changed = 0;
  for (const place of PLACES) changed += db.$client.transaction(() => redactColumn(db, ...place)).immediate();
  run(db, SAVE_STATE, { key: STATE, value: String(SANITIZE_POLICY), now: new Date().toISOString() });
  return changed;
}

function redactColumn(db: Db, table: string, key: readonly string[], column: string): number {
  const only = table === 'raw_items' ? `state = 'rejected'` : `${column} IS NOT NULL`;
  const rows = listRows<Record<string, unknown>>(
    db,
    `SELECT ${[...key, column].join(', ')} FROM ${table} WHERE ${only}`,
  );
  const where = key.map((name) => `${name} = @${name}`).join(' AND ');
  let changed = 0;
  for (const row of rows) {
    const before = String(row[column]);
    const after = cleanWords(before);
    if (after === before) continue;
    run(db, `UPDATE ${table} SET ${column} = @after WHERE ${where}`, {
      ...Object.fromEntries(key.map((name) => [name, row[name]])),
      after,
    });
    changed++;
  }
  return changed;
}
