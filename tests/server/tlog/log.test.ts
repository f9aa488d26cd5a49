import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { fromUtf8 } from '#src/domain/tlog/bytes.ts';
import { parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { parseLeaf } from '#src/domain/tlog/leaf.ts';
import { hashLeaf, hashRange, inclusionRanges, isIncluded } from '#src/domain/tlog/merkle.ts';
import { formatVerifierKey, parseNote } from '#src/domain/tlog/note.ts';
import { decodeEntries, newTiles, readTiles, tilePath } from '#src/domain/tlog/tiles.ts';
import { verifyNote } from '#src/domain/tlog/verify-note.ts';
import { logExisting } from '#src/publish/log/versions.ts';
import { runCheck } from '#src/server/verify/check.ts';
import { logChecks } from '#src/server/verify/publication-log.ts';
import { catchUpLeaves } from '#src/tlog/catch-up.ts';
import { LogBehindError, LogForkedError, publishLeaves } from '#src/tlog/checkpoints.ts';
import { writeDurably } from '#src/tlog/files.ts';
import { SigningGuard } from '#src/tlog/guard.ts';
import { loadKey, type SigningKey } from '#src/tlog/keys.ts';
import { readTileFiles } from '#src/tlog/read/files.ts';
import { countLeaves, listLeaves } from '#src/tlog/read/leaves.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { insertNotices, seedSources, toSeedNotice } from '#tests/support/seed-notices.ts';
import { copyMigrated } from '#tests/support/templates.ts';
import { makeItems } from '#tests/support/test-site.ts';

const ORIGIN = 'city.example/log';

let rig: IngestRig;
let folder: string;
let guard: SigningGuard;
let signer: SigningKey;

beforeEach(async () => {
  rig = await startRig();
  const data = join(dirname(rig.path), 'data');
  folder = join(data, 'log');
  mkdirSync(folder, { recursive: true });
  guard = new SigningGuard(join(data, 'keys/guard.db'));
  signer = await loadKey(join(data, 'keys/log.pem'), ORIGIN);
});

afterEach(async () => {
  guard.close();
  await rig.close();
});

const parts = () => ({ db: rig.db, folder, guard, signer });
const checkpointOf = () => parseNote(readFileSync(join(folder, 'checkpoint'), 'utf8'));

/** Every file that is served, with its bytes. */
const filesOf = (where: string) =>
  new Map(
    readdirSync(where, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(where, name)).isFile())
      .map((name) => [name, readFileSync(join(where, name)).toString('base64')]),
  );

/** What a stranger finds who has the key and the files alone: which entries are not proved. */
async function auditFiles(): Promise<{ entries: string[]; faults: number[] }> {
  const note = checkpointOf();
  expect(verifyNote(note, [signer.key])).toHaveLength(1);
  const { size, root } = parseCheckpoint(note.text);
  const tiles = newTiles(0, size);
  const hashes = await readTileFiles(
    folder,
    tiles.filter(({ level }) => level !== 'entries'),
  );
  const read = readTiles(size, hashes);
  const entries = tiles
    .filter(({ level }) => level === 'entries')
    .flatMap((tile) => decodeEntries(readFileSync(join(folder, tilePath(tile))), tile.width));
  const faults = entries.flatMap((entry, index) => {
    const proof = inclusionRanges(index, size).map((range) => hashRange(range, read));
    return isIncluded(hashLeaf(entry), index, size, proof, root) ? [] : [index];
  });
  return { entries: entries.map(fromUtf8), faults };
}

describe('the publication log', () => {
  it('has a leaf for every version, in its transaction, with the seal that the salt opens', async () => {
    rig.items = makeItems(300);
    await rig.run();
    rig.items = rig.items.map((item, at) => (at % 50 === 0 ? { ...item, body: `${item.body}<p>更正</p>` } : item));
    await rig.run({ full: true });
    const stored = rig.rows('SELECT notice_id AS id, version, seal FROM notice_revisions ORDER BY notice_id, version');
    const leaves = listLeaves(rig.db, 0, countLeaves(rig.db)).map(({ entry }) => parseLeaf(entry));
    expect(leaves).toHaveLength(stored.length);
    const told = leaves.map(({ id, version, sha256 }) => ({ id, version, seal: sha256 }));
    const order = (row: { id?: unknown; version?: unknown }) => `${row.id} ${row.version}`;
    expect(told.sort((a, b) => (order(a) < order(b) ? -1 : 1))).toEqual(
      stored.sort((a, b) => (order(a) < order(b) ? -1 : 1)),
    );
    for (const leaf of leaves.filter(({ version }) => version === 2)) {
      expect(leaves[leaf.prev ?? -1]).toMatchObject({ id: leaf.id, version: 1 });
    }
    await publishLeaves(parts());
    expect(await auditFiles()).toEqual({
      entries: listLeaves(rig.db, 0, leaves.length).map(({ entry }) => entry),
      faults: [],
    });
    expect(await rig.breaches()).toEqual([]);
  });

  it('makes the same bytes at once and step by step, over tiles that become whole', async () => {
    seedSources(rig.db);
    insertNotices(
      rig.db,
      Array.from({ length: 1_030 }, (_, number) => toSeedNotice(number)),
    );
    await logExisting(rig.db);
    expect(countLeaves(rig.db)).toBe(1_030);
    // Before there was a log, versions were written without leaves: a second call finds nothing more.
    expect(await logExisting(rig.db)).toBe(0);
    await publishLeaves(parts());
    const whole = filesOf(folder);
    expect((await auditFiles()).faults).toEqual([]);
    rmSync(folder, { recursive: true });
    // Lost files are made anew from the leaves, and are what was signed.
    mkdirSync(folder);
    await publishLeaves(parts());
    expect(filesOf(folder)).toEqual(whole);
    insertNotices(rig.db, [toSeedNotice(2_000)]);
    await logExisting(rig.db);
    await publishLeaves(parts());
    expect((await auditFiles()).faults).toEqual([]);
    for (const [name, bytes] of filesOf(folder))
      if (whole.has(name) && name !== 'checkpoint') expect(bytes).toBe(whole.get(name));
  });

  it('signs nothing from an older copy of the database, nor from one that tells another story', async () => {
    rig.items = makeItems(40);
    await rig.run();
    rig.db.$client.pragma('wal_checkpoint(TRUNCATE)');
    const copy = join(dirname(rig.path), 'copy.db');
    copyFileSync(rig.path, copy);
    rig.items = makeItems(60);
    await rig.run({ full: true });
    await publishLeaves(parts());
    const signed = checkpointOf();

    const db = openDatabase(copy);
    await expect(publishLeaves({ ...parts(), db })).rejects.toThrow(LogBehindError);
    // As many leaves, but others: the guard has seen what was signed, and the tree does not begin with it.
    seedSources(db);
    insertNotices(
      db,
      Array.from({ length: 100 }, (_, number) => toSeedNotice(number)),
    );
    await logExisting(db);
    await expect(publishLeaves({ ...parts(), db })).rejects.toThrow(LogForkedError);
    db.$client.close();
    expect(checkpointOf()).toEqual(signed);
  });

  it('gives a restored copy the leaves that were signed since, from what is served, and goes on', async () => {
    rig.items = makeItems(40);
    await rig.run();
    rig.db.$client.pragma('wal_checkpoint(TRUNCATE)');
    const copy = join(dirname(rig.path), 'copy.db');
    copyFileSync(rig.path, copy);
    rig.items = makeItems(300);
    await rig.run({ full: true });
    await publishLeaves(parts());
    const told = listLeaves(rig.db, 0, 300);
    const db = openDatabase(copy);
    expect(await catchUpLeaves(db, folder, guard)).toBe(260);
    expect(await catchUpLeaves(db, folder, guard)).toBe(0);
    expect(listLeaves(db, 0, 300)).toEqual(told);
    seedSources(db);
    insertNotices(db, [toSeedNotice(1)]);
    await logExisting(db);
    expect(await publishLeaves({ ...parts(), db })).toMatchObject({ size: 301 });
    expect((await auditFiles()).faults).toEqual([]);
    db.$client.close();
  });

  it('takes over nothing that was not signed', async () => {
    rig.items = makeItems(40);
    await rig.run();
    await publishLeaves(parts());
    const path = join(folder, 'tile/entries/000.p/40');
    writeFileSync(path, readFileSync(path, 'latin1').replace('"version":1', '"version":2'), 'latin1');
    copyMigrated(join(dirname(rig.path), 'fresh.db'));
    const fresh = openDatabase(join(dirname(rig.path), 'fresh.db'));
    await expect(catchUpLeaves(fresh, folder, guard)).rejects.toThrow(LogForkedError);
    expect(countLeaves(fresh)).toBe(0);
    fresh.$client.close();
  });

  it('goes on from whatever a kill left', async () => {
    rig.items = makeItems(20);
    await rig.run();
    await publishLeaves(parts());
    rig.items = makeItems(30);
    await rig.run({ full: true });
    // Tiles were written and the guard was not told; half a file; the guard was told and the checkpoint was not written.
    writeFileSync(join(folder, 'tile/0/000.p/30'), 'half');
    writeFileSync(join(folder, 'tile/0/000.p/30.part'), 'half');
    await publishLeaves(parts());
    expect((await auditFiles()).entries).toHaveLength(30);
    expect((await auditFiles()).faults).toEqual([]);
    const signed = readFileSync(join(folder, 'checkpoint'), 'utf8');
    rmSync(join(folder, 'checkpoint'));
    await publishLeaves(parts());
    expect(readFileSync(join(folder, 'checkpoint'), 'utf8')).toBe(signed);
  });

  it('lets nobody change or take away a leaf', async () => {
    rig.items = makeItems(3);
    await rig.run();
    for (const sql of [
      'UPDATE log_leaves SET version = 9',
      'DELETE FROM log_leaves',
      'INSERT OR REPLACE INTO log_leaves SELECT leaf_index, type, subject_id, 9, entry FROM log_leaves',
    ]) {
      expect(() => rig.db.$client.exec(sql)).toThrow('append-only');
    }
  });

  it('is checked by verify, which finds every change of the leaves, of the versions and of the files', async () => {
    rig.items = makeItems(30);
    await rig.run();
    await publishLeaves(parts());
    await writeDurably(join(folder, 'vkey'), formatVerifierKey(signer.key));
    const find = async () => {
      const found = await Promise.all(logChecks(dirname(folder)).map((check) => runCheck(rig.db, check)));
      return found.filter(({ breaches }) => breaches > 0).map(({ key }) => key);
    };
    expect(await find()).toEqual([]);
    const { $client } = rig.db;
    /** Past the triggers, as somebody with the file would. */
    const tamper = async (sql: string) => {
      $client.exec('SAVEPOINT tamper');
      for (const name of $client.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()) {
        $client.exec(`DROP TRIGGER "${name}"`);
      }
      $client.exec(sql);
      const found = await find();
      $client.exec('ROLLBACK TO tamper; RELEASE tamper');
      return found;
    };
    expect(
      await tamper("UPDATE log_leaves SET entry = replace(entry, 'publish', 'restore') WHERE leaf_index = 7"),
    ).toEqual(['log-files']);
    expect(
      await tamper('UPDATE log_leaves SET entry = replace(entry, \'"v":1\', \'"v": 1\') WHERE leaf_index = 7'),
    ).toEqual(['log-leaves', 'log-files']);
    expect(await tamper('UPDATE log_leaves SET version = 2 WHERE leaf_index = 7')).toEqual([
      'log-complete',
      'log-leaves',
    ]);
    expect(await tamper('DELETE FROM log_leaves WHERE leaf_index = 29')).toEqual(['log-complete', 'log-files']);
    expect(await tamper("UPDATE notice_revisions SET seal = substr(seal, 2) || 'x' WHERE rowid = 3")).toEqual([
      'log-complete',
    ]);
    for (const name of ['checkpoint', 'tile/0/000.p/30', 'tile/entries/000.p/30']) {
      const path = join(folder, name);
      const whole = readFileSync(path);
      for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 40)) {
        const altered = Buffer.from(whole);
        altered[at] = (altered[at] ?? 0) ^ 1;
        writeFileSync(path, altered);
        expect(await find()).toEqual(['log-files']);
      }
      writeFileSync(path, whole);
    }
    expect(await find()).toEqual([]);
  });
});
