import { Random } from '#scripts/demo/generate/random.ts';
import { startFeedServer } from '#tests/support/feed-server.ts';
import { testSite } from '#tests/support/test-site.ts';
import { Campaign, PAGE_SIZE, Tally } from './campaign.ts';
import { ChangingFeed } from './changing-feed.ts';
import { type Harness, inPairs, type Outcome, type Trial } from './harness.ts';

/** Kills on one database; then a new one, so that verifying stays quick. */
const CAMPAIGN = 20;

async function run(trial: Trial): Promise<Outcome> {
  const tally = new Tally();
  const numbers = Array.from({ length: Math.ceil(trial.runs / CAMPAIGN) }, (_, number) => number);
  await inPairs(numbers, async (number) => {
    const feed = new ChangingFeed(new Random('kill feed', trial.seed, number));
    const server = await startFeedServer(testSite(() => feed.items, PAGE_SIZE));
    const campaign = new Campaign(trial, tally, number, server, feed);
    await campaign.run(Math.min(CAMPAIGN, trial.runs - number * CAMPAIGN)).finally(() => server.close());
  });
  const { kills, midRun, midIndex, engines, frozen, acknowledged, slowestEnd, breaches } = tally;
  if (kills > 10 && (midRun === 0 || midIndex === 0)) breaches.push('no kill hit a run or the indexing');
  return {
    figures: `${kills} kills (${midRun} in a run, ${midIndex} with the index behind, ${engines} with the engine, ${frozen} while it hung), ${acknowledged} changes acknowledged, converged within ${slowestEnd.toFixed(1)} s`,
    breaches,
  };
}

/** H1: the real worker, killed at random moments of ingest and indexing. */
export const KILL: Harness = { key: 'h1', title: 'kill -9', runs: 200, needsStrace: false, run };
