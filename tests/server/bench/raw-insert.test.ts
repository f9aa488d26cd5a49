import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { insertRaw, readWritten } from '#scripts/bench/ingest/raw-insert.ts';
import { startRig } from '#tests/support/ingest-rig.ts';
import { makeItems } from '#tests/support/test-site.ts';

/** What a run leaves, apart from the record of the run itself. */
const TABLES = [
  ...[
    'projects',
    'raw_items',
    'notices',
    'notice_revisions',
    'notice_contents',
    'notice_aliases',
    'notice_texts',
    'notice_parties',
  ],
  ...['code_keys', 'attachments', 'changes', 'notice_counts'],
];

test('the raw insert writes exactly the rows that the pipeline wrote', async () => {
  const rig = await startRig();
  rig.items = makeItems(45);
  await rig.run();
  const path = join(rig.path, '../raw.db');
  expect(insertRaw(path, rig.db, readWritten(rig.db), 10)).toBeGreaterThan(0);
  const copy = openDatabase(path);
  for (const table of TABLES) {
    const rows = `SELECT * FROM ${table} ORDER BY 1, 2`;
    expect(copy.$client.prepare(rows).all(), table).toEqual(rig.rows(rows));
  }
  expect(rig.count('SELECT count(*) FROM notices')).toBe(45);
  copy.$client.close();
  await rig.close();
});
