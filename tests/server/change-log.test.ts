import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { readEpoch } from '#db/epoch.ts';
import { readKeyValue } from '#db/key-values.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { actorKind } from '#src/domain/actors.ts';
import { appendChange } from '#src/publish/changes/append.ts';
import { beginAtEnd, endOf, follow, readPosition, waitingSince } from '#src/publish/changes/follow.ts';
import { lastChange, listAfter } from '#src/publish/changes/read.ts';
import { makeFolder, TAGS } from '#tests/support/migration-folders.ts';
import { byTester } from '#tests/support/writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'tongming-changes-'));
let number = 0;
const nextPath = () => join(folder, `${number++}.db`);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

describe('the change log', () => {
  let db: Db;
  beforeEach(() => {
    db = openDatabase(nextPath());
  });
  afterEach(() => {
    db.$client.close();
  });

  const notice = (id: string, version = 1) =>
    appendChange(db, { subject: 'notice', id, version, kind: 'upsert' }, byTester());
  const entry = (id: string) => appendChange(db, { subject: 'library', id, version: null, kind: 'upsert' }, byTester());

  test('numbers each subject by itself, and keeps every change of a notice but only the last of an entry', () => {
    expect([notice('a'), entry('x'), notice('a', 2), entry('y'), entry('x')]).toEqual([1, 1, 2, 2, 3]);
    expect(listAfter(db, 'notice', 0, 10).map(({ seq, version }) => [seq, version])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(listAfter(db, 'library', 0, 10).map(({ seq, subjectId }) => [seq, subjectId])).toEqual([
      [2, 'y'],
      [3, 'x'],
    ]);
    expect(listAfter(db, 'notice', 1, 10)).toHaveLength(1);
  });

  test.each([
    ['rewritten', `UPDATE changes SET actor = 'job:redact'`],
    ['taken out', `DELETE FROM changes WHERE subject = 'notice'`],
    ['taken out where nothing tells of the entry anew', `DELETE FROM changes WHERE subject = 'library'`],
    ['replaced', `INSERT OR REPLACE INTO changes SELECT subject, seq, 'other', 1, kind, actor, at FROM changes`],
    [
      'put behind readers',
      `INSERT INTO changes SELECT subject, 1, 'late', 1, kind, actor, at FROM changes WHERE seq = 2`,
    ],
  ])('is never %s', (_what, sql) => {
    notice('a');
    notice('b');
    entry('x');
    entry('x');
    const before = db.$client.prepare('SELECT * FROM changes').all();
    expect(() => db.$client.exec(sql)).toThrow(/append-only|UNIQUE/);
    expect(db.$client.prepare('SELECT * FROM changes').all()).toEqual(before);
  });

  test('looks only at what was told of an entry before, however many others there are', () => {
    const { $client } = db;
    const prepare = $client.prepare.bind($client);
    const texts: string[] = [];
    $client.prepare = ((sql: string) => {
      texts.push(sql);
      return prepare(sql);
    }) as typeof $client.prepare;
    entry('x');
    const [prune] = texts.filter((sql) => /\bDELETE\b/.test(sql));
    const plan = prepare(`EXPLAIN QUERY PLAN ${prune}`).all('library', 'x', 1) as { detail: string }[];
    expect(plan.map(({ detail }) => detail)).toEqual([
      'SEARCH changes USING INDEX changes_subject (subject=? AND subject_id=? AND seq<?)',
    ]);
  });

  test('is followed page by page; a position that was not kept is taken again', () => {
    for (const id of ['a', 'b', 'a']) notice(id);
    const first = follow(db, 'builtInIndex', 2);
    expect([first?.ids, first?.last]).toEqual([['a', 'b'], 2]);
    expect(follow(db, 'builtInIndex', 2)?.ids).toEqual(['a', 'b']);
    first?.keep();
    expect(readPosition(db, 'builtInIndex')).toBe(2);
    expect(waitingSince(db, 'builtInIndex')).not.toBeNull();
    const second = follow(db, 'builtInIndex', 10);
    expect(second?.ids).toEqual(['a']);
    second?.keep();
    expect([follow(db, 'builtInIndex', 10), waitingSince(db, 'builtInIndex')]).toEqual([undefined, null]);
    expect([readPosition(db, 'engineIndex'), endOf(db, 'engineIndex')]).toEqual([0, 3]);
  });

  test('lets who wants news only begin at its end', () => {
    notice('a');
    expect(beginAtEnd(db, 'notifier')).toBe(true);
    expect(follow(db, 'notifier', 10)).toBeUndefined();
    notice('b');
    expect(beginAtEnd(db, 'notifier')).toBe(false);
    expect(follow(db, 'notifier', 10)?.ids).toEqual(['b']);
  });
});

describe('a database from before the change log', () => {
  const NOW = '2026-06-15T04:00:00.000Z';
  const earlier = () => makeFolder(TAGS.findIndex((tag) => tag.endsWith('_change_log')));

  function openEarlier(fill: string): Db {
    const path = nextPath();
    const client = new Database(path);
    migrateDatabase(client, earlier());
    client.pragma('foreign_keys = OFF');
    client.exec(fill);
    const epoch = client.prepare(`SELECT value FROM states WHERE key = 'changes.epoch'`).pluck().get();
    client.close();
    const db = openDatabase(path);
    expect(epoch).toMatch(/^[0-9a-f]{16}$/);
    db.$client.exec(`INSERT INTO key_values VALUES ('epoch before', '${epoch}', '${NOW}')`);
    return db;
  }
  const outbox = (...ids: string[]) =>
    ids
      .map((id) => `INSERT INTO outbox (kind, notice_id, version, created_at) VALUES ('${id}', 1, '${NOW}');`)
      .join('');
  const FILL = `
    ${outbox(`notice.upsert', 'a`, `notice.upsert', 'b`, `notice.remove', 'a`)}
    INSERT INTO states VALUES ('fts.cursor', '2', '${NOW}'), ('notify.cursor', '3', '${NOW}');
    INSERT INTO exposure_changes (seq, exposure_id, created_at) VALUES (4, 'e', '${NOW}'), (9, 'f', '${NOW}');
    INSERT INTO organizations (id, name, name_key, created_at, updated_at) VALUES ('o', '示例', '示例', '${NOW}', '${NOW}');
    INSERT INTO honours (id, organization_id, source, checked_at, name) VALUES ('h', 'o', '示例名录', '${NOW}', '示例奖');
    UPDATE honours SET name = '又一奖';
    INSERT INTO organization_changes (kind, organization_id, reason, decided_by, decided_at) VALUES ('split', 'o', '示例', '张三', '${NOW}');`;

  test('keeps its numbers, its epoch and the positions of all who follow', () => {
    const db = openEarlier(FILL);
    const list = (subject: 'notice' | 'exposure' | 'library') =>
      listAfter(db, subject, 0, 10).map(({ seq, subjectId, kind }) => `${seq} ${subjectId} ${kind}`);
    expect(list('notice')).toEqual(['1 a upsert', '2 b upsert', '3 a remove']);
    expect(list('exposure')).toEqual(['4 e upsert', '9 f upsert']);
    expect(list('library')).toEqual(['2 h upsert']);
    expect(readEpoch(db)).toBe(readKeyValue(db, 'epoch before', ''));
    expect(follow(db, 'builtInIndex', 10)?.changes).toMatchObject([
      { seq: 3, subjectId: 'a', kind: 'remove', at: NOW },
    ]);
    expect(follow(db, 'notifier', 10)).toBeUndefined();
    // Whoever followed to the end is told of what comes next, and of nothing again.
    expect(appendChange(db, { subject: 'exposure', id: 'e', version: 2, kind: 'upsert' }, byTester())).toBe(10);
    expect(listAfter(db, 'exposure', 9, 10)).toHaveLength(1);
    const actors = db.$client.prepare('SELECT DISTINCT actor FROM changes WHERE seq < 10').pluck().all();
    expect(actors).toEqual(['unknown']);
    expect(actorKind(String(actors[0]))).toBeUndefined();
    const decided = String(db.$client.prepare('SELECT decided_by FROM organization_changes').pluck().get());
    expect([decided, actorKind(decided)]).toEqual(['command:organizations 张三', 'command']);
    db.$client.close();
  });

  test('begins another epoch when numbers that it gave out are gone', () => {
    const db = openEarlier(`${FILL} DELETE FROM outbox WHERE seq > 1;`);
    expect(readEpoch(db)).not.toBe(readKeyValue(db, 'epoch before', ''));
    expect([lastChange(db, 'notice'), readPosition(db, 'builtInIndex'), readPosition(db, 'notifier')]).toEqual([
      1, 1, 1,
    ]);
    db.$client.close();
  });
});
