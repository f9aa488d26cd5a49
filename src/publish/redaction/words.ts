import type { Db } from '#db/client.ts';
import type { Actor } from '#src/domain/actors.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { recordChange } from '../changes/record.ts';
import { BLOCKS } from '../library/blocks.ts';
import { SANITIZE_POLICY } from '../sanitize/sanitize.ts';
import { findRow, listRows, run } from '../statements.ts';
import { cleanWords } from './clean.ts';

const STATE = 'redaction.words';
const READ_STATE = 'SELECT value FROM states WHERE key = ?';
const SAVE_STATE = `INSERT INTO states (key, value, updated_at) VALUES (@key, @value, @now)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`;

type Place = [table: string, key: readonly string[], column: string];

/** Columns of words that are public and no versions: table, columns of its key, column. */
const PLACES: readonly Place[] = [
  ...BLOCKS.flatMap(({ key, fields }) =>
    fields.filter(({ kind }) => kind === 'text').map(({ column }): Place => [key, ['id'], column]),
  ),
  ['raw_items', ['id'], 'reasons'],
  ['unknown_codes', ['source_key', 'kind', 'value'], 'example'],
];

/**
 * Cleans entries of registers and reasons on the sync board, each table in a transaction, once for the present rules. Returns how
 * many values were changed.
 */
export function redactWords(db: Db, actor: Actor): number {
  const context = { actor, now: new Date().toISOString() };
  if (findRow<{ value: string }>(db, READ_STATE, STATE)?.value === String(SANITIZE_POLICY)) return 0;
  let changed = 0;
  for (const place of PLACES) changed += db.$client.transaction(() => redactColumn(db, place, context)).immediate();
  run(db, SAVE_STATE, { key: STATE, value: String(SANITIZE_POLICY), now: context.now });
  return changed;
}

function redactColumn(db: Db, [table, key, column]: Place, context: WriteContext): number {
  const only = table === 'raw_items' ? `state = 'rejected'` : `${column} IS NOT NULL`;
  const rows = listRows<Record<string, unknown>>(
    db,
    `SELECT ${[...key, column].join(', ')} FROM ${table} WHERE ${only}`,
  );
  const where = key.map((name) => `${name} = @${name}`).join(' AND ');
  const isLibrary = BLOCKS.some((block) => block.key === table);
  let changed = 0;
  for (const row of rows) {
    const before = String(row[column]);
    const after = cleanWords(before);
    if (after === before) continue;
    run(db, `UPDATE ${table} SET ${column} = @after WHERE ${where}`, {
      ...Object.fromEntries(key.map((name) => [name, row[name]])),
      after,
    });
    if (isLibrary) recordChange(db, { subject: 'library', id: String(row.id), version: null, kind: 'upsert' }, context);
    changed++;
  }
  return changed;
}
