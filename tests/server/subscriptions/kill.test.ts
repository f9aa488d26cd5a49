import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SubscriptionRig, startSubscriptionRig } from '#tests/support/subscription-rig.ts';

const CHILD = join(import.meta.dirname, '../../support/notifier-child.ts');
const SUBSCRIBERS = 40;
const ROUNDS = 8;

/** A message as a receiver acknowledged it. */
interface Taken {
  subscriber: string;
  id: string;
  urls: string[];
}

let server: Server;
let host: string;
let taken: Taken[];
let rig: SubscriptionRig;
/** Runs when a message has come in and before it is answered. */
let onTaken: () => void;
beforeEach(async () => {
  taken = [];
  onTaken = () => undefined;
  server = createServer(async (request, response) => {
    const { data } = JSON.parse(await text(request));
    const urls = data.items.map(({ url }: { url: string }) => url);
    taken.push({ subscriber: request.url ?? '', id: String(request.headers['webhook-id']), urls });
    onTaken();
    response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  rig = await startSubscriptionRig({ allowed: [host] });
});
afterEach(async () => {
  await rig.close();
  server.closeAllConnections();
  server.close();
});

const startChild = (): ChildProcess =>
  spawn(process.execPath, [CHILD, rig.ingest.path, host], { stdio: ['ignore', 'ignore', 'inherit'] });

/** As if minutes had passed: attempts of a dead process count as lost, and the next messages may be made. */
function passMinutes(): void {
  const past = new Date(Date.now() - 3600_000).toISOString();
  rig.db.$client
    .prepare('UPDATE subscription_messages SET due_at = min(due_at, ?), created_at = ?, sent_at = min(sent_at, ?)')
    .run(past, past, past);
}

it('killed at any moment and started again, tells everyone of everything, and repeats only under the same id', async () => {
  for (let number = 0; number < SUBSCRIBERS; number++) {
    rig.subscribe({ channel: 'webhook', address: `http://${host}/${number}` });
  }
  let kills = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await rig.publish(rig.item(round));
    passMinutes();
    const child = startChild();
    const exited = once(child, 'exit');
    const target = taken.length + 1 + round * 3;
    const kill = () => child.kill('SIGKILL');
    // Every other time before the answer, so that what has arrived is not recorded; else somewhere after it.
    onTaken = () => {
      if (taken.length >= target) round % 2 === 0 ? kill() : setTimeout(kill, round);
    };
    await exited;
    kills++;
  }
  const child = startChild();
  const isOpen = () =>
    rig.rows(`SELECT 1 FROM subscription_messages WHERE state <> 'sent' UNION ALL
      SELECT 1 FROM subscription_deliveries WHERE message_id IS NULL LIMIT 1`).length > 0;
  while (isOpen() && child.exitCode === null) {
    passMinutes();
    await delay(300);
  }
  child.kill('SIGTERM');
  await once(child, 'exit');

  expect(kills).toBe(ROUNDS);
  const messages = new Map(taken.map((one) => [one.id, one]));
  expect(taken.length).toBeGreaterThan(messages.size);
  for (const one of taken) expect(one).toEqual(messages.get(one.id));
  const told = [...messages.values()].flatMap(({ subscriber, urls }) => urls.map((url) => `${subscriber} ${url}`));
  expect(new Set(told).size).toBe(SUBSCRIBERS * ROUNDS);
  expect(told).toHaveLength(SUBSCRIBERS * ROUNDS);
});
