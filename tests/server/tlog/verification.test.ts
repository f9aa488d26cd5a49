import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeFile } from '#src/domain/tlog/brought-file.ts';
import { parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { parseLeaf } from '#src/domain/tlog/leaf.ts';
import { hashLeaf, isIncluded } from '#src/domain/tlog/merkle.ts';
import { parseNote, parseVerifierKey } from '#src/domain/tlog/note.ts';
import { formatPrintCode } from '#src/domain/tlog/print-code.ts';
import { parseLogProof } from '#src/domain/tlog/proof.ts';
import { type Get, type Verification, verifyInLog } from '#src/domain/tlog/verification.ts';
import { verifyNote } from '#src/domain/tlog/verify-note.ts';
import { listLeavesOf } from '#src/tlog/read/leaves.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { insertNotices, seedNotices, seedSources, toSeedNotice } from '#tests/support/seed-notices.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';
import { writeLog } from '#tests/support/write-log.ts';

let portal: Portal;
let id: string;

beforeAll(async () => {
  portal = await startPortal((db) => {
    seedSources(db);
    id = seedNotices(db, 700)[333]?.id ?? '';
  });
  await writeLog(portal.db);
});
afterAll(() => portal.stop());

const get: Get = async (path) => {
  const response = await fetch(portal.url + path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
};

/** What the portal answers, with bytes of one kind of answer changed. */
const tampered =
  (which: RegExp, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): Get =>
  async (path) => {
    const response = await get(path);
    return which.test(path) ? new Response(change(new Uint8Array(await response.arrayBuffer()))) : response;
  };
const replaced = (from: string, to: string) => (bytes: Uint8Array<ArrayBuffer>) =>
  new TextEncoder().encode(new TextDecoder().decode(bytes).replace(from, to));

const allHold = ({ log, leaves }: Verification) =>
  leaves.length > 0 && [...log, ...leaves.flatMap(({ findings }) => findings)].every(({ holds }) => holds);

/** Whether it is verified; whatever cannot be read is not. */
const isVerified = async (ask: Get) => verifyInLog(ask, 'notice', id, null).then(allHold, () => false);

describe('what was published', () => {
  it('is verified from tiles, at most three of them and a handful of answers', async () => {
    const asked: string[] = [];
    const noting: Get = (path) => {
      asked.push(path);
      return get(path);
    };
    const result = await verifyInLog(noting, 'notice', id, null);
    expect(allHold(result)).toBe(true);
    expect(result.leaves[0]?.findings.map(({ text }) => text)).toEqual([
      `记录在日志中，序号 ${result.leaves[0]?.index}`,
      '第 1 版的内容就是当时发布的',
    ]);
    expect(asked.filter((path) => path.startsWith('/log/tile/')).length).toBeLessThanOrEqual(3);
    expect(result.seen?.vkey).toMatch(/^portal\.example\/log\+/);
  });

  it('is not verified when anything on the way was changed', async () => {
    const { checkpoint, items } = (await (await get(`/api/v1/notices/${id}/log`)).json()) as {
      checkpoint: string;
      items: { entry: string }[];
    };
    const seal = /"sha256":"(\w+)"/.exec(items[0]?.entry ?? '')?.[1] ?? '';
    const size = String(parseCheckpoint(parseNote(checkpoint).text).size);
    const LOG = /\/log$/;
    const CHANGES: Get[] = [
      tampered(/\/versions\//, replaced('测试项目', '测试项日')),
      tampered(/\/versions\//, replaced('5a5a', '5a5b')),
      tampered(LOG, replaced(`\\n${size}\\n`, `\\n${Number(size) - 1}\\n`)),
      tampered(
        LOG,
        replaced(
          seal,
          seal.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
        ),
      ),
      tampered(/\/log\/tile\/0\//, (bytes) => bytes.map((byte, at) => (at % 32 === 0 ? byte ^ 1 : byte))),
      tampered(/\/log\/vkey$/, replaced('portal.example', 'portal.examp1e')),
    ];
    for (const ask of CHANGES) expect(await isVerified(ask)).toBe(false);
    expect(await isVerified(get)).toBe(true);
  });

  it('is compared with what the browser saw before: growth is told, another story is found', async () => {
    const { seen } = await verifyInLog(get, 'notice', id, null);
    if (!seen) throw new Error('nothing was seen');
    insertNotices(
      portal.db,
      Array.from({ length: 40 }, (_, number) => toSeedNotice(2_000 + number)),
    );
    await writeLog(portal.db);
    const grown = await verifyInLog(get, 'notice', id, seen);
    expect(grown.log.at(-1)).toEqual({ holds: true, text: '与本浏览器上次看到的（700 条）一致，只有新增' });
    expect(allHold(grown)).toBe(true);
    // Somebody saw another tree of that size.
    const { text } = parseNote(seen.checkpoint);
    const other = seen.checkpoint.replace(text.split('\n')[2] ?? '', Buffer.alloc(32, 7).toString('base64'));
    const forked = await verifyInLog(get, 'notice', id, { ...seen, checkpoint: other });
    expect(forked.log.at(-1)).toEqual({ holds: false, text: '与本浏览器上次看到的不一致：日志被改写过' });
    expect(forked.seen).toBeNull();
  });

  it('is proved without asking anybody, by a proof and a version that were taken away', async () => {
    const proof = parseLogProof(await (await get(`/api/v1/notices/${id}/log/1.tlog-proof`)).text());
    const key = parseVerifierKey(await (await get('/log/vkey')).text());
    const note = parseNote(proof.checkpoint);
    expect(verifyNote(note, [key])).toHaveLength(1);
    const { size, root } = parseCheckpoint(note.text);
    expect(isIncluded(hashLeaf(proof.extra ?? new Uint8Array()), proof.index, size, proof.hashes, root)).toBe(true);
    expect(await (await get('/log/policy.txt')).text()).toMatch(
      /^log portal\.example\/log\+\w+\+\S+ http:\/\/portal\.example\/log\nquorum none\n$/,
    );
    const file = await (await get(`/api/v1/notices/${id}/versions/1`)).text();
    const judge = (text: string) => judgeFile(get, new Blob([text]));
    expect(await judge(file)).toEqual({ holds: true, text: expect.stringContaining('发布的第 1 版') });
    expect(await judge(file.replace('测试', '試験'))).toEqual({
      holds: false,
      text: expect.stringContaining('被改动过'),
    });
    const taken = await (await get(`/api/v1/notices/${id}/log/1.tlog-proof`)).text();
    expect(await judge(taken)).toEqual({ holds: true, text: expect.stringContaining('证明成立') });
    expect((await judge(taken.replace(/^index (\d+)/m, (_, index) => `index ${Number(index) + 1}`))).holds).toBe(false);
  });

  it('is told of by a page that says what is proved, and 404 where the log knows nothing', async () => {
    const page = await (await get(`/verify?notice=${id}`)).text();
    expect(page).toContain('没有证明');
    expect(page).toContain(`/api/v1/notices/${id}/log/1.tlog-proof`);
    const missing = await fetch(`${portal.url}/verify?notice=aaaaaaaaaaaa`);
    expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('id="code-fault"')]);
    const typed = async (code: string) => (await fetch(`${portal.url}/verify?code=${encodeURIComponent(code)}`)).text();
    expect(await typed('拼错的编号')).toContain('这不是公告编号或核验码');
    const seal = parseLeaf(listLeavesOf(portal.db, { type: 'notice', id })[0]?.entry ?? '').sha256 ?? '';
    const code = formatPrintCode({ id, version: 1, seal });
    const notice = await (await get(`/notice/${id}`)).text();
    expect(notice).toContain(code);
    // The QR beside it leads there.
    expect(notice).toContain(toSvgPath(generate(`${PORTAL_SITE}/verify?code=${code}`)));
    expect(await typed(` ${code.toUpperCase().replaceAll('-', ' － ')} `)).toContain('核验码与日志中序号');
    expect(
      await typed(
        formatPrintCode({ id, version: 1, seal: seal.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }),
      ),
    ).toContain('核验码与日志不符');
    expect((await fetch(`${portal.url}/api/v1/notices/aaaaaaaaaaaa/log`)).status).toBe(404);
    expect((await fetch(`${portal.url}/api/v1/notices/${id}/versions/0`)).status).toBe(400);
  });
});

describe('the program that stands alone', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tongming-verify-'));
  });
  afterAll(() => removeFolder(folder));

  /** What it says, and how it ends. */
  const run = (...given: string[]) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      const script = join(import.meta.dirname, '../../../scripts/verify-log.mjs');
      execFile(process.execPath, [script, ...given], (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
      );
    });

  /** The portal, as somebody shows it who changes what it answers. */
  async function standBetween(
    change: (path: string, body: Buffer) => Buffer,
  ): Promise<{ url: string; server: Server }> {
    const server = createServer(async (request, response) => {
      const answer = await fetch(portal.url + request.url);
      response.writeHead(answer.status);
      response.end(change(request.url ?? '', Buffer.from(await answer.arrayBuffer())));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
  }

  it('follows the log, holds what is published against it, and tells of what is watched', async () => {
    const state = join(folder, 'state.json');
    const told = await run('follow', portal.url, '--state', state, '--changes', '--watch', id);
    expect(told).toMatchObject({ code: 0, said: expect.stringContaining(`publish notice ${id} version 1`) });
    insertNotices(portal.db, [toSeedNotice(9_000)]);
    await writeLog(portal.db);
    expect((await run('follow', portal.url, '--state', state)).said).toMatch(/^ok: \d+ entries, 1 new/);
    // The same log, as if its beginning had been another one.
    const kept = JSON.parse(readFileSync(state, 'utf8')) as { size: number; levels: string[][] };
    const [first = [], ...above] = kept.levels;
    const levels = [first.with(0, Buffer.alloc(32, 1).toString('base64')), ...above];
    writeFileSync(state, JSON.stringify({ ...kept, levels }));
    expect(await run('follow', portal.url, '--state', state)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^BREACH/),
    });
  });

  it('finds an entry that was changed, and one that was changed together with its hash', async () => {
    for (const together of [false, true]) {
      const { url, server } = await standBetween((path, body) => {
        if (path.startsWith('/log/tile/entries/000'))
          return Buffer.from(body.toString('latin1').replace('publish', 'publisH'), 'latin1');
        if (together && path.startsWith('/log/tile/0/000'))
          return Buffer.concat([Buffer.alloc(32, 9), body.subarray(32)]);
        return body;
      });
      expect(await run('follow', url)).toMatchObject({ code: 1, said: expect.stringMatching(/^BREACH/) });
      server.close();
    }
  });

  it('judges a proof and a version without asking anybody', async () => {
    const [proof, version] = [join(folder, 'a.tlog-proof'), join(folder, 'a.json')];
    const text = await (await get(`/api/v1/notices/${id}/log/1.tlog-proof`)).text();
    writeFileSync(proof, text);
    const opened = await (await get(`/api/v1/notices/${id}/versions/1`)).text();
    writeFileSync(version, opened);
    const key = (await (await get('/log/vkey')).text()).trim();
    expect(await run('proof', proof, '--key', key, '--version', version)).toEqual({
      code: 0,
      said: expect.stringContaining('the version is what was published'),
    });
    writeFileSync(version, opened.replace('测试', '試験'));
    expect((await run('proof', proof, '--key', key, '--version', version)).code).toBe(1);
    writeFileSync(
      proof,
      text.replace(/^index (\d+)/m, (_, index) => `index ${Number(index) + 1}`),
    );
    expect((await run('proof', proof, '--key', key)).code).toBe(1);
    expect((await run('proof', proof)).code).toBe(2);
  });
});
