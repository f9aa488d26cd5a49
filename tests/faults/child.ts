import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Plant } from './plants.ts';

const CHILDREN = join(import.meta.dirname, 'children');
/** Compiled modules are kept: most of a child's short life would go into compiling them. */
const COMPILED = join(tmpdir(), 'tongming-compiled');
const HOOK = join(CHILDREN, 'plant-hook.ts');

export interface ChildOptions {
  plant?: Plant | undefined;
  environment?: Record<string, string>;
  /** Modules that are loaded before the script, in every thread. */
  imports?: readonly string[];
  /** Program and arguments that run the child, e.g. strace. */
  wrapper?: readonly string[];
}

export interface ChildEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The child was gone before it answered. */
export class ChildEndedError extends Error {}

/** One of the scripts of `children/`, or another one by its path from there, as a process of its own with an IPC channel. */
export class Child {
  /** Resolves when the process is gone and everything it said has been read. */
  readonly ended: Promise<ChildEnd>;
  readonly #process: ChildProcess;
  readonly #listeners = new Set<(line: string) => void>();
  #errors = '';

  constructor(script: string, parameters: readonly string[], options: ChildOptions = {}) {
    const { plant, environment, wrapper = [], imports = [] } = options;
    const modules = [...(plant ? [HOOK] : []), ...imports.map((name) => join(CHILDREN, name))];
    const hooks = modules.flatMap((path) => ['--import', path]);
    const command = [...wrapper, process.execPath, ...hooks, join(CHILDREN, script), ...parameters];
    this.#process = spawn(command[0] ?? '', command.slice(1), {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: COMPILED,
        ...(plant ? { FAULT_PLANT: plant.key } : {}),
        ...environment,
      },
    });
    const output = this.#process.stdout as Readable;
    // Not the process's own `close`: it never comes once the channel was closed from this side.
    this.ended = Promise.all([once(this.#process, 'exit'), once(output, 'close')]).then(([[code, signal]]) => ({
      code,
      signal,
    }));
    this.#process.stderr?.on('data', (chunk) => {
      this.#errors = (this.#errors + chunk).slice(-2_000);
    });
    createInterface({ input: output }).on('line', (line) => {
      for (const listener of this.#listeners) listener(line);
    });
  }

  /** What it last said on standard error. */
  get errors(): string {
    return this.#errors.trim();
  }

  onLine(listener: (line: string) => void): void {
    this.#listeners.add(listener);
  }

  /** The first message that it sends by itself: a service says that it is ready. @throws ChildEndedError when it ends first */
  async report(): Promise<string> {
    const said = new Promise<string>((resolve) => this.#process.once('message', (value) => resolve(String(value))));
    return Promise.race([said, this.#endTooEarly()]);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Resolves when a line begins with the text. @throws ChildEndedError when the child ends first. */
  async waitFor(text: string): Promise<void> {
    const said = new Promise<void>((resolve) => this.onLine((line) => line.startsWith(text) && resolve()));
    await Promise.race([said, this.#endTooEarly()]);
  }

  /** Sends a message and waits for the answer. @throws ChildEndedError when the child ends first. */
  async ask<Answer>(message: string | object): Promise<Answer> {
    const answer = new Promise<Answer>((resolve) => this.#process.once('message', (value) => resolve(value as Answer)));
    this.#process.send(message, () => undefined);
    return Promise.race([answer, this.#endTooEarly()]);
  }

  async #endTooEarly(): Promise<never> {
    const { code, signal } = await this.ended;
    throw new ChildEndedError(`child ended (${signal ?? code}): ${this.errors}`);
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Lets it end by itself: it loses its parent. */
  async dismiss(): Promise<ChildEnd> {
    if (this.#process.connected) this.#process.disconnect();
    return this.ended;
  }
}
