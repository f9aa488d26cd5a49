import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { assertInTime, continueWithin, currentLimit, OverdueError, withinLimit } from '#db/limit.ts';

/** A stream that is begun under a limit of 40 ms, and whose every piece checks the limit it runs under. */
function begin() {
  return withinLimit(40, () => {
    const source = {
      async pull(controller: ReadableStreamDefaultController<number>) {
        await sleep(5);
        assertInTime();
        controller.enqueue(1);
      },
    };
    return { limit: currentLimit(), reader: new ReadableStream<number>(source).getReader() };
  });
}

const PIECES = 30;

it('a stream that goes on for longer than its first piece may take is held to the limit of each piece', async () => {
  const { limit, reader } = begin();
  for (let piece = 0; piece < PIECES; piece++) {
    expect((await withinLimit(60_000, () => continueWithin(limit, () => reader.read()))).value).toBe(1);
  }
  await expect(
    withinLimit(1, async () => {
      await sleep(10);
      for (let piece = 0; piece < PIECES; piece++) await continueWithin(limit, () => reader.read());
    }),
  ).rejects.toBeInstanceOf(OverdueError);
});

it('a stream that is only read under a new limit keeps its first one: the control', async () => {
  const { reader } = begin();
  const readAll = async () => {
    for (let piece = 0; piece < PIECES; piece++) await withinLimit(60_000, () => reader.read());
  };
  await expect(readAll()).rejects.toBeInstanceOf(OverdueError);
});
