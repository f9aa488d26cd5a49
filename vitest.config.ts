import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './tests/support/long-first.ts';

/** What Node has compiled once, it need not compile again for each of the hundreds of processes that tests start. */
const COMPILED = join(import.meta.dirname, 'node_modules/.cache/compiled');

/** As `scripts/run.mjs` lets every process of the product begin. */
const IMPORTS = `--import=${new URL('scripts/launch/quick-imports.mjs', import.meta.url).href}`;

/** `unit` is pure; `server` uses real files, processes and sockets, hence the longer limits. */
export default defineConfig({
  test: {
    env: { TZ: 'UTC', LOG_LEVEL: 'silent', NODE_COMPILE_CACHE: COMPILED, NODE_OPTIONS: IMPORTS },
    execArgv: [IMPORTS],
    // More than there are processors: the server tests wait for disks, sockets and other processes half of their time.
    maxWorkers: 4,
    sequence: { sequencer: LongFirst },
    // A busy machine is late; whoever waits for a state ends as soon as it is there.
    expect: { poll: { timeout: 30_000 } },
    // Node reads our modules itself, as in the product, and keeps what it has compiled: a fourth of the processor time of a server test.
    experimental: { viteModuleRunner: false },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000, isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['tests/server/**/*.test.ts'],
          globalSetup: 'tests/support/templates.ts',
          testTimeout: 240_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
