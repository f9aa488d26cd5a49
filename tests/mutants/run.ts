import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listMutants, type Mutant } from './plant.ts';

const ROOT = join(import.meta.dirname, '../..');
/** A mutant that ends nowhere is one that was noticed. */
const LIMIT_MS = 300_000;
/** Server tests that drive a part in their own process, where a mutant is planted, and take seconds. */
const RULES_TESTS = ['notices/list', 'notices/get', 'notices/parse-filter', 'exposures/board', 'subscriptions/follow'];
const WRITE_PATH_TESTS = [
  'pipeline',
  'quarantine',
  'reused-ids',
  'duplicates',
  'details',
  'folder',
  'jining',
  'reextract',
  'verify',
];

/** What is mutated, and the server tests that ought to notice when no unit test does. */
const PARTS: Record<string, { files: readonly string[]; tests: readonly string[] }> = {
  domain: {
    files: ['src/domain/**/*.ts'],
    tests: RULES_TESTS.map((name) => `tests/server/${name}.test.ts`),
  },
  write: {
    files: [
      'src/publish/notices/{store,rows,public-rows,projects,duplicates,known}.ts',
      'src/publish/items/{store-item,raw-items,quarantine}.ts',
      'src/publish/prepare/*.ts',
      'src/ingest/run/*.ts',
      'db/lease.ts',
    ],
    tests: WRITE_PATH_TESTS.map((name) => `tests/server/ingest-${name}.test.ts`),
  },
};

export interface MutantOptions {
  /** `domain`, `write`, or paths of files; both parts when empty. */
  only: readonly string[];
  /** Mutants planted in each part. */
  runs: number;
  seed: number;
}

interface Planted {
  path: string;
  mutant: Mutant;
  tests: readonly string[];
}

/** Plants mutants, evenly chosen, one at a time, and prints those that no test notices. Returns how many those are. */
export async function runMutants({ only, runs, seed }: MutantOptions): Promise<number> {
  const chosen = Object.entries(PARTS).flatMap(([name, part]) => {
    const paths = [...part.files, ...part.tests]
      .flatMap((pattern) => listFiles(pattern))
      .filter(isSource)
      .sort();
    const wanted = only.length === 0 || only.includes(name) ? paths : paths.filter((path) => only.includes(path));
    return sample(
      wanted.flatMap((path) => plantsOf(path, part.tests)),
      runs,
      seed,
    );
  });
  console.log(`seed ${seed}, ${chosen.length} mutants`);
  let survivors = 0;
  for (const planted of chosen) {
    const isNoticed = await isKilled(planted);
    if (!isNoticed) survivors++;
    const { path, mutant } = planted;
    console.log(`${isNoticed ? 'noticed ' : 'SURVIVED'} ${path}:${mutant.line} ${mutant.change}`);
  }
  console.log(`${chosen.length - survivors} noticed, ${survivors} survived`);
  return survivors;
}

const isSource = (path: string) => !path.endsWith('.test.ts');

/** @throws Error when there is none: a file that was moved would leave its part untested */
function listFiles(pattern: string): string[] {
  const paths = globSync(pattern, { cwd: ROOT });
  if (paths.length === 0) throw new Error(`there is no ${pattern}`);
  return paths;
}

const plantsOf = (path: string, tests: readonly string[]): Planted[] =>
  listMutants(readFileSync(join(ROOT, path), 'utf8')).map((mutant) => ({ path, mutant, tests }));

/** So many of all, chosen by a seed (mulberry32). */
function sample<Value>(all: readonly Value[], count: number, seed: number): Value[] {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return all
    .map((value) => ({ value, order: random() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ value }) => value);
}

/** True when a test fails with the mutant: the unit tests first, which are quick, then those of the server. */
async function isKilled({ path, mutant, tests }: Planted): Promise<boolean> {
  const related = ['related', path, '--run', '--project', 'unit', '--passWithNoTests'];
  if (!(await passes(related, path, mutant))) return true;
  return !(await passes(['run', '--project', 'server', ...tests], path, mutant));
}

async function passes(parameters: string[], path: string, mutant: Mutant): Promise<boolean> {
  const config = ['--config', 'tests/mutants/vitest.config.ts', '--root', ROOT, '--bail', '1', '--reporter', 'dot'];
  const child = spawn(join(ROOT, 'node_modules/.bin/vitest'), [...parameters, ...config], {
    cwd: ROOT,
    stdio: 'ignore',
    timeout: LIMIT_MS,
    env: { ...process.env, MUTANT: JSON.stringify({ path: join(ROOT, path), mutant }) },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}
