import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claim } from '#scripts/launch/claims.ts';
import { LockedError, takeLock } from '#scripts/launch/lock.ts';
import { type Supervised, startScript, supervise } from '#scripts/launch/supervise.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';

const CHILD = 'tests/support/launch-child.ts';
const env = (mode: string, folder = '') => ({ ...process.env, CHILD_MODE: mode, CHILD_FOLDER: folder });

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Whether a process of the test child runs directly below this one. */
function isChild(pid: string): boolean {
  try {
    const parent = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1];
    return parent === String(process.pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(CHILD);
  } catch {
    return false; // gone meanwhile
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(50);
}

describe('the lock of a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tongming-lock-'));
  });
  afterEach(() => removeFolder(folder));

  it('is held by one at a time and can be taken again once given back', () => {
    const release = takeLock(folder);
    expect(() => takeLock(folder)).toThrow(LockedError);
    release();
    takeLock(folder)();
  });

  it('names the holder, and goes when the holder is killed', async () => {
    const child = startScript(CHILD, [], env('lock', folder));
    await once(child, 'message');
    await expect(claim('demo-clear', folder)).rejects.toThrow(`web (process ${child.pid})`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    (await claim('demo-clear', folder))();
  });
});

describe('supervision', () => {
  let service: Supervised | undefined;
  afterEach(() => service?.stop());

  it('starts a killed service again', async () => {
    service = supervise(CHILD, env('serve'), () => undefined);
    const pid = Number(await service.ready);
    process.kill(pid, 'SIGKILL');
    await until(() => !isAlive(pid));
    await until(() => readdirSync('/proc').some((name) => /^\d+$/.test(name) && name !== String(pid) && isChild(name)));
  });

  it('gives up a service that says it cannot run', async () => {
    const gaveUp = Promise.withResolvers<void>();
    service = supervise(CHILD, env('fatal'), gaveUp.resolve);
    await expect(service.ready).rejects.toThrow('has ended');
    await gaveUp.promise;
  });

  it('leaves nothing behind when it stops', async () => {
    service = supervise(CHILD, env('serve'), () => undefined);
    const pid = Number(await service.ready);
    await service.stop();
    expect(isAlive(pid)).toBe(false);
  });
});
