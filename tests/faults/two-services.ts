import { join } from 'node:path';
import { Random } from '#scripts/demo/generate/random.ts';
import { buildSite } from '#scripts/launch/build.ts';
import { startFeedServer } from '#tests/support/feed-server.ts';
import { testSite } from '#tests/support/test-site.ts';
import { ChangingFeed } from './changing-feed.ts';
import { Duo } from './duo.ts';
import { DUO_EVENTS, happen } from './duo-events.ts';
import { type Harness, isCaught, type Outcome, type Trial } from './harness.ts';
import { SmallDisk } from './small-disk.ts';

const ITEMS = 60;
const PAGE_SIZE = 200;
const MEGABYTES = 384;

async function run(trial: Trial): Promise<Outcome> {
  await buildSite();
  const random = new Random('two services', trial.seed);
  const feed = new ChangingFeed(new Random('two services feed', trial.seed));
  feed.add(ITEMS);
  const server = await startFeedServer(testSite(() => feed.items, PAGE_SIZE));
  const disk = new SmallDisk(join(trial.folder, 'disk'), MEGABYTES);
  const duo = new Duo(trial, join(disk.path, 'data'), server, feed);
  const names = Object.keys(DUO_EVENTS);
  const chosen = trial.plant?.events ?? random.sample(names, names.length);
  let events = 0;
  try {
    await duo.start();
    await duo.settle('start');
    await duo.makeBackup();
    for (; events < trial.runs && !isCaught(trial, duo.breaches); events++) {
      await happen({ duo, disk, random }, chosen[events % chosen.length] ?? '');
      trial.advance(events + 1);
    }
  } finally {
    await duo.stop();
    await server.close();
    disk.unmount();
  }
  const answers = Object.entries(duo.answers).map(([status, count]) => `${count} × ${status}`);
  return {
    figures: `${events} events survived, well again within ${duo.slowest.toFixed(1)} s; pushes answered ${answers.join(', ')}`,
    breaches: duo.breaches,
  };
}

/** H6: worker and web as two services, with what operators, disks, clocks and clients do to them. */
export const TWO_SERVICES: Harness = { key: 'h6', title: 'two services', runs: 32, needsStrace: false, run };
