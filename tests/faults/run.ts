import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { removeFolder } from '#tests/support/remove-folder.ts';
import type { Harness, Outcome, Trial } from './harness.ts';
import { HOSTILE_FEED } from './hostile-feed.ts';
import { KILL } from './kill.ts';
import { LOG } from './log.ts';
import { PLANTS, type Plant } from './plants.ts';
import { POWER_CUT } from './power-cut.ts';
import { RELEASE } from './release.ts';
import { SEARCH_CHAOS } from './search-chaos.ts';
import { SYSCALL_SWEEP } from './syscall-sweep.ts';
import { TWO_SERVICES } from './two-services.ts';

const HARNESSES: readonly Harness[] = [
  KILL,
  POWER_CUT,
  SYSCALL_SWEEP,
  HOSTILE_FEED,
  SEARCH_CHAOS,
  TWO_SERVICES,
  RELEASE,
  LOG,
];
const SHOWN = 8;

export interface FaultOptions {
  /** Keys of the harnesses to run; all when empty. */
  only: readonly string[];
  /** Keys of controls: these are run, and no harness. */
  controls: readonly string[];
  /** Number of faults in place of each harness's own. */
  runs: number | undefined;
  seed: number;
}

/** Counts of what passed and failed: harnesses and controls. */
interface Score {
  passed: number;
  failed: number;
  planted: number;
  caught: number;
}

/**
 * Runs the chosen harnesses, each followed by its controls, and prints one line for each. Returns true when all passed
 * and every planted bug was found. @throws Error for an unknown harness or control.
 */
export async function runFaults({ only, controls, runs, seed }: FaultOptions): Promise<boolean> {
  const unknown = only.filter((key) => !HARNESSES.some((harness) => harness.key === key));
  if (unknown.length > 0) throw new Error(`no such harness: ${unknown.join(', ')}`);
  const strangers = controls.filter((key) => !PLANTS.some((plant) => plant.key === key));
  if (strangers.length > 0) throw new Error(`no such control: ${strangers.join(', ')}`);
  const isMeant = ({ key }: Plant) => controls.length === 0 || controls.includes(key);
  const plants = PLANTS.filter(isMeant);
  const chosen = HARNESSES.filter(({ key }) => only.length === 0 || only.includes(key)).filter(
    ({ key }) => controls.length === 0 || plants.some(({ harness }) => harness === key),
  );
  const hasStrace = spawnSync('strace', ['--version']).status === 0;
  const score: Score = { passed: 0, failed: 0, planted: 0, caught: 0 };
  console.log(`seed ${seed}`);
  for (const harness of chosen) {
    if (harness.needsStrace && !hasStrace) {
      console.log(`✗ ${harness.key} ${harness.title}: strace is missing (Debian package "strace")`);
      score.failed++;
      continue;
    }
    if (controls.length === 0) await runHarness(harness, runs ?? harness.runs, seed, score);
    for (const plant of plants) if (plant.harness === harness.key) await runControl(harness, plant, seed, score);
  }
  console.log(`controls: ${score.caught} caught of ${score.planted} planted`);
  console.log(`${score.passed} passed, ${score.failed} failed`);
  return score.failed === 0;
}

async function runHarness(harness: Harness, runs: number, seed: number, score: Score): Promise<void> {
  const name = `${harness.key} ${harness.title}`;
  const { figures, breaches, seconds } = await attempt(harness, name, { runs, seed, plant: undefined });
  console.log(`${breaches.length === 0 ? '✓' : '✗'} ${name}: ${figures}, ${breaches.length} breaches (${seconds} s)`);
  for (const breach of breaches.slice(0, SHOWN)) console.log(`    ${breach}`);
  score[breaches.length === 0 ? 'passed' : 'failed']++;
}

async function runControl(harness: Harness, plant: Plant, seed: number, score: Score): Promise<void> {
  const name = `${harness.key} control ${plant.key}`;
  const { figures, breaches, seconds } = await attempt(harness, name, { runs: plant.runs, seed, plant });
  const found = breaches.find((breach) => plant.breach.test(breach));
  console.log(`${found ? '✓' : '✗'} ${name}: ${found ? `caught: ${found}` : 'NOT caught'}; ${figures} (${seconds} s)`);
  if (!found) for (const breach of breaches.slice(0, SHOWN)) console.log(`    ${breach}`);
  score.planted++;
  if (found) score.caught++;
  score[found ? 'passed' : 'failed']++;
}

/** Runs a harness in an empty folder, with a progress bar. One that cannot work counts as a breach. */
async function attempt(
  harness: Harness,
  name: string,
  { runs, seed, plant }: Pick<Trial, 'runs' | 'seed' | 'plant'>,
): Promise<Outcome & { seconds: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'tongming-faults-'));
  const bar = new SingleBar({
    format: `  {bar} ${name} {value}/{total} {duration_formatted}`,
    noTTYOutput: true,
    notTTYSchedule: 15_000,
    clearOnComplete: true,
  });
  const started = Date.now();
  bar.start(runs, 0);
  const outcome = await harness
    .run({ runs, seed, plant, folder, advance: (done) => bar.update(done) })
    .catch((error: unknown): Outcome => ({ figures: 'did not work', breaches: [`harness: ${String(error)}`] }))
    .finally(() => bar.stop());
  removeFolder(folder);
  return { ...outcome, seconds: Math.round((Date.now() - started) / 1000) };
}
