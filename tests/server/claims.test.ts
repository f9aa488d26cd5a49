import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { isSameProcess, thisProcess } from '#db/process-identity.ts';
import { type Command, claim, claimRole, NEEDS } from '#scripts/launch/claims.ts';
import { LockedError } from '#scripts/launch/lock.ts';
import { startScript, stopChild } from '#scripts/launch/supervise.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';

let folder: string;
const services: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongming-claims-'));
});
afterEach(async () => {
  await Promise.all(services.splice(0).map(stopChild));
  removeFolder(folder);
});

const environment = () => ({
  ...process.env,
  DATA_DIR: folder,
  DEMO: 'false',
  SEARCH_ENGINE: 'off',
  PORT: '0',
  HOST: '127.0.0.1',
  SOURCES_FILE: join(folder, 'sources.json'),
  LOG_LEVEL: 'silent',
});

async function run(script: string, ...parameters: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [`scripts/${script}.ts`, ...parameters], { env: environment() });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = await once(child, 'close');
  return { code, said: Buffer.concat(said).toString() };
}

async function startWorker(): Promise<ChildProcess> {
  writeFileSync(join(folder, 'sources.json'), '[]');
  const child = startScript('scripts/worker.ts', [], environment());
  services.push(child);
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the worker ended with ${code}`))),
  ]);
  return child;
}

const COMMANDS = Object.keys(NEEDS) as Command[];
const USERS = COMMANDS.filter((command) => 'data' in NEEDS[command]);
const EXCLUSIVE = USERS.filter((command) => 'data' in NEEDS[command] && NEEDS[command].data === 'exclusive');

describe('the table of needs, command against command', () => {
  it.each(EXCLUSIVE)('%s runs with nobody, and nobody beside it', async (exclusive) => {
    for (const other of USERS) {
      const release = await claim(other, folder);
      await expect(claim(exclusive, folder), other).rejects.toThrow(LockedError);
      release();
      const releaseExclusive = await claim(exclusive, folder);
      await expect(claim(other, folder), other).rejects.toThrow(`${exclusive} (process ${process.pid})`);
      releaseExclusive();
    }
  });

  it.each(['main', 'worker', 'web', 'bulk', 'submission', 'backup'] as const)('there is one %s', async (command) => {
    const release = await claim(command, folder);
    await expect(claim(command, folder)).rejects.toThrow(`${command} (process ${process.pid})`);
    release();
    (await claim(command, folder))();
  });

  it('worker, web and the commands of staff run side by side; a start does not begin beside services', async () => {
    const held = [];
    for (const command of ['worker', 'web', 'ingest', 'keys', 'backup', 'verify'] as const) {
      held.push(await claim(command, folder));
    }
    await expect(claim('main', folder)).rejects.toThrow('worker (process');
    expect(claimRole('worker', folder)).toBeUndefined();
    for (const release of held) release();
    expect(readdirSync(join(folder, 'locks', 'holders'))).toEqual([]);
  });
});

describe('real processes', () => {
  it('a second worker, a restore and demo:clear are refused while a worker runs, and let through once it was killed', async () => {
    openDatabase(join(folder, 'tongming.db')).$client.close();
    await run('backup', '--to', join(folder, 'copy.db'));
    const worker = await startWorker();
    const second = await run('worker');
    expect(second).toMatchObject({ code: 78, said: expect.stringContaining(`worker (process ${worker.pid})`) });
    for (const [script, ...parameters] of [['restore', '--from', join(folder, 'copy.db')], ['demo-clear']]) {
      const { code, said } = await run(script ?? '', ...parameters);
      expect(code, script).toBe(1);
      expect(said, script).toContain(`worker (process ${worker.pid})`);
    }
    // A writer of staff and a reader need not stop it.
    expect(await run('keys', 'list')).toMatchObject({ code: 0 });
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    expect(await run('restore', '--from', join(folder, 'copy.db'))).toMatchObject({ code: 0 });
    await startWorker();
  });
});

describe('who is taken for the holder', () => {
  it('a process is not taken for one that had its number in another life, on another boot or on another machine', () => {
    const [host, boot, pid, start] = thisProcess().split(',');
    expect(isSameProcess(thisProcess())).toBe(true);
    expect(isSameProcess([host, boot, pid, Number(start) + 1].join(','))).toBe(false);
    expect(isSameProcess([host, '0-0', pid, start].join(','))).toBe(false);
    expect(isSameProcess([host, boot, 2 ** 22 + 1, start].join(','))).toBe(false);
    expect(isSameProcess(['elsewhere', boot, pid, start].join(','))).toBe(true);
  });

  it('another machine on a shared folder is named while it lives, and forgotten when it is silent', async () => {
    const holders = join(folder, 'locks', 'holders');
    const note = join(holders, 'other.json');
    mkdirSync(holders, { recursive: true });
    const since = new Date().toISOString();
    const other = { command: 'worker', process: 'machine-b,0,7,1', pid: 7, host: 'machine-b', since };
    writeFileSync(note, JSON.stringify(other));
    // Its clock may say anything: only that it moves counts.
    let moment = 1;
    const beats = setInterval(() => utimesSync(note, moment, moment++), 500);
    await expect(claim('restore', folder)).rejects.toThrow('worker on machine-b (process 7');
    clearInterval(beats);
    (await claim('worker', folder))();
    expect(existsSync(note)).toBe(false);
  });
});
