import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openHttpServer } from '#tests/support/test-http-server.ts';

const ASK = 'GET /notices HTTP/1.1\r\nHost: city.example\r\n\r\n';
/** A machine may be so busy that a client asks this much later than it was told that it may. */
const LATE_MS = 4_000;

it('still answers over a connection that its client kept beyond the time it was told', async () => {
  const render = async () => new Response('<p>notices</p>', { headers: { 'content-type': 'text/html' } });
  const { port, close } = await openHttpServer({ render });
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  const closed = once(socket, 'close').then(() => ['closed']);
  const ask = async () => {
    socket.write(ASK);
    const [chunk] = await Promise.race([once(socket, 'data'), closed]);
    return String(chunk);
  };
  const told = /^keep-alive: timeout=(\d+)\r$/im.exec(await ask())?.[1];
  await sleep(Number(told) * 1_000 + LATE_MS);
  expect(await ask()).toMatch(/^HTTP\/1\.1 200 /);
  socket.destroy();
  await close();
});
