import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A private server that nobody may be led to. */
export interface Canary {
  /** Requests it has seen: must stay 0. */
  readonly hits: number;
  /** Ways to write its address. */
  readonly addresses: readonly string[];
  close(): void;
}

/** Listens on loopback. */
export async function startCanary(): Promise<Canary> {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits++;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[],"total":0}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const hosts = ['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]'];
  return {
    get hits() {
      return hits;
    },
    addresses: hosts.map((host) => `http://${host}:${port}/canary`),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
