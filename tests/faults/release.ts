import { countSteps, killAt, stageReleases } from '#tests/support/release-kills.ts';
import { type Harness, inPairs, isCaught, type Outcome, type Trial } from './harness.ts';

async function run(trial: Trial): Promise<Outcome> {
  const stage = await stageReleases();
  try {
    const steps = await countSteps(stage);
    const count = Math.min(trial.runs, steps);
    const chosen = Array.from({ length: count }, (_, index) => 1 + Math.floor((index * steps) / count));
    const breaches: string[] = [];
    let kills = 0;
    await inPairs(chosen, async (step) => {
      if (isCaught(trial, breaches)) return;
      const found = await killAt(stage, step, trial.plant?.key);
      breaches.push(...found.breaches);
      if (found.killed) kills++;
      trial.advance(kills);
    });
    return { figures: `${kills} kills before ${count} of ${steps} statements that publish and withdraw`, breaches };
  } finally {
    stage.close();
  }
}

/** H7: the release of drafts, killed before every statement of it. */
export const RELEASE: Harness = { key: 'h7', title: 'kill -9 of a release', runs: 200, needsStrace: false, run };
