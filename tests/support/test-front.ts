import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFront, type Front, type FrontOptions } from '#src/server/front/front.ts';
import { removeFolder } from './remove-folder.ts';

/** A front that listens on a free port of this machine. */
export interface TestFront {
  front: Front;
  port: number;
  close(): Promise<void>;
}

/** Opens a front around `render`, for the site https://city.example, without a client build. */
export async function openFront(options: Partial<FrontOptions> & Pick<FrontOptions, 'render'>): Promise<TestFront> {
  const folder = mkdtempSync(join(tmpdir(), 'tongming-front-'));
  const front = createFront({
    siteUrl: 'https://city.example',
    allowedHosts: ['127.0.0.1'],
    clientDirectory: folder,
    ratePerMinute: 1_000_000,
    trustedProxies: [],
    receive: async () => new Response('{}'),
    readDataVersion: () => 1,
    onError: () => undefined,
    ...options,
  });
  front.server.listen(0, '0.0.0.0');
  await once(front.server, 'listening');
  const close = async () => {
    await front.close();
    removeFolder(folder);
  };
  return { front, port: (front.server.address() as AddressInfo).port, close };
}

/** All that comes back on a socket until the other side ends it. */
export async function readToEnd(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of socket) chunks.push(chunk);
  } catch (error) {
    // Cut off: what has come before counts.
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
  }
  return Buffer.concat(chunks).toString();
}

/** What comes back for bytes that no client library would send. */
export async function sendRaw(
  port: number,
  bytes: string | Buffer,
  encoding: BufferEncoding = 'utf8',
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(typeof bytes === 'string' ? Buffer.from(bytes, encoding) : bytes);
  return readToEnd(socket);
}
