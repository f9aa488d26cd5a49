import { Random } from '#scripts/demo/generate/random.ts';
import { startFeedServer } from '#tests/support/feed-server.ts';
import { testSite } from '#tests/support/test-site.ts';
import { startCanary } from './canary.ts';
import { ChangingFeed } from './changing-feed.ts';
import { type Harness, isCaught, type Outcome, type Trial } from './harness.ts';
import { Siege, toMegabytes } from './siege.ts';

const PAGE_SIZE = 50;
const BEGINNING = 60;
/** Numbers of the healthy feed's items: no twins of the other's. */
const FAR = 100_000;
const CLEAN_EVERY = 5;

async function run(trial: Trial): Promise<Outcome> {
  const truth = new ChangingFeed(new Random('hostile feed', trial.seed));
  const healthy = new ChangingFeed(new Random('healthy feed', trial.seed), FAR);
  truth.add(BEGINNING);
  healthy.add(BEGINNING);
  const site = testSite(() => truth.items, PAGE_SIZE);
  // Without validators: an unchanged feed would be answered before it can misbehave.
  const server = await startFeedServer((request) => site({ ...request, headers: {} }));
  const other = await startFeedServer(testSite(() => healthy.items, PAGE_SIZE));
  const canary = await startCanary();
  const siege = new Siege({ trial, server, truth, other, healthy, canary });
  let polls = 0;
  try {
    await siege.cleanPoll(true);
    for (; polls < trial.runs && !isCaught(trial, siege.breaches); trial.advance(polls)) {
      await siege.hostilePoll(++polls);
      if (polls % CLEAN_EVERY === 0) await siege.cleanPoll(false);
      if (canary.hits > 0) siege.breaches.push(`the canary was asked ${canary.hits} times`);
    }
    if (!trial.plant) await siege.finish();
  } finally {
    await siege.close();
    await Promise.all([server.close(), other.close()]);
    canary.close();
  }
  const states = Object.entries(siege.states).map(([state, count]) => `${count} ${state}`);
  const figures = `${polls} hostile polls (${states.join(', ')}), ${truth.items.length} items, canary asked ${canary.hits} times, at most ${toMegabytes(siege.flood.mostTaken)} MB of an endless answer taken, peak ${toMegabytes(siege.peakBytes)} MB resident`;
  return { figures, breaches: siege.breaches };
}

/** H4: a feed that does everything wrong, beside one that does not. */
export const HOSTILE_FEED: Harness = { key: 'h4', title: 'hostile feed', runs: 600, needsStrace: false, run };
