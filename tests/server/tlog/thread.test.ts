import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCheckpoint } from '#src/domain/tlog/checkpoint.ts';
import { parseNote } from '#src/domain/tlog/note.ts';
import type { LogFollower } from '#src/tlog/publication-log.ts';
import { followLogInThread } from '#src/tlog/start-thread.ts';
import type { LogFailure } from '#src/tlog/thread.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItems } from '#tests/support/test-site.ts';

const LIMIT_MS = 60_000;
let rig: IngestRig;
let data: string;
let follower: LogFollower;
const failures: LogFailure[] = [];

beforeEach(async () => {
  rig = await startRig();
  data = join(dirname(rig.path), 'data');
  const place = { database: rig.path, dataDirectory: data, siteUrl: 'https://city.example' };
  follower = followLogInThread(place, (failure) => failures.push(failure));
});
afterEach(async () => {
  await follower.stop();
  await rig.close();
});

/** Waits without letting this thread do anything else, as a long step of the worker does. */
function blockUntil(isSo: () => boolean): void {
  const until = Date.now() + LIMIT_MS;
  while (!isSo() && Date.now() < until) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
}
const sizeOf = (path: string) => parseCheckpoint(parseNote(readFileSync(path, 'utf8')).text).size;

describe('the thread of the publication log', () => {
  it('signs what was committed while the thread that wrote it is held up', async () => {
    const checkpoint = join(data, 'log/checkpoint');
    for (const items of [20, 30]) {
      rig.items = makeItems(items);
      await rig.run({ full: true });
      const isSigned = () => existsSync(checkpoint) && sizeOf(checkpoint) === items;
      blockUntil(isSigned);
      expect(isSigned()).toBe(true);
    }
    expect(failures).toEqual([]);
  });
});
