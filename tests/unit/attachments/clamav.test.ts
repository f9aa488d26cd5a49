import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { scanFile } from '#src/attachments/clamav.ts';

const folder = mkdtempSync(join(tmpdir(), 'clamav-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, bytes: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
// In two parts, so that no scanner takes this test for what it looks for.
const EICAR = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTIVIRUS-TEST-FILE'}!$H+H*`;

/** A scanner that says `answer` after `afterBytes`, and keeps what it was sent. */
async function speaking(
  answer: string | null,
  afterBytes: number,
  use: (address: string, sent: () => Buffer) => Promise<void>,
) {
  const chunks: Buffer[] = [];
  const sent = () => Buffer.concat(chunks);
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (answer !== null && sent().length >= afterBytes) socket.end(answer);
    });
  });
  const address = join(folder, `socket-${Math.random()}`);
  await new Promise<void>((resolve) => server.listen(address, resolve));
  try {
    await use(address, sent);
  } finally {
    server.close();
  }
}

describe('the scanner', () => {
  test('is sent the file in chunks behind their lengths', async () => {
    const bytes = Buffer.alloc(150_000, 7);
    await speaking('stream: OK\0', 150_000 + 10 + 4 * 4, async (address, sent) => {
      expect(await scanFile(address, fileOf('a', bytes))).toEqual({ scan: 'clean', detail: '' });
      const all = sent();
      expect(all.subarray(0, 10).toString()).toBe('zINSTREAM\0');
      const parts: Buffer[] = [];
      let at = 10;
      for (let length = all.readUInt32BE(at); length > 0; length = all.readUInt32BE(at)) {
        parts.push(all.subarray(at + 4, at + 4 + length));
        at += 4 + length;
      }
      expect(at + 4).toBe(all.length);
      expect(Buffer.concat(parts).equals(bytes)).toBe(true);
    });
  });

  test.each([
    ['stream: Win.Test.EICAR FOUND\0', { scan: 'infected', detail: 'Win.Test.EICAR' }],
    ['INSTREAM size limit exceeded. ERROR\0', { scan: 'error', detail: 'INSTREAM size limit exceeded. ERROR' }],
    ['stream: OK, but not\0', { scan: 'error', detail: 'stream: OK, but not' }],
    ['', { scan: 'error', detail: '没有回答' }],
  ])('that says %j', async (answer, result) => {
    await speaking(answer, 1, async (address) => expect(await scanFile(address, fileOf('b', 'words'))).toEqual(result));
  });

  test('that is not there, is silent, or is not set up is never taken for one that found nothing', async () => {
    const path = fileOf('c', 'words');
    expect(await scanFile(undefined, path)).toEqual({ scan: 'unscanned', detail: '' });
    expect(await scanFile(join(folder, 'nobody'), path)).toMatchObject({ scan: 'error' });
    await speaking(null, 0, async (address) =>
      expect(await scanFile(address, path, 100)).toEqual({ scan: 'error', detail: '超时' }),
    );
  });
});

const CLAMD = '/usr/sbin/clamd';
describe.runIf(existsSync(CLAMD) && spawnSync(CLAMD, ['--version']).status === 0)('clamd itself', () => {
  test('finds the test virus, passes words, and refuses what is too large', async () => {
    const database = mkdtempSync(join(tmpdir(), 'clamdb-'));
    writeFileSync(join(database, 'eicar.hdb'), '44d88612fea8a8f36de82e1278abb02f:68:Test.EICAR\n');
    const socket = join(database, 'socket');
    const settings = fileOf(
      'clamd.conf',
      `DatabaseDirectory ${database}\nLocalSocket ${socket}\nForeground yes\nStreamMaxLength 2M\n`,
    );
    const child = spawn(CLAMD, ['-c', settings], { stdio: 'ignore' });
    try {
      while (!existsSync(socket)) {
        expect(child.exitCode).toBeNull();
        await delay(50);
      }
      expect(await scanFile(socket, fileOf('clean', '公告正文'))).toEqual({ scan: 'clean', detail: '' });
      expect(await scanFile(socket, fileOf('virus', EICAR))).toMatchObject({
        scan: 'infected',
        detail: expect.stringContaining('Test.EICAR'),
      });
      expect(await scanFile(socket, fileOf('large', Buffer.alloc(5_000_000)))).toMatchObject({ scan: 'error' });
    } finally {
      child.kill();
      rmSync(database, { recursive: true });
    }
  }, 60_000);
});
