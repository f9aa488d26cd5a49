import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '#db/client.ts';
import { Random } from '#scripts/demo/generate/random.ts';
import { startFeedServer } from '#tests/support/feed-server.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { testSite } from '#tests/support/test-site.ts';
import { ChangingFeed } from './changing-feed.ts';
import { Child } from './child.ts';
import type { Poll, PollAnswer } from './children/poller.ts';
import { verify } from './content.ts';
import type { Harness, Outcome, Trial } from './harness.ts';
import { Ledger } from './ledger.ts';
import { Disk } from './strace/disk.ts';
import { readTrace, recordCommand, type TracedCall } from './strace/trace.ts';

const POLLS = 50;
/** What an unsafe setting must lose at least, or the cuts prove nothing. */
const LARGE_SHARE = 1 / 3;
const KEY = 'test-zoucheng';

/** Many small runs of a growing feed by one process, with every write recorded. */
async function record(trial: Trial, folder: string): Promise<TracedCall[]> {
  const feed = new ChangingFeed(new Random('power cut feed', trial.seed));
  const server = await startFeedServer(testSite(() => feed.items));
  const recording = join(trial.folder, 'recording');
  const child = new Child('poller.ts', [join(folder, 'tongming.db'), `${KEY}=${server.url}`], {
    plant: trial.plant,
    wrapper: recordCommand(recording),
  });
  try {
    for (let poll = 0; poll < POLLS; poll++) {
      feed.add(6);
      feed.correct(2);
      feed.withdraw(poll % 5 === 0 ? 1 : 0);
      const { summaries } = await child.ask<PollAnswer>({ keys: [KEY], full: false } satisfies Poll);
      if (summaries[0]?.state !== 'succeeded') throw new Error(`recorded run ${summaries[0]?.error}`);
    }
    await child.dismiss();
  } finally {
    await server.close();
  }
  return readTrace(recording);
}

/** Positions at which the power is cut, ascending: half anywhere, half right after something was acknowledged. */
function chooseCuts(calls: readonly TracedCall[], count: number, random: Random): number[] {
  const told = calls.flatMap((call, index) => (call.call === 'write' ? [index + 1] : []));
  const cuts = Array.from({ length: count }, (_, number) =>
    number % 2 === 0 ? random.integer(0, calls.length) : random.pick(told),
  );
  return cuts.sort((a, b) => a - b);
}

/** Opens what a cut has left, as the next start does, and compares it with what had been acknowledged. */
async function inspect(folder: string, ledger: Ledger): Promise<string[]> {
  const db = openDatabase(join(folder, 'tongming.db'));
  try {
    return [...ledger.findBreaches(db), ...(await verify(db))];
  } finally {
    db.$client.close();
  }
}

async function run(trial: Trial): Promise<Outcome> {
  const folder = join(trial.folder, 'recorded');
  mkdirSync(folder);
  const disk = new Disk(folder);
  const calls = (await record(trial, folder)).filter((call) => isAcknowledgement(call) || disk.concerns(call));
  const random = new Random('power cuts', trial.seed);
  const cuts = chooseCuts(calls, trial.runs, random);
  const ledger = new Ledger();
  const breaches: string[] = [];
  let [played, done, losing] = [0, 0, 0];
  for (const cut of cuts) {
    for (const call of calls.slice(played, cut)) {
      if (isAcknowledgement(call)) for (const line of call.bytes.toString().split('\n')) ledger.read(line);
      else disk.play(call);
    }
    played = Math.max(played, cut);
    const left = join(trial.folder, `cut-${done}`);
    disk.cutInto(left, random);
    const found = await inspect(left, ledger).catch((error: unknown) => [`does not open: ${String(error)}`]);
    if (found.length > 0) losing++;
    breaches.push(...found.map((breach) => `cut at ${cut}: ${breach}`));
    removeFolder(left);
    trial.advance(++done);
  }
  if (losing > done * LARGE_SHARE) breaches.push(`${losing} of ${done} cuts lost or broke something`);
  const figures = `${done} cuts in ${calls.length} recorded calls, ${ledger.size} changes acknowledged, ${losing} cuts lost or broke something`;
  return { figures, breaches };
}

function isAcknowledgement({ call, bytes }: TracedCall): boolean {
  return call === 'write' && bytes.toString().startsWith('ack ');
}

/** H2: power cuts, replayed from a recording of every write: what was not synced may be lost, torn or out of order. */
export const POWER_CUT: Harness = { key: 'h2', title: 'power cut', runs: 400, needsStrace: true, run };
