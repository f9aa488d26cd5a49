import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpServer, type HttpServer, type HttpServerOptions } from '#src/server/http-server/server.ts';
import { removeFolder } from './remove-folder.ts';

/** An HTTP server that listens on a free port of this machine. */
export interface TestHttpServer {
  httpServer: HttpServer;
  port: number;
  close(): Promise<void>;
}

/** Opens an HTTP server around `render`, for the site https://city.example, without a client build. */
export async function openHttpServer(
  options: Partial<HttpServerOptions> & Pick<HttpServerOptions, 'render'>,
): Promise<TestHttpServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tongming-http-server-'));
  const httpServer = createHttpServer({
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
  httpServer.server.listen(0, '0.0.0.0');
  await once(httpServer.server, 'listening');
  const close = async () => {
    await httpServer.close();
    removeFolder(folder);
  };
  return { httpServer, port: (httpServer.server.address() as AddressInfo).port, close };
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
