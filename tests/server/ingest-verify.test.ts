import { afterEach, beforeEach, expect, test } from 'vitest';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { NOTICE_READER } from '#src/publish/facts/reading.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import { personalDataCheck } from '#src/server/verify/personal-data.ts';
import { readingCheck } from '#src/server/verify/reading.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItems } from '#tests/support/test-site.ts';

let rig: IngestRig;
const CHECKS = [
  ...DATABASE_CHECKS,
  readingCheck(NOTICE_READER),
  personalDataCheck((text) => redactPersonalData(text).masked),
];

beforeEach(async () => {
  rig = await startRig();
  rig.items = makeItems(20);
  await rig.run();
  await drainChanges(rig.db, null);
});

afterEach(() => rig.close());

test('a sound database breaks nothing', async () => {
  const results = await verifyInvariants(rig.db, CHECKS);
  expect(results.filter(({ breaches }) => breaches > 0)).toEqual([]);
  expect(results).toHaveLength(CHECKS.length);
});

const ONE = `(SELECT min(id) FROM notices)`;
const UNLOCK = 'DROP TRIGGER notice_contents_no_update; DROP TRIGGER notice_revisions_no_update;';

/** Each way of tampering, and the check that must notice it. */
test.each([
  ['storage', 'PRAGMA synchronous = NORMAL'],
  [
    'storage',
    `PRAGMA foreign_keys = OFF; UPDATE notices SET source_key = 'nobody' WHERE id = ${ONE}; PRAGMA foreign_keys = ON`,
  ],
  ['counts', 'UPDATE notice_counts SET total = total + 1'],
  ['counts', 'DELETE FROM notice_counts'],
  ['raw', `UPDATE raw_items SET notice_id = 'aaaaaaaaaaaa' WHERE id = 1`],
  ['current-version', `UPDATE notices SET version = 7 WHERE id = ${ONE}`],
  ['canonical', `UPDATE notices SET canonical_id = 'aaaaaaaaaaaa' WHERE id = ${ONE}`],
  ['projects', `DELETE FROM projects WHERE id = (SELECT project_id FROM notices WHERE id = ${ONE})`],
  ['runs', `UPDATE ingest_runs SET state = 'running', started_at = '2026-01-01T00:00:00.000Z'`],
  [
    'changes',
    `DROP TRIGGER changes_no_delete; DELETE FROM changes WHERE subject_id = (SELECT max(subject_id) FROM changes WHERE seq > 1); UPDATE notices SET updated_at = '2099-01-01T00:00:00.000Z'`,
  ],
  ['changes', `UPDATE key_values SET value = '999999' WHERE key = 'fts.cursor'`],
  ['append-only', UNLOCK],
  [
    'append-only',
    'DROP TRIGGER redactions_no_delete; CREATE TRIGGER redactions_no_delete BEFORE DELETE ON redactions WHEN 0 BEGIN SELECT 1; END',
  ],
  ['actors', `DROP TRIGGER changes_no_update; UPDATE changes SET actor = 'nobody' WHERE seq = 2`],
  ['triggers', 'DROP TRIGGER notice_counts_update'],
  ['triggers', 'DROP VIEW published_notices; CREATE VIEW published_notices AS SELECT * FROM notices'],
  ['built-in-index', `DELETE FROM search_documents WHERE notice_id = ${ONE}`],
  ['built-in-index', `UPDATE search_documents SET version = 9 WHERE notice_id = ${ONE}`],
  [
    'versions',
    `${UNLOCK} UPDATE notice_contents SET content = replace(content, '公开', '邀请') WHERE notice_id = ${ONE}`,
  ],
  ['versions', `${UNLOCK} UPDATE notice_revisions SET version = 3 WHERE notice_id = ${ONE}`],
  ['versions', `${UNLOCK} UPDATE notice_contents SET salt = 'other' WHERE notice_id = ${ONE}`],
  ['versions', `DROP TRIGGER notice_contents_no_delete; DELETE FROM notice_contents WHERE notice_id = ${ONE}`],
  ['reading', `UPDATE notices SET amount_fen = amount_fen + 1 WHERE id = ${ONE}`],
  ['reading', `UPDATE notices SET facts = json_remove(facts, '$.budget') WHERE id = ${ONE}`],
  ['reading', `UPDATE notices SET reading_rules = 0 WHERE id = ${ONE}`],
  ['rows', `UPDATE notices SET title = '改' WHERE id = ${ONE}`],
  ['rows', `DELETE FROM notice_texts WHERE notice_id = ${ONE}`],
  ['rows', `DELETE FROM notice_parties WHERE notice_id = ${ONE}`],
  ['rows', `DELETE FROM code_keys WHERE notice_id = ${ONE} AND whole = 1`],
  ['rows', `UPDATE notices SET withdrawn_at = '2026-01-01T00:00:00.000Z' WHERE id = ${ONE}`],
  ['dangling', `INSERT INTO notice_texts VALUES ('aaaaaaaaaaaa', 'x')`],
  [
    'personal-data',
    `${UNLOCK} UPDATE notice_contents SET content = json_set(content, '$.fields', json('{"税号":"370899198506071232"}')) WHERE notice_id = ${ONE}`,
  ],
  ['personal-data', `UPDATE notice_texts SET body = '联系人 13800138000' WHERE notice_id = ${ONE}`],
])('%s notices: %s', async (key, sql) => {
  // The database itself refuses most of it; a file can still be tampered with.
  rig.db.$client.exec(`PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; ${sql}`);
  rig.db.$client.exec('PRAGMA foreign_keys = ON');
  const results = await verifyInvariants(rig.db, CHECKS);
  expect(results.find((result) => result.key === key)?.breaches).toBeGreaterThan(0);
});
