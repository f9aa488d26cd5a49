import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { hashLeaf } from '#src/domain/tlog/merkle.ts';
import { formatVerifierKey, parseNote } from '#src/domain/tlog/note.ts';
import { decodeEntries, encodeEntries } from '#src/domain/tlog/tiles.ts';
import { logKey } from '#src/publish/log/append.ts';
import { runCheck } from '#src/server/verify/check.ts';
import { CONTENT_CHECKS } from '#src/server/verify/content.ts';
import { logChecks } from '#src/server/verify/publication-log.ts';
import { publishLeaves } from '#src/tlog/checkpoints.ts';
import { openLog } from '#src/tlog/publication-log.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItems } from '#tests/support/test-site.ts';

const SITE = 'https://city.example';
const ITEMS = 300;

let rig: IngestRig;
let data: string;
let folder: string;

beforeAll(async () => {
  rig = await startRig();
  data = join(dirname(rig.path), 'data');
  folder = join(data, 'log');
  mkdirSync(folder, { recursive: true });
  rig.items = makeItems(ITEMS);
  await rig.run();
  await sign();
});
afterAll(() => rig.close());

/** Signs what the database tells, as the worker does. */
async function sign(): Promise<void> {
  const parts = await openLog(rig.db, { dataDirectory: data, siteUrl: SITE });
  logKey(rig.db, formatVerifierKey(parts.signer.key), '2026-06-15T04:00:00.000Z');
  await publishLeaves(parts);
  parts.guard.close();
}

/** What `npm run verify` says of the log and of contents. */
async function find(): Promise<string[]> {
  const checks = [...logChecks(data), ...CONTENT_CHECKS];
  const results = [];
  for (const check of checks) results.push(await runCheck(rig.db, check));
  return results.flatMap(({ examples }) => examples);
}

/** Finds out what is said while a file has another byte somewhere. */
async function withByte(name: string, at: number): Promise<string[]> {
  const path = join(folder, name);
  const whole = readFileSync(path);
  writeFileSync(path, whole.with(at, (whole[at] ?? 0) ^ 1));
  const found = await find();
  writeFileSync(path, whole);
  return found;
}

/** The same while a row is another, past the triggers. */
async function withRow(sql: string): Promise<string[]> {
  const { $client } = rig.db;
  $client.exec('SAVEPOINT tamper');
  for (const name of $client.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()) {
    $client.exec(`DROP TRIGGER "${name}"`);
  }
  $client.exec(sql);
  const found = await find();
  $client.exec('ROLLBACK TO tamper; RELEASE tamper');
  return found;
}

const places = (length: number) => [0, Math.floor(length / 2), length - 1];

describe('a single byte that somebody changed', () => {
  it('of a tile, a bundle, the checkpoint or the key is found, in the file where it is', async () => {
    expect(await find()).toEqual([]);
    for (const name of [
      'tile/0/000',
      'tile/0/001.p/45',
      'tile/1/000.p/1',
      'tile/entries/000',
      'tile/entries/001.p/45',
    ]) {
      for (const at of places(readFileSync(join(folder, name)).length)) {
        expect(await withByte(name, at)).toEqual([`${name} 被改动`]);
      }
    }
    for (const name of ['checkpoint', 'vkey']) {
      for (const at of places(readFileSync(join(folder, name)).length - 1)) {
        expect(await withByte(name, at), `${name} ${at}`).not.toEqual([]);
      }
    }
  });

  it('of a leaf, a seal, a salt or a content is found, in the row where it is', async () => {
    const [row] = rig.rows('SELECT notice_id AS id FROM notice_contents WHERE rowid = 7') as [{ id: string }];
    for (const column of ['salt', 'content']) {
      const sql = `UPDATE notice_contents SET ${column} = replace(${column}, substr(${column}, 20, 1), 'x') WHERE notice_id = '${row.id}'`;
      expect((await withRow(sql)).join('\n'), column).toContain(row.id);
    }
    const seal = `UPDATE notice_revisions SET seal = 'x' || substr(seal, 2) WHERE notice_id = '${row.id}'`;
    expect((await withRow(seal)).join('\n')).toContain(row.id);
    const leaf = `UPDATE log_leaves SET entry = replace(entry, '"sha256":"', '"sha256":"0') WHERE leaf_index = 260`;
    const found = (await withRow(leaf)).join('\n');
    expect(found).toContain('第 260 条');
    expect(found).toContain('tile/entries/001.p/45 被改动');
    const order = `UPDATE log_leaves SET entry = (SELECT entry FROM log_leaves WHERE leaf_index = 9) WHERE leaf_index = 8`;
    expect((await withRow(order)).join('\n')).toContain('第 8 条');
  });

  it('of an entry, with the hash that it would have then, is found in a log whose size is no round number', async () => {
    const { size } = parseCheckpoint(parseNote(readFileSync(join(folder, 'checkpoint'), 'utf8')).text);
    expect(size).toBe(ITEMS + 1);
    const width = size % 256;
    const [bundle, tile] = [`tile/entries/001.p/${width}`, `tile/0/001.p/${width}`];
    const before = [readFileSync(join(folder, bundle)), readFileSync(join(folder, tile))] as const;
    const entries = decodeEntries(before[0], width).map((entry) => Buffer.from(entry));
    const forged = Buffer.from((entries[20] ?? Buffer.from('')).toString().replace('publish', 'restore'));
    writeFileSync(join(folder, bundle), encodeEntries(entries.with(20, forged)));
    const hashes = Buffer.from(before[1]);
    hashes.set(hashLeaf(forged), 20 * 32);
    writeFileSync(join(folder, tile), hashes);
    expect((await find()).sort()).toEqual([`${tile} 被改动`, `${bundle} 被改动`].sort());
    for (const [at, name] of [bundle, tile].entries()) writeFileSync(join(folder, name), before[at] ?? '');
  });
});

describe('the key of the log', () => {
  const signers = () => readFileSync(join(folder, 'checkpoint'), 'utf8').trimEnd().split('\n\n')[1]?.split('\n').length;
  /** `npm run log:key` with a word. */
  const run = (word: string) =>
    execFileSync(process.execPath, ['scripts/log-key.ts', word], {
      env: { ...process.env, DATA_DIR: data, SITE_URL: SITE },
      encoding: 'utf8',
    });

  it('is rotated: the old one vouches for the new one until it is retired, and the log tells of both', async () => {
    const old = readFileSync(join(folder, 'vkey'), 'utf8').trim();
    expect(run('rotate')).toContain('Restart the worker');
    await sign();
    const fresh = readFileSync(join(folder, 'vkey'), 'utf8').trim();
    expect(fresh).not.toBe(old);
    expect(fresh.split('+')[0]).toBe(old.split('+')[0]);
    expect(signers()).toBe(2);
    expect(() => run('rotate')).toThrow('retire');
    expect(await find()).toEqual([]);
    run('retire');
    rig.items = makeItems(ITEMS + 1);
    await rig.run({ full: true });
    await sign();
    expect(signers()).toBe(1);
    const keys = rig.rows("SELECT subject_id AS key FROM log_leaves WHERE type = 'key' ORDER BY leaf_index");
    expect(keys).toEqual([{ key: old }, { key: fresh }]);
  });
});
