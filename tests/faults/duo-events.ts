import { copyFileSync, existsSync, mkdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '#scripts/demo/generate/random.ts';
import { isRestoring } from '#src/server/backup/move.ts';
import { findEngines } from '#src/server/search/process.ts';
import { verifyFile } from './content.ts';
import type { Duo } from './duo.ts';
import type { SmallDisk } from './small-disk.ts';

/** Where an event happens. */
export interface Scene {
  duo: Duo;
  disk: SmallDisk;
  random: Random;
}

type Event = (scene: Scene) => Promise<void>;

const HOUR_MS = 3_600_000;
const CUTS = 20;
const HALF_OPEN = 400;
const SLOW_READERS = 12;
/**
 * What slow readers ask for, and how often: more than six megabytes each, as the kernel takes in four for whoever reads nothing, and a
 * server that has got rid of all its answers waits for nobody. Two or three of them fill what one client may have under way; the others
 * are refused, read nothing of that either, and are idle.
 */
const LARGE = '/api/v1/openapi.json';
const LARGE_TIMES = 40;
/** By then everything that stands still must have been ended; far beyond every limit of the HTTP server. */
const GIVE_UP_S = 150;
const FATAL_EXIT = 78;

/** A command that would move the database under running services must end without having done anything. */
async function expectRefused({ duo }: Scene, script: string, ...parameters: string[]): Promise<void> {
  const before = [duo.epoch, statSync(duo.path).ino].join();
  const child = duo.run(script, ...parameters);
  const pushing = duo.push();
  const { code } = await child.ended;
  await pushing;
  if (code !== 1) duo.breaches.push(`${script} was not refused beside running services (${code}): ${child.errors}`);
  if ([duo.epoch, statSync(duo.path).ino].join() !== before) duo.breaches.push(`${script} moved the database`);
}

/** A second service of a kind must end by itself; the first goes on. */
async function expectNoSecond({ duo }: Scene, role: 'web' | 'worker'): Promise<void> {
  const second = duo.run(role);
  const patience = sleep(30_000, undefined, { ref: false });
  const ended = await Promise.race([second.ended, patience]);
  if (ended === undefined) second.kill('SIGKILL');
  if (ended?.code !== FATAL_EXIT) duo.breaches.push(`a second ${role} was not refused (${ended?.code ?? 'runs'})`);
  await second.ended;
  const engines = findEngines(duo.dataDir).length;
  if (engines > 1) duo.breaches.push(`a second ${role} left ${engines} engines on one index`);
}

/** While nothing can be stored: pushes are told to come again, and pages are read. */
async function expectPatience({ duo }: Scene, name: string, pages: readonly number[]): Promise<void> {
  for (let attempt = 0; attempt < 4; attempt++) {
    const status = await duo.push();
    if (![200, 503, 507].includes(status)) duo.breaches.push(`${name}: push answered ${status}`);
    const page = await duo.ask('/notices');
    if (!pages.includes(page)) duo.breaches.push(`${name}: page answered ${page}`);
    await sleep(300);
  }
}

async function turnClock(scene: Scene, offset: number): Promise<void> {
  const { duo } = scene;
  duo.setClock(offset);
  await sleep(300);
  await duo.settle(`clock ${offset / HOUR_MS} h`);
  duo.setClock(0);
  await sleep(300);
  await duo.settle('clock right again');
}

/** An address of this machine that is not its loopback, whose clients are strangers to the HTTP server. */
function outerAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}

function connectTo(duo: Duo, send: string): Socket {
  const socket = createConnection(Number(new URL(duo.url).port), outerAddress());
  socket.on('error', () => undefined);
  socket.write(send);
  // Nothing is read: what comes fills the buffers.
  socket.pause();
  return socket;
}

/** How many are still open to the other side in the end: writing into a connection that was ended fails at the second attempt. */
async function outlastSilent(sockets: readonly Socket[]): Promise<number> {
  const patience = Date.now() + GIVE_UP_S * 1_000;
  let open = sockets.length;
  // A byte to see whether it is open is a sign of life: only now and then.
  while (open > 0 && Date.now() < patience) {
    await sleep(45_000);
    for (let attempt = 0; attempt < 2; attempt++) {
      for (const socket of sockets) if (!socket.destroyed) socket.write('x');
      await sleep(200);
    }
    open = sockets.filter(({ destroyed }) => !destroyed).length;
  }
  return open;
}

/** The same without a byte, which would begin a request with a limit of its own: who reads on then gets to the end of what was kept. */
async function outlastUnread(sockets: readonly Socket[]): Promise<number> {
  await sleep(60_000);
  for (const socket of sockets) socket.resume();
  // Less than an idle connection is kept.
  const patience = Date.now() + 20_000;
  while (sockets.some(({ destroyed }) => !destroyed) && Date.now() < patience) await sleep(200);
  return sockets.filter(({ destroyed }) => !destroyed).length;
}

interface Crowd {
  count: number;
  send: string;
  outlast: (sockets: readonly Socket[]) => Promise<number>;
}

async function crowd({ duo }: Scene, name: string, { count, send, outlast }: Crowd): Promise<void> {
  const sockets = Array.from({ length: count }, () => connectTo(duo, send));
  await sleep(1_000);
  for (let attempt = 0; attempt < 5; attempt++) {
    const status = await duo.ask('/notices').catch(() => 0);
    if (status !== 200) duo.breaches.push(`${name}: an honest reader got ${status}`);
  }
  const open = await outlast(sockets);
  if (open > 0) duo.breaches.push(`${name}: ${open} connections are still open`);
  for (const socket of sockets) socket.destroy();
}

const EVENTS = {
  'restore beside both': (scene) => expectRefused(scene, 'restore', '--from', scene.duo.backup),
  'demo:clear beside both': (scene) => expectRefused(scene, 'demo-clear'),
  'restore beside the web alone': async (scene) => {
    await scene.duo.stopService('worker', 'SIGKILL');
    await expectRefused(scene, 'restore', '--from', scene.duo.backup);
    await scene.duo.startService('worker');
  },
  'a second worker': (scene) => expectNoSecond(scene, 'worker'),
  'a second web': (scene) => expectNoSecond(scene, 'web'),
  'restore in between': async ({ duo }) => {
    await duo.makeBackup();
    for (let each = 0; each < 5; each++) await duo.push();
    await duo.stopService('web');
    await duo.stopService('worker');
    const before = duo.epoch;
    const child = duo.run('restore', '--from', duo.backup);
    const { code } = await child.ended;
    if (code !== 0) duo.breaches.push(`restore failed (${code}): ${child.errors}`);
    duo.forgetSinceBackup();
    if (duo.epoch === before) duo.breaches.push('restore: the numbers go on in the same epoch');
    await duo.inspect('restored');
    await duo.startService('worker');
    await duo.startService('web');
  },
  'restore killed in between': async ({ duo, random }) => {
    await duo.makeBackup();
    await duo.push();
    const before = duo.epoch;
    await duo.stopService('web', 'SIGKILL');
    await duo.stopService('worker', 'SIGKILL');
    const child = duo.run('restore', '--from', duo.backup);
    await sleep(random.integer(200, 4_000));
    child.kill('SIGKILL');
    await child.ended;
    await duo.startService('worker');
    if (isRestoring(duo.dataDir)) duo.breaches.push('restore killed: it was left undone, and services began');
    // It may have been decided, and then what came after the backup is gone.
    if (duo.epoch !== before) duo.forgetSinceBackup();
    await duo.startService('web');
  },
  'disk full and back': async (scene) => {
    const { disk, duo } = scene;
    disk.fill();
    await duo.push();
    disk.fill();
    await expectPatience(scene, 'disk full', [200]);
    disk.free();
  },
  'database read-only': async (scene) => {
    const { disk, duo } = scene;
    await duo.stopService('web');
    disk.protect(duo.path);
    await duo.startService('web');
    await expectPatience(scene, 'database read-only', [200, 503]);
    if ((await duo.push()) === 200) duo.breaches.push('database read-only: a push was taken');
    disk.release(duo.path);
  },
  'clock an hour back': (scene) => turnClock(scene, -HOUR_MS),
  'clock an hour ahead': (scene) => turnClock(scene, HOUR_MS),
  'clock a day back': (scene) => turnClock(scene, -24 * HOUR_MS),
  'clock a day ahead': (scene) => turnClock(scene, 24 * HOUR_MS),
  'log cut anywhere': async ({ duo, random }) => {
    for (let each = 0; each < 8; each++) await duo.push();
    duo.feed.add(30);
    duo.feed.correct(10);
    await sleep(2_500);
    await duo.stopService('worker', 'SIGKILL');
    await duo.stopService('web', 'SIGKILL');
    await cutLog(duo, random);
    await duo.startService('worker');
    await duo.startService('web');
  },
  'half-open clients': (scene) => {
    const send = 'GET /notices HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ';
    return crowd(scene, 'half-open clients', { count: HALF_OPEN, send, outlast: outlastSilent });
  },
  'slow readers': (scene) => {
    const send = `GET ${LARGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`.repeat(LARGE_TIMES);
    return crowd(scene, 'slow readers', { count: SLOW_READERS, send, outlast: outlastUnread });
  },
} satisfies Record<string, Event>;

/** What can happen to two services, by name. */
export const DUO_EVENTS: Readonly<Record<string, Event>> = EVENTS;

/** Copies of the database whose log ends at any byte: each must hold whole transactions only. */
async function cutLog(duo: Duo, random: Random): Promise<void> {
  const folder = join(duo.dataDir, 'cut');
  mkdirSync(folder, { recursive: true });
  const copy = join(folder, 'tongming.db');
  const length = existsSync(`${duo.path}-wal`) ? statSync(`${duo.path}-wal`).size : 0;
  if (length === 0) duo.breaches.push('log cut: there is no log to cut');
  for (let cut = 0; cut < CUTS; cut++) {
    copyFileSync(duo.path, copy);
    copyFileSync(`${duo.path}-wal`, `${copy}-wal`);
    rmSync(`${copy}-shm`, { force: true });
    const at = random.integer(0, length);
    truncateSync(`${copy}-wal`, at);
    const breaches = await verifyFile(copy).catch((error: unknown) => [String(error)]);
    for (const breach of breaches) duo.breaches.push(`log cut at ${at} of ${length}: ${breach}`);
    if (breaches.length > 0) break;
  }
  rmSync(folder, { recursive: true, force: true });
}

/** How long it takes until the services are at work again, once an event is over. */
export async function happen(scene: Scene, name: string): Promise<void> {
  const event = DUO_EVENTS[name];
  if (!event) throw new Error(`no event ${name}`);
  await event(scene);
  await scene.duo.settle(name);
}
