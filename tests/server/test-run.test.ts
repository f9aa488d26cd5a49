import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '#scripts/launch/root.ts';
import { endTestRun, listProcesses } from '#scripts/launch/test-run.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';

const CHILD = join(ROOT, 'tests/support/test-run-child.ts');
const PATIENCE = { timeout: 120_000, interval: 50 };

describe.skipIf(process.platform !== 'linux')('a run of tests', () => {
  let home: string;
  let npm: ChildProcess;
  let folder = '';
  let script = 0;

  /** As people start it: npm, its shell, `run.mjs`, and the script with what it has started. */
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'tongming-npm-'));
    const report = join(home, 'report');
    const command = `node ${join(ROOT, 'scripts/run.mjs')} ${CHILD}`;
    writeFileSync(join(home, 'package.json'), JSON.stringify({ scripts: { test: command } }));
    const env = { ...process.env, CHILD_REPORT: report };
    npm = spawn('npm', ['test'], { cwd: home, env, stdio: 'ignore', detached: true });
    const read = () => (existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n') : []);
    await expect.poll(read, PATIENCE).toHaveLength(2);
    folder = read()[0] ?? '';
    script = Number(read()[1]);
    // The tool has ended and left its server to nobody.
    await expect.poll(() => listProcesses(folder).length, PATIENCE).toBe(2);
  });
  afterEach(async () => {
    npm.kill('SIGKILL');
    await endTestRun(folder);
    removeFolder(home);
  });

  const signalScript = (signal: NodeJS.Signals) => process.kill(script, signal);
  const signalNpm = (signal: NodeJS.Signals) => npm.kill(signal);
  /** As a terminal does: npm itself does not mind an interrupt, and waits for its children. */
  const signalGroup = (signal: NodeJS.Signals) => process.kill(-(npm.pid ?? Number.NaN), signal);

  it.each([
    ['everything at the terminal', 'SIGINT', signalGroup],
    ['npm', 'SIGTERM', signalNpm],
    ['npm', 'SIGKILL', signalNpm],
    ['the script itself', 'SIGKILL', signalScript],
  ] as const)('leaves no process and no file when %s gets %s', async (_name, signal, send) => {
    const gone = once(npm, 'exit');
    send(signal);
    await gone;
    await expect.poll(() => listProcesses(folder), PATIENCE).toEqual([]);
    await expect.poll(() => existsSync(folder), PATIENCE).toBe(false);
    await expect.poll(() => existsSync(`/proc/${script}`), PATIENCE).toBe(false);
  });
});
