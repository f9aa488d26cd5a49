import { afterAll, beforeAll, expect, test } from 'vitest';
import { countSteps, killAt, type ReleaseStage, stageReleases } from '#tests/support/release-kills.ts';

/** Kills in the suite; `npm run test:faults` kills before every statement. */
const KILLS = 4;

let stage: ReleaseStage;
beforeAll(async () => {
  stage = await stageReleases();
});
afterAll(() => stage.close());

test('killed anywhere while drafts are published, each is published exactly once, with one audit row', async () => {
  const steps = await countSteps(stage);
  expect(steps).toBeGreaterThan(60);
  const offset = 1 + Math.floor(Math.random() * (steps / KILLS));
  const chosen = Array.from({ length: KILLS }, (_, index) =>
    Math.min(steps, offset + Math.floor((index * steps) / KILLS)),
  );
  console.log(`kills before statements ${chosen.join(', ')} of ${steps}`);
  for (const step of chosen) expect(await killAt(stage, step)).toEqual({ killed: true, breaches: [] });
});
