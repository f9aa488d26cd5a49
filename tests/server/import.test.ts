import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Db } from '#db/client.ts';
import { commandActor } from '#src/domain/actors.ts';
import { DraftPool } from '#src/publish/items/draft-pool.ts';
import { listGroupIds, listGroups } from '#src/server/bulk/groups.ts';
import { walkBulkNotices } from '#src/server/bulk/notice.ts';
import { type ImportOptions, importFile } from '#src/server/push/bulk/import.ts';
import { issueKey } from '#src/server/push/keys.ts';
import { receivePush } from '#src/server/push/receive.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { makeNotice, toLines } from '#tests/support/push-client.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

const ITEMS = [
  ...Array.from({ length: 23 }, (_, index) => makeNotice(index)),
  makeNotice(30, { category: 'roads' }),
  makeNotice(3, { bodyHtml: '<p>预算金额：30 万元</p><p>采购人：曲阜市教育和体育局</p>' }),
  makeNotice(4),
  { id: 'QF-5', withdrawn: true },
  makeNotice(31, { county: 'zoucheng' }),
];
const TEXT = `${toLines(ITEMS)}\n{"id":"torn\n`;
const OPERATOR = commandActor('import', 'tester');

/** What both ways must leave behind: all but times, random salts and seals, and by whom and in which run it came. */
const ROWS = {
  notices:
    'SELECT id, source_key, source_item_id, version, title, stage, amount_fen, buyer, project_id, is_public FROM notices',
  versions: 'SELECT notice_id, version, content_version, reason FROM notice_revisions',
  contents: 'SELECT notice_id, version, content, hash FROM notice_contents',
  leaves: 'SELECT leaf_index, type, subject_id, version FROM log_leaves',
  changes: 'SELECT subject, seq, subject_id, version, kind FROM changes',
  raw: 'SELECT source_key, source_item_id, content_hash, list_item, state, reasons, notice_id, notice_version FROM raw_items',
  parties: 'SELECT notice_id, role, name FROM notice_parties',
  texts: 'SELECT notice_id, body FROM notice_texts',
  codes: 'SELECT key, notice_id FROM code_keys',
  deals: 'SELECT project_id, state, course FROM deals',
};
const readAll = (db: Db) =>
  Object.fromEntries(
    Object.entries(ROWS).map(([name, text]) => [
      name,
      db.$client
        .prepare(text)
        .raw()
        .all()
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );

const folder = mkdtempSync(join(tmpdir(), 'tongming-import-'));
const pushed = openTestDatabase();
const imported = openTestDatabase();
beforeAll(async () => {
  const pool = new DraftPool({ threads: 1 });
  const { keyId } = issueKey(pushed.db, 'qufu', 'http://portal.example', new Date().toISOString());
  const path = save('pushed.ndjson', TEXT);
  const named = { nonce: randomUUID(), idempotencyKey: randomUUID(), digest: randomUUID() };
  const sender = { kind: 'notices', county: 'qufu', sourceKey: 'push-qufu', keyId } as const;
  await receivePush(pushed.db, pool, { ...sender, ...named, path, format: 'lines' });
  await pool.close();
});
afterAll(() => {
  pushed.close();
  imported.close();
  removeFolder(folder);
});

function save(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const take = (db: Db, path: string, options: ImportOptions = {}) =>
  importFile(db, { kind: 'notices', county: 'qufu', path, actor: OPERATOR }, { threads: 2, batch: 5, ...options });

it('an import that is cut off twice leaves what a push leaves, names what it refuses, and changes nothing when it is repeated', async () => {
  const path = save('items.ndjson.gz', gzipSync(TEXT));
  const refused: [number, string | null][] = [];
  const onRefused = (number: number, { id }: { id: string | null }) => void refused.push([number, id]);
  let saved = 0;
  const dying = take(imported.db, path, {
    onRefused,
    onProgress: () => {
      saved++;
      throw new Error('killed');
    },
  });
  // As a kill leaves it: one transaction stored, the run's record still open.
  await expect(dying).rejects.toThrow('killed');
  expect(saved).toBe(1);
  const stopping = new AbortController();
  const stopped = await take(imported.db, path, {
    onRefused,
    signal: stopping.signal,
    onProgress: () => stopping.abort(),
  });
  expect(stopped).toMatchObject({ resumedAt: 5, lines: 10, isDone: false });
  const whole = await take(imported.db, path, { onRefused });
  expect(whole).toMatchObject({ resumedAt: 10, lines: 29, isDone: true });
  expect(whole.tally).toEqual({ created: 23, changed: 2, unchanged: 1, rejected: 3 });
  expect(refused).toEqual([
    [24, 'QF-30'],
    [28, 'QF-31'],
    [29, null],
  ]);
  expect(readAll(imported.db)).toEqual(readAll(pushed.db));
  const runs = imported.db.$client.prepare('SELECT state, created FROM ingest_runs ORDER BY started_at, rowid').raw();
  expect(runs.all()).toEqual([
    ['interrupted', 0],
    ['interrupted', 5],
    ['succeeded', 13],
  ]);
  const actors = imported.db.$client.prepare('SELECT DISTINCT actor FROM changes').pluck();
  expect(actors.all()).toEqual([OPERATOR]);
  const before = readAll(imported.db);
  expect(await take(imported.db, path)).toMatchObject({ resumedAt: 29, isDone: true });
  expect(readAll(imported.db)).toEqual(before);
  const checks = DATABASE_CHECKS.filter(({ key }) => !key.includes('index'));
  expect((await verifyInvariants(imported.db, checks)).filter(({ breaches }) => breaches > 0)).toEqual([]);
});

it('takes the bulk files that a portal writes', async () => {
  const other = openTestDatabase();
  const ids = listGroups(pushed.db).flatMap((group) => listGroupIds(pushed.db, group));
  const lines: string[] = [];
  for await (const batch of walkBulkNotices(pushed.db, ids))
    for (const notice of batch) lines.push(JSON.stringify(notice));
  expect(lines.length).toBe(22);
  const { tally } = await take(other.db, save('bulk.ndjson', lines.join('\n')));
  expect(tally).toEqual({ created: 22, changed: 0, unchanged: 0, rejected: 0 });
  const said =
    'SELECT title, category, stage, county, published_at, published_precision, buyer, amount_fen FROM notices WHERE is_public = 1';
  const read = ({ $client }: Db) =>
    $client
      .prepare(said)
      .raw()
      .all()
      .map((row) => JSON.stringify(row))
      .sort();
  expect(read(other.db)).toEqual(read(pushed.db));
  other.close();
});
