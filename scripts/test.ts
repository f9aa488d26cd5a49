import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { BROWSER_HELP, findBrowser, installBrowser } from './launch/browser.ts';
import { buildSite } from './launch/build.ts';
import { ROOT } from './launch/root.ts';

/** How many tests of a step passed and failed. */
interface Tally {
  passed: number;
  failed: number;
}

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

const folder = mkdtempSync(join(tmpdir(), 'tongming-tests-'));
const BROWSER_REPORT = join(folder, 'browser.json');
const UNIT_REPORT = join(folder, 'unit.json');

/** Runs a locked tool on this Node, its output passed through. Resolves to its exit code. */
async function runTool(tool: string, parameters: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const options: SpawnOptions = { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } };
  const child = spawn(join(ROOT, 'node_modules/.bin', tool), parameters, options);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

const checkWith = async (tool: string, ...parameters: string[]): Promise<Tally> =>
  (await runTool(tool, parameters)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

/** A step that ended badly without a failed test, or without a report, has failed all the same. */
const judge = (code: number, tally: Tally): Tally => ({
  ...tally,
  failed: code === 0 ? tally.failed : Math.max(1, tally.failed),
});

function readReport<Report>(path: string, schema: z.ZodType<Report>): Report | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

async function testUnitsAndServer(): Promise<Tally> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`];
  const code = await runTool('vitest', ['run', ...reporters]);
  const report = readReport(UNIT_REPORT, vitestReport);
  return judge(code, { passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 1 });
}

async function build(): Promise<Tally> {
  await buildSite({ force: true });
  return { passed: 1, failed: 0 };
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
  const stats = readReport(BROWSER_REPORT, playwrightReport)?.stats;
  return judge(code, {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 1,
  });
}

const STEPS: readonly [name: string, run: () => Promise<Tally>][] = [
  ['formatting and lint', () => checkWith('biome', 'check', '.')],
  ['types of pages', () => checkWith('astro', 'check')],
  ['types', () => checkWith('tsc', '--noEmit')],
  ['unit and server tests', testUnitsAndServer],
  ['build', build],
  ['browser tests', testInBrowser],
];

const total: Tally = { passed: 0, failed: 0 };
for (const [index, [name, run]] of STEPS.entries()) {
  console.log(`\n[${index + 1}/${STEPS.length}] ${name}`);
  const started = Date.now();
  const tally = await run().catch((error: unknown): Tally => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  });
  total.passed += tally.passed;
  total.failed += tally.failed;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`[${index + 1}/${STEPS.length}] ${name}: ${tally.passed} passed, ${tally.failed} failed (${seconds} s)`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
