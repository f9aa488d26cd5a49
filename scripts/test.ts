import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import { BROWSER_HELP, findBrowser, installBrowser } from './launch/browser.ts';
import { buildSite } from './launch/build.ts';
import { onOrphaned, onStop } from './launch/child.ts';
import { readPlaywrightReport } from './launch/playwright-tally.ts';
import { ROOT } from './launch/root.ts';
import { type Tally, tallySchema } from './launch/tally.ts';
import { beginTestRun } from './launch/test-run.ts';
import { TALLY_PATH_VARIABLE } from './launch/vitest-tally.ts';

/** As shells have it for a command that was interrupted. */
const INTERRUPTED = 130;

const run = await beginTestRun();
const { folder } = run;
const BROWSER_REPORT = join(folder, 'browser.json');
const DATA = join(folder, 'data');
/** What the tests of this run share: the demonstration, once it is loaded, and the port that it is read from. */
const DEMONSTRATION = join(folder, 'demonstration.db');
const SHARED = { TEST_DEMONSTRATION: DEMONSTRATION, TEST_DEMO_PORT: String(await findFreePort()) };

/** Of what nobody waits for: the demonstration and then the browser tests take longest, one after the other, and go first. */
const BESIDE = 5;

/** Once the run is to stop, no tool that ends is followed by the next one. */
let isStopping = false;
const stop = async () => {
  isStopping = true;
  await run.end();
  process.exit(INTERRUPTED);
};
onStop(stop);
onOrphaned(() => void stop());

interface ToolOptions {
  env?: NodeJS.ProcessEnv;
  niceness?: number;
  /** Takes the output as a whole once the tool has ended; without it, it is passed through. */
  onOutput?: (output: string) => void;
}

/** Runs a locked tool on this Node. Returns its exit code. */
async function runTool(tool: string, parameters: string[], options: ToolOptions): Promise<number> {
  const { env, niceness = 0, onOutput } = options;
  const output = onOutput ? 'pipe' : 'inherit';
  const how: SpawnOptions = {
    cwd: ROOT,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...run.environment, ...env },
  };
  const child = spawn(join(ROOT, 'node_modules/.bin', tool), parameters, how);
  if (child.pid && niceness > 0) setPriority(child.pid, Math.min(getPriority() + niceness, 19));
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, onOutput ? 'close' : 'exit')) as [number | null];
  if (isStopping) await new Promise(() => undefined);
  onOutput?.(Buffer.concat(chunks).toString('utf8'));
  return code ?? 1;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

const PASSED: Tally = { passed: 1, failures: [] };
const failedWith = (reason: string): Tally => ({ passed: 0, failures: [reason] });

const checkWith = async (tool: string, ...parameters: string[]): Promise<Tally> => {
  const onOutput = (output: string) => console.log(output.trimEnd());
  const code = await runTool(tool, parameters, { niceness: BESIDE, onOutput });
  return code === 0 ? PASSED : failedWith(`${tool} found something, see above`);
};

/** Reads what a tool reported; one that ended badly without naming a failed test has failed all the same. */
function judge(tool: string, code: number, path: string, read: (json: string) => Tally): Tally {
  let tally: Tally;
  try {
    tally = read(readFileSync(path, 'utf8'));
  } catch {
    return failedWith(`${tool} left no report (exit code ${code}), see above`);
  }
  if (code === 0 || tally.failures.length > 0) return tally;
  return { ...tally, failures: [`${tool} ended with exit code ${code}, see above`] };
}

async function testWithVitest(name: string, parameters: string[], niceness = 0): Promise<Tally> {
  const reporters = ['--reporter=default', '--reporter=./scripts/launch/vitest-tally.ts'];
  const path = join(folder, `${name}.json`);
  const env = { ...SHARED, [TALLY_PATH_VARIABLE]: path };
  const code = await runTool('vitest', ['run', ...reporters, ...parameters], { env, niceness });
  return judge('vitest', code, path, (json) => tallySchema.parse(JSON.parse(json)));
}

/** Loads the demonstration, which the browser tests then begin with. */
const DEMO_TEST = 'tests/server/demo.test.ts';
const testDemonstration = () => testWithVitest('demonstration', [DEMO_TEST]);
const testUnitsAndServer = () => testWithVitest('others', ['--exclude', DEMO_TEST], BESIDE);

async function build(): Promise<Tally> {
  await buildSite({ force: true });
  return PASSED;
}

async function testInBrowser(): Promise<Tally> {
  const browser = findBrowser() ?? installBrowser();
  if (!browser) throw new Error(`There is no browser for the tests. ${BROWSER_HELP}`);
  // The demonstration as its tests have loaded it; without it, the product under test loads it.
  mkdirSync(DATA);
  if (existsSync(DEMONSTRATION)) renameSync(DEMONSTRATION, join(DATA, 'tongming.db'));
  const env = {
    ...SHARED,
    CHROMIUM_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: BROWSER_REPORT,
    E2E_DATA_DIR: DATA,
  };
  const parameters = ['test', '-c', 'tests/playwright.config.ts', '--reporter=list,json'];
  const code = await runTool('playwright', parameters, { env });
  return judge('playwright', code, BROWSER_REPORT, readPlaywrightReport);
}

type Step = readonly [name: string, test: () => Promise<Tally>];
/** All others need what the first one builds. */
const FIRST: Step = ['build', build];
/** Side by side, each lane in its order. */
const LANES: readonly (readonly Step[])[] = [
  [
    ['demonstration', testDemonstration],
    ['browser tests', testInBrowser],
  ],
  [['unit and server tests', testUnitsAndServer]],
  [
    ['formatting and lint', () => checkWith('biome', 'check', '.')],
    // Of pages and of all other code: `tsc` finds nothing beyond it.
    ['types', () => checkWith('astro', 'check')],
  ],
];

let passed = 0;
const failures: string[] = [];

async function runStep([name, test]: Step): Promise<void> {
  console.log(`\n[${name}] begins`);
  const started = Date.now();
  const tally = await test().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return failedWith(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  });
  passed += tally.passed;
  failures.push(...tally.failures);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`[${name}] ${tally.passed} passed, ${tally.failures.length} failed (${seconds} s)`);
}

await runStep(FIRST);
await Promise.all(
  LANES.map(async (steps) => {
    for (const step of steps) await runStep(step);
  }),
);
await run.end();
// Once more at the end: what failed minutes ago is far above, or cut off in a log.
for (const failure of failures) console.log(`\nFAILED ${failure}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
