import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Connections } from './connections.ts';
import { messageOf } from './refusal.ts';
import { LONGEST_TARGET, readTarget, splitAuthority } from './target.ts';

/** What Node tells of a request that it could not parse, or that did not come in time. */
interface ParseError extends Error {
  code?: string;
  rawPacket?: Buffer;
}

export interface UnreadableParts {
  /** The site's security headers. */
  headers: Record<string, string>;
  connections: Pick<Connections, 'underWay'>;
  isOurs(host: string | undefined): boolean;
}

interface RawAnswer {
  status: number;
  message: string;
  location?: string;
}

/** Statuses of what Node's parser refuses for another reason than its form. */
const STATUS: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};
const MESSAGES: Record<number, string> = { 308: '地址中的汉字须按 UTF-8 百分号编码', 400: '请求无法识别' };
/** A client that still sends would lose the answer if its connection ended at once. */
const LINGER_MS = 500;

const HEAD = /^(?:GET|HEAD) ([^ \r\n]+) HTTP\/1\.[01]\r?\n([\s\S]*?)\r?\n\r?\n/;
const HOST = /^host:[ \t]*([^\r\n]*?)[ \t]*$/gim;

/**
 * Answers a request that Node's parser refuses, or gives up waiting for, and ends its connection, whatever the client does.
 * Addresses typed with bare Chinese characters, as command-line clients send them, are redirected to their encoded form.
 */
export function answerUnreadable(error: ParseError, socket: Socket, parts: UnreadableParts): void {
  if (socket.writableEnded) return;
  const exchange = parts.connections.underWay(socket);
  // An answer is on its way: another one in it, or before it, would be taken for a part of it.
  const isAnswering = exchange && (exchange.request.complete || exchange.response.headersSent);
  if (!socket.writable || error.code === 'ECONNRESET' || isAnswering) return void socket.destroy();
  const to = error.code === 'HPE_INVALID_URL' ? findLocation(error.rawPacket, parts.isOurs) : undefined;
  const status = to ? 308 : statusOf(error);
  const message = MESSAGES[status] ?? messageOf(status);
  answerRaw(socket, parts.headers, { status, message, ...(to ? { location: to } : {}) });
}

function statusOf({ code = '', rawPacket }: ParseError): number {
  const status = STATUS[code] ?? 400;
  const isTarget = status === 431 && (rawPacket?.indexOf('\n') ?? 0) < 0;
  return isTarget ? 414 : status;
}

/** Writes an answer to a connection of which no request is at hand, and ends it. */
export function answerRaw(
  socket: Socket,
  base: Record<string, string>,
  { status, message, location }: RawAnswer,
): void {
  const body = Buffer.from(`${status} ${message}\n`);
  const headers = {
    ...(location ? { location } : {}),
    ...base,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': body.length,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', ''].join('\r\n');
  socket.on('error', () => socket.destroy());
  socket.end(Buffer.concat([Buffer.from(head), body]));
  setTimeout(() => socket.destroy(), LINGER_MS);
}

/** Where a request for one of our hosts leads when every byte above ASCII is encoded; undefined when that is not what is wrong. */
function findLocation(packet: Buffer | undefined, isOurs: UnreadableParts['isOurs']): string | undefined {
  const [, asked = '', fields = ''] = HEAD.exec(packet?.toString('latin1') ?? '') ?? [];
  const { authority, rest: target } = splitAuthority(asked);
  const [host, ...others] = [...fields.matchAll(HOST)].map(([, name]) => name);
  if (!isOurs(authority ?? host) || others.length > 0 || target.startsWith('//') || target.length > LONGEST_TARGET)
    return undefined;
  const encoded = target.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
  const read = encoded === target ? undefined : readTarget(encoded);
  return read?.kind === 'other' ? read.to : read?.kind === 'normal' ? encoded : undefined;
}
