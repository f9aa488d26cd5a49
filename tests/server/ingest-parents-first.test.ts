import { expect, onTestFinished, test } from 'vitest';
import { startRig } from '#tests/support/ingest-rig.ts';
import { makeItems } from '#tests/support/test-site.ts';

test('what was received for a notice is stored behind the notice that it names, new or changed', async () => {
  const rig = await startRig();
  onTestFinished(() => rig.close());
  // Foreign keys that are judged at once refuse a row whose parent comes later.
  const { $client } = rig.db;
  $client.unsafeMode();
  $client.pragma('writable_schema = ON');
  $client
    .prepare(
      `UPDATE sqlite_schema SET sql = replace(sql, 'DEFERRABLE INITIALLY DEFERRED', '') WHERE name = 'raw_items'`,
    )
    .run();
  $client.pragma('writable_schema = RESET');
  $client.unsafeMode(false);
  const orphan = `INSERT INTO raw_items (source_key, source_item_id, content_hash, list_item, received_at, run_id, state)
    VALUES ('nobody', 'x', 'x', '{}', '2026-01-01T00:00:00.000Z', 'none', 'accepted')`;
  $client.exec('BEGIN');
  expect(() => $client.exec(orphan)).toThrow('FOREIGN KEY constraint failed');
  $client.exec('ROLLBACK');

  rig.items = makeItems(5);
  expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 5, rejected: 0 });
  rig.items = rig.items.map((item) => ({ ...item, body: `${item.body}<p>更正：时间延后。</p>` }));
  expect(await rig.run({ full: true })).toMatchObject({ state: 'succeeded', changed: 5, rejected: 0 });
});
