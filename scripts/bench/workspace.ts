import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScript, stopChild } from '../launch/supervise.ts';

/** Temporary folders and processes of a run; `close` removes and stops them all, the last ones first. */
export class Workspace {
  readonly #root = mkdtempSync(join(tmpdir(), 'tongming-bench-'));
  readonly #stack = new AsyncDisposableStack();

  constructor() {
    this.#stack.defer(() => rmSync(this.#root, { recursive: true, force: true }));
  }

  /** A new folder. */
  makeDirectory(name: string): string {
    const path = join(this.#root, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Calls `undo` when the workspace is closed. */
  onClose(undo: () => void | Promise<void>): void {
    if (this.#stack.disposed) void undo();
    else this.#stack.defer(undo);
  }

  /**
   * Starts a script with our environment changed by `environment` and waits until it reports that it serves.
   * @throws Error when it ends before.
   */
  async startScript(
    script: string,
    parameters: string[],
    environment: NodeJS.ProcessEnv = {},
  ): Promise<{ child: ChildProcess; report: string; stop: () => Promise<void> }> {
    const child = startScript(script, parameters, { ...process.env, ...environment });
    const stop = () => stopChild(child);
    this.onClose(stop);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${script} ended (${code})`);
    });
    ended.catch(() => undefined);
    const [report] = await Promise.race([once(child, 'message'), ended]);
    return { child, report: String(report), stop };
  }

  close(): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

/** Says on the terminal what is being done; the tables go to standard output. */
export function progress(text: string): void {
  process.stderr.write(`  ${text}\n`);
}
