import { Random } from '#scripts/demo/generate/random.ts';
import { startFeedServer } from '#tests/support/feed-server.ts';
import { testSite } from '#tests/support/test-site.ts';
import { ChangingFeed } from './changing-feed.ts';
import { CHAOS } from './chaos-events.ts';
import { Site } from './chaos-site.ts';
import { type Harness, isCaught, type Outcome, type Trial } from './harness.ts';

const NOTICES = 600;
const PAGE_SIZE = 200;

async function run(trial: Trial): Promise<Outcome> {
  const random = new Random('search chaos', trial.seed);
  const feed = new ChangingFeed(random);
  feed.add(NOTICES);
  const server = await startFeedServer(testSite(() => feed.items, PAGE_SIZE));
  const site = new Site(trial, server, feed);
  const names = Object.keys(CHAOS);
  const chosen = trial.plant?.events ?? random.sample(names, names.length);
  try {
    await site.start();
    for (let event = 0; event < trial.runs && !isCaught(trial, site.breaches); event++) {
      await site.disturb(chosen[event % chosen.length] ?? '', random);
      trial.advance(event + 1);
    }
  } finally {
    await site.stop();
    await server.close();
  }
  const { seconds, probes, degraded, incomplete, longestGapS, slowestMs, healthLies, breaches } = site;
  const { longestBehindMs, wrong } = site;
  const middle = seconds.toSorted((a, b) => a - b)[seconds.length >> 1] ?? 0;
  const figures = `${seconds.length} events survived, converged in ${middle.toFixed(1)} s (median), ${Math.max(0, ...seconds).toFixed(1)} s (longest); ${probes} searches, ${degraded} degraded, ${incomplete} incomplete (${longestGapS.toFixed(1)} s at most), slowest ${Math.round(slowestMs)} ms; the built-in index ${Math.round(longestBehindMs)} ms behind at most, ${wrong} wrong totals of it; /health said "available" over ${healthLies} broken indexes`;
  return { figures, breaches };
}

/** H5: the real search engine, killed, hung, slow, wiped, corrupted and flooded under a running portal. */
export const SEARCH_CHAOS: Harness = { key: 'h5', title: 'search chaos', runs: 30, needsStrace: false, run };
