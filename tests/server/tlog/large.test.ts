/**
 * A log whose size is no round number, which takes three levels of tiles: some readers of other people accept an entry that was changed
 * together with its hash there (CVE-2026-56865). Made past the pipeline: leaves by one statement, files without waiting for the disk.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { toBase64 } from '#src/domain/tlog/bytes.ts';
import { formatCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { hashLeaf } from '#src/domain/tlog/merkle.ts';
import { formatNote, formatVerifierKey } from '#src/domain/tlog/note.ts';
import { decodeEntries, encodeEntries, TILE_WIDTH, tilePath, tileWidth } from '#src/domain/tlog/tiles.ts';
import { type Get, verifyInLog } from '#src/domain/tlog/verification.ts';
import { openVersion, readEvidence } from '#src/server/publication-log/evidence.ts';
import { runCheck } from '#src/server/verify/check.ts';
import { logChecks } from '#src/server/verify/publication-log.ts';
import { loadKey, signNote } from '#src/tlog/keys.ts';
import { writeTree } from '#src/tlog/read/tree.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { copyMigrated } from '#tests/support/templates.ts';

const SIZE = 70_000;
const FORGED = 66_000;
const ORIGIN = 'city.example/log';
const NOW = '2026-06-15T04:00:00.000Z';

let data: string;
let folder: string;
let db: Db;
let server: Server;
let url: string;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'tongming-large-'));
  folder = join(data, 'log');
  const path = join(data, 'tongming.db');
  copyMigrated(path);
  db = openDatabase(path);
  db.$client.exec(`
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${SIZE})
    INSERT INTO log_leaves (leaf_index, type, subject_id, version, entry)
    SELECT i, 'submission', printf('%064x', i), 1, printf('{"at":"${NOW}","id":"%064x","kind":"publish","prev":null,' ||
      '"sha256":"%064x","source":"","type":"submission","v":1,"version":1}', i, i) FROM n`);
  const write = async (tile: Parameters<typeof tilePath>[0], bytes: Uint8Array) => {
    const file = join(folder, tilePath(tile));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  };
  const root = await writeTree(db, { folder, old: 0, size: SIZE, write });
  const signer = await loadKey(join(data, 'log.pem'), ORIGIN);
  const text = formatCheckpoint({ origin: ORIGIN, size: SIZE, root });
  writeFileSync(join(folder, 'checkpoint'), formatNote({ text, signatures: [signNote(signer, text)] }));
  const vkey = formatVerifierKey(signer.key);
  writeFileSync(join(folder, 'vkey'), `${vkey}\n`);
  writeFileSync(join(folder, 'policy.txt'), `log ${vkey} https://${ORIGIN}\nquorum none\n`);
  server = createServer((request, response) => {
    response.end(readFileSync(join(data, request.url ?? '')));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  db.$client.close();
  removeFolder(data);
});

/** What `npm run verify` says of the files. */
async function check(): Promise<string[]> {
  const checks = logChecks(data).filter(({ key }) => key === 'log-files');
  return (await Promise.all(checks.map((each) => runCheck(db, each)))).flatMap(({ examples }) => examples);
}

/** What the program that stands alone says. */
const follow = () =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const script = join(import.meta.dirname, '../../../scripts/verify-log.mjs');
    execFile(process.execPath, [script, 'follow', url], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });

/** What a browser says of one thing, from the files that are served, and how many tiles it asked for. `entry` is what it is told. */
async function browse(index: number, entry?: string): Promise<{ holds: boolean; tiles: number }> {
  const id = index.toString(16).padStart(64, '0');
  let tiles = 0;
  const get: Get = async (path) => {
    if (path.startsWith('/log/tile/')) tiles++;
    if (path.startsWith('/log/')) return new Response(Uint8Array.from(readFileSync(join(data, path))));
    if (!path.endsWith('/log')) return Response.json(openVersion(db, 'submission', id, 1, NOW));
    const { leaves, checkpoint, edge } = await readEvidence(db, data, 'submission', id);
    const items = leaves.map((leaf) => ({ index: leaf.leafIndex, entry: entry ?? leaf.entry }));
    return Response.json({ checkpoint, edge: edge.map(toBase64), items });
  };
  const { log, leaves } = await verifyInLog(get, 'submission', id, null);
  const findings = [...log, ...leaves.flatMap((leaf) => leaf.findings)];
  return { holds: leaves.length === 1 && findings.every(({ holds }) => holds), tiles };
}

describe('a log of 70,000 records', () => {
  it('is followed by programs, and one record is verified by three tiles at most', async () => {
    expect(await follow()).toEqual({ code: 0, said: expect.stringContaining(`ok: ${SIZE} entries, ${SIZE} new`) });
    for (const index of [0, 255, 40_000, 65_535, FORGED, SIZE - 1]) {
      const { holds, tiles } = await browse(index);
      expect(holds, String(index)).toBe(true);
      expect(tiles).toBeLessThanOrEqual(3);
    }
  });

  it('with an entry and its hash changed together is refused by verify, monitor and browser, which say where', async () => {
    const index = Math.floor(FORGED / TILE_WIDTH);
    const place = FORGED % TILE_WIDTH;
    const width = tileWidth({ level: 0, index }, SIZE);
    const [bundle, tile] = [tilePath({ level: 'entries', index, width }), tilePath({ level: 0, index, width })];
    const [entries, hashes] = [readFileSync(join(folder, bundle)), readFileSync(join(folder, tile))];
    const texts = decodeEntries(entries, width).map((entry) => Buffer.from(entry).toString());
    const forged = (texts[place] ?? '').replace('2026-06-15', '2026-06-16');
    const put = (bundleBytes: Uint8Array, tileBytes: Uint8Array) => {
      writeFileSync(join(folder, bundle), bundleBytes);
      writeFileSync(join(folder, tile), tileBytes);
    };
    const other = Buffer.from(hashes);
    other.set(hashLeaf(Buffer.from(forged)), place * 32);
    put(encodeEntries(texts.with(place, forged).map((text) => Buffer.from(text))), other);
    expect((await check()).sort()).toEqual([`${tile} 被改动`, `${bundle} 被改动`].sort());
    const first = index * TILE_WIDTH;
    expect(await follow()).toEqual({
      code: 1,
      said: expect.stringContaining(`is not what the entries make: entries ${first} to ${first + TILE_WIDTH - 1}`),
    });
    expect((await browse(FORGED, forged)).holds).toBe(false);
    put(entries, other);
    expect((await follow()).said).toContain(`is not what the entries make: entry ${FORGED}`);
    put(entries, hashes);
  });
});
