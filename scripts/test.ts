import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BROWSER_HELP, findBrowser, installBrowser } from './launch/browser.ts';
import { buildSite } from './launch/build.ts';
import { readPlaywrightReport } from './launch/playwright-tally.ts';
import { ROOT } from './launch/root.ts';
import { type Tally, tallySchema } from './launch/tally.ts';
import { TALLY_PATH_VARIABLE } from './launch/vitest-tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'tongming-tests-'));
const BROWSER_REPORT = join(folder, 'browser.json');
const UNIT_TALLY = join(folder, 'unit.json');

/** Runs a locked tool on this Node, its output passed through. Resolves to its exit code. */
async function runTool(tool: string, parameters: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const options: SpawnOptions = { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } };
  const child = spawn(join(ROOT, 'node_modules/.bin', tool), parameters, options);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

const PASSED: Tally = { passed: 1, failures: [] };
const failedWith = (reason: string): Tally => ({ passed: 0, failures: [reason] });

const checkWith = async (tool: string, ...parameters: string[]): Promise<Tally> =>
  (await runTool(tool, parameters)) === 0 ? PASSED : failedWith(`${tool} found something, see above`);

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

async function testUnitsAndServer(): Promise<Tally> {
  const reporters = ['--reporter=default', '--reporter=./scripts/launch/vitest-tally.ts'];
  const code = await runTool('vitest', ['run', ...reporters], { [TALLY_PATH_VARIABLE]: UNIT_TALLY });
  return judge('vitest', code, UNIT_TALLY, (json) => tallySchema.parse(JSON.parse(json)));
}

async function build(): Promise<Tally> {
  await buildSite({ force: true });
  return PASSED;
}

async function testInBrowser(): Promise<Tally> {
  const browser = findBrowser() ?? installBrowser();
  if (!browser) throw new Error(`There is no browser for the tests. ${BROWSER_HELP}`);
  const env = {
    CHROMIUM_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: BROWSER_REPORT,
    E2E_DATA_DIR: join(folder, 'data'),
  };
  const code = await runTool('playwright', ['test', '-c', 'tests/playwright.config.ts', '--reporter=list,json'], env);
  return judge('playwright', code, BROWSER_REPORT, readPlaywrightReport);
}

const STEPS: readonly [name: string, run: () => Promise<Tally>][] = [
  ['formatting and lint', () => checkWith('biome', 'check', '.')],
  ['types of pages', () => checkWith('astro', 'check')],
  ['types', () => checkWith('tsc', '--noEmit')],
  ['unit and server tests', testUnitsAndServer],
  ['build', build],
  ['browser tests', testInBrowser],
];

let passed = 0;
const failures: string[] = [];
for (const [index, [name, run]] of STEPS.entries()) {
  console.log(`\n[${index + 1}/${STEPS.length}] ${name}`);
  const started = Date.now();
  const tally = await run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return failedWith(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  });
  passed += tally.passed;
  failures.push(...tally.failures);
  const seconds = Math.round((Date.now() - started) / 1000);
  const figures = `${tally.passed} passed, ${tally.failures.length} failed (${seconds} s)`;
  console.log(`[${index + 1}/${STEPS.length}] ${name}: ${figures}`);
}
rmSync(folder, { recursive: true, force: true });
// Once more at the end: what failed half an hour ago is far above, or cut off in a log.
for (const failure of failures) console.log(`\nFAILED ${failure}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
