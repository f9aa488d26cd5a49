import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquireLease, releaseLease } from '#db/lease.ts';
import { thisProcess } from '#db/process-identity.ts';
import { toStorageError } from '#db/storage-errors.ts';
import { type IssuedKey, issueKey } from '#src/server/push/keys.ts';
import { makeNotice, signPush, toLines } from '#tests/support/push-client.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

let portal: Portal;
let key: IssuedKey;
beforeAll(async () => {
  portal = await startPortal((db) => {
    key = issueKey(db, 'qufu', PORTAL_SITE, new Date().toISOString());
  });
});
afterAll(() => portal.stop());

interface Pushed {
  status: number;
  retryAfter: string | null;
  text: string;
}

async function push(number: number, idempotencyKey = randomUUID()): Promise<Pushed> {
  const { path, headers, body } = await signPush(key, toLines([makeNotice(number)]), { idempotencyKey });
  const response = await fetch(portal.url + path, { method: 'POST', headers, body: body as string });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
}

/** From here on no file of the web process can grow beyond so many bytes: writes fail in the kernel, as on a full disk. */
function limitFiles(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(portal.pid), `--fsize=${bytes}:unlimited`]);
}

const countNotices = () => portal.db.$client.prepare('SELECT count(*) FROM notices').pluck().get();

describe('while nothing can be written', () => {
  it('a push is refused with 507 or 503 and a time to come back, and goes through once there is room', async () => {
    expect((await push(1)).status).toBe(200);
    const before = countNotices();
    limitFiles(0);
    const again = randomUUID();
    for (let attempt = 0; attempt < 3; attempt++) {
      const { status, retryAfter, text } = await push(2, again);
      expect([503, 507]).toContain(status);
      expect(Number(retryAfter)).toBeGreaterThan(0);
      expect(text).not.toMatch(/SQLITE|EFBIG|ENOSPC|\/tmp/);
    }
    // Readers are not concerned.
    expect((await fetch(`${portal.url}/notices`)).status).toBe(200);
    expect((await fetch(`${portal.url}/api/v1/changes`)).status).toBe(200);
    expect(countNotices()).toBe(before);
    limitFiles('unlimited');
    expect(await push(2, again)).toMatchObject({ status: 200 });
    expect(countNotices()).toBe(Number(before) + 1);
    expect(readdirSync(join(dirname(portal.db.$client.name), 'inbox'))).toEqual([]);
  });

  it('a push that fails half-way leaves no lease behind', async () => {
    // Room for the body, and for the first transactions, but not for all.
    for (const room of [40_000, 80_000, 120_000, 200_000]) {
      portal.db.$client.pragma('wal_checkpoint(TRUNCATE)');
      limitFiles(room);
      const many = Array.from({ length: 300 }, (_, each) => makeNotice(1_000 + room + each));
      const { path, headers, body } = await signPush(key, toLines(many));
      await fetch(portal.url + path, { method: 'POST', headers, body: body as string });
      limitFiles('unlimited');
      expect(await push(room)).toMatchObject({ status: 200 });
    }
    expect(portal.db.$client.prepare('SELECT name FROM leases').all()).toEqual([]);
  });
});

describe('while another writer is busy', () => {
  const holdWriteLock = async (ms: number) => {
    portal.db.$client.exec('BEGIN IMMEDIATE');
    await sleep(ms);
    portal.db.$client.exec('ROLLBACK');
  };

  it('a push waits its turn', async () => {
    const held = holdWriteLock(5_500);
    const [{ status }] = await Promise.all([push(50), held]);
    expect(status).toBe(200);
  });

  it('for too long, a push is asked to come again, and never told of the database', async () => {
    const held = holdWriteLock(12_000);
    const [pushed] = await Promise.all([push(51), held]);
    expect(pushed).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) });
    expect(pushed.text).not.toMatch(/locked|SQLITE/i);
    expect((await push(51)).status).toBe(200);
  });
});

describe('a lease', () => {
  it('that could not be given back while the disk was full or busy is free for everybody as soon as it can', async () => {
    const { db, path, close } = openTestDatabase();
    const { openDatabase } = await import('#db/client.ts');
    const other = openDatabase(path);
    db.$client.pragma('busy_timeout = 0');
    const lease = acquireLease(db, 'x');
    if (!lease) throw new Error('not acquired');
    other.$client.exec('BEGIN IMMEDIATE');
    expect(() => releaseLease(db, lease)).not.toThrow();
    other.$client.exec('ROLLBACK');
    const count = () => other.$client.prepare('SELECT count(*) FROM leases').pluck().get();
    expect(count()).toBe(1);
    // Its own thread need not wait for that.
    const next = acquireLease(db, 'x');
    expect(next?.token).toBe(lease.token + 1);
    if (next) releaseLease(db, next);
    await expect.poll(count).toBe(0);
    other.$client.close();
    close();
  });

  it('of a process that is gone is free at once, whatever the clock and however its number is used again', () => {
    const { db, close } = openTestDatabase();
    const far = '2099-01-01T00:00:00.000Z';
    const put = (holder: string) =>
      db.$client.prepare('INSERT OR REPLACE INTO leases VALUES (?, ?, 1, ?)').run('x', holder, far);
    const [host, boot, pid, start] = thisProcess().split(',');
    for (const gone of [
      [host, boot, pid, Number(start) - 1],
      [host, 'another-boot', pid, start],
      [host, boot, 2 ** 22 + 1, start],
    ]) {
      put(`${gone.join(',')} 0 id`);
      const lease = acquireLease(db, 'x');
      expect(lease, gone.join(',')).toBeDefined();
      if (lease) releaseLease(db, lease);
    }
    put(`elsewhere,${boot},${pid},${start} 0 id`);
    expect(acquireLease(db, 'x')).toBeUndefined();
    close();
  });
});

it.each([
  ['SQLITE_FULL', 507],
  ['ENOSPC', 507],
  ['EDQUOT', 507],
  ['SQLITE_BUSY', 503],
  ['SQLITE_BUSY_SNAPSHOT', 503],
  ['SQLITE_IOERR_WRITE', 503],
  ['SQLITE_READONLY_DBMOVED', 503],
  ['EROFS', 503],
  ['SQLITE_CONSTRAINT_UNIQUE', undefined],
  ['SQLITE_CORRUPT', undefined],
])('%s is told as %s', (code, status) => {
  expect(toStorageError(Object.assign(new Error('x'), { code }))?.status).toBe(status);
});
