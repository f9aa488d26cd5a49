import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatAddCheckpoint } from '#src/domain/tlog/add-checkpoint.ts';
import { formatCheckpoint, parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { consistencyRanges, type Hash } from '#src/domain/tlog/merkle.ts';
import { formatNote, parseNote } from '#src/domain/tlog/note.ts';
import { formatPolicy } from '#src/domain/tlog/policy.ts';
import { listCosignatures } from '#src/domain/tlog/verification.ts';
import { verifyNote } from '#src/domain/tlog/verify-note.ts';
import { publishLeaves } from '#src/tlog/checkpoints.ts';
import { cosignLast } from '#src/tlog/cosign.ts';
import { SigningGuard } from '#src/tlog/guard.ts';
import { loadKey, type SigningKey, signNote } from '#src/tlog/keys.ts';
import { readRanges, WITNESSED_FILE } from '#src/tlog/read/files.ts';
import { Witness } from '#src/tlog/witness.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { makeItems } from '#tests/support/test-site.ts';

const ORIGIN = 'county.example/log';
const SECONDS = 1_800_000_000;

let rig: IngestRig;
let folder: string;
let guard: SigningGuard;
let signer: SigningKey;
let witnessFolder: string;
let witness: Witness;
let server: Server;

beforeEach(async () => {
  rig = await startRig();
  const data = join(dirname(rig.path), 'data');
  folder = join(data, 'log');
  guard = new SigningGuard(join(data, 'keys/guard.db'));
  signer = await loadKey(join(data, 'keys/log.pem'), ORIGIN);
  witnessFolder = mkdtempSync(join(tmpdir(), 'tongming-witness-'));
  witness = await Witness.open(witnessFolder, 'city.example/witness', [signer.key]);
  server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const answer = witness.addCheckpoint(body, SECONDS);
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});

afterEach(async () => {
  server.close();
  witness.close();
  guard.close();
  removeFolder(witnessFolder);
  await rig.close();
});

const parts = () => ({ db: rig.db, folder, guard, signer, witnesses: [witness.key] });
const address = () => ({ key: witness.key, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
const shown = () => parseNote(readFileSync(join(folder, 'checkpoint'), 'utf8'));
const signers = () => verifyNote(shown(), [signer.key, witness.key]).map(({ key, time }) => [key.name, time]);

async function grow(items: number): Promise<void> {
  rig.items = makeItems(items);
  await rig.run({ full: true });
  await publishLeaves(parts());
}

/** What a log signs, whatever it is. */
const signed = (size: number, root: Hash) => {
  const text = formatCheckpoint({ origin: ORIGIN, size, root });
  return formatNote({ text, signatures: [signNote(signer, text)] });
};

describe('a witness', () => {
  it('signs each checkpoint of a log that only grows, which is shown with its signature', async () => {
    await grow(20);
    await cosignLast(parts(), address());
    expect(signers()).toEqual([
      [ORIGIN, null],
      ['city.example/witness', SECONDS],
    ]);
    await grow(300);
    // Until it has signed the new one, none is shown.
    expect(signers()).toEqual([[ORIGIN, null]]);
    // Proofs are made of the last one that it has signed.
    expect(readFileSync(join(folder, WITNESSED_FILE), 'utf8')).toContain('\n20\n');
    await cosignLast(parts(), address());
    expect(signers()).toHaveLength(2);
    expect(parseCheckpoint(shown().text).size).toBe(300);
    expect(readFileSync(join(folder, WITNESSED_FILE), 'utf8')).toBe(readFileSync(join(folder, 'checkpoint'), 'utf8'));
  });

  it('is checked where the log is verified, and makes a log that was cut short and signed anew show', async () => {
    await grow(20);
    const policy = formatPolicy({
      log: { key: signer.key, url: `https://${ORIGIN}` },
      witnesses: [{ ...address(), url: 'https://city.example/witness' }],
    });
    const note = () => readFileSync(join(folder, 'checkpoint'), 'utf8');
    expect(listCosignatures(note(), policy)).toEqual({
      witnesses: [{ name: witness.key.name, at: null }],
      findings: [],
    });
    await cosignLast(parts(), address());
    expect(listCosignatures(note(), policy)).toEqual({
      witnesses: [{ name: witness.key.name, at: new Date(SECONDS * 1_000).toISOString() }],
      findings: [],
    });
    // What the witness signed stands under another checkpoint of the log's own.
    const cosignature = note().trimEnd().split('\n').at(-1);
    const short = `${signed(7, parseCheckpoint(shown().text).root)}${cosignature}\n`;
    expect(listCosignatures(short, policy)).toEqual({
      witnesses: [{ name: witness.key.name, at: null }],
      findings: [{ holds: false, text: `见证方 ${witness.key.name} 的签名无效` }],
    });
  });

  it('goes on where it was after it was stopped, and with a log that has forgotten how far it was', async () => {
    await grow(20);
    await cosignLast(parts(), address());
    witness.close();
    witness = await Witness.open(witnessFolder, 'city.example/witness', [signer.key]);
    await grow(30);
    guard.keepCosigned(ORIGIN, { ...(guard.cosigned(ORIGIN)[0] ?? { witness: '', line: '' }), size: 7 });
    await cosignLast(parts(), address());
    expect(signers()).toHaveLength(2);
  });

  it('refuses what it is not asked for, a shrunk log, a fork and a false proof, and remembers none of them', async () => {
    await grow(20);
    await cosignLast(parts(), address());
    const now = parseCheckpoint(shown().text);
    const other = Uint8Array.from({ length: 32 }, () => 7);
    const ask = (old: number, checkpoint: string, proof: readonly Hash[] = []) => {
      const { status, type, body } = witness.addCheckpoint(formatAddCheckpoint({ old, proof, checkpoint }), SECONDS);
      return [status, type === 'text/x.tlog.size' ? body : ''];
    };
    expect(witness.addCheckpoint('old 1\n\nnonsense', SECONDS).status).toBe(400);
    expect(ask(20, signed(20, now.root).replace(ORIGIN, 'other.example/log'))).toEqual([404, '']);
    expect(ask(20, signed(21, now.root).replace('\n21\n', '\n22\n'))).toEqual([403, '']);
    expect(ask(21, signed(20, now.root))).toEqual([400, '']);
    expect(ask(7, signed(20, now.root))).toEqual([409, '20\n']);
    expect(ask(20, signed(20, other))).toEqual([409, '20\n']);
    expect(ask(20, signed(40, other))).toEqual([422, '']);
    await grow(30);
    const proof = await readRanges(folder, consistencyRanges(20, 30), 30);
    const fork = proof.with(0, other);
    expect(ask(20, signed(30, parseCheckpoint(shown().text).root), fork)).toEqual([422, '']);
    expect(ask(20, signed(20, now.root))).toEqual([200, '']);
  });
});
