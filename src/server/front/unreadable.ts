import type { Socket } from 'node:net';

/** What Node tells of a request that it could not parse. */
interface ParseError extends Error {
  code?: string;
  rawPacket?: Buffer;
}

const REQUEST_LINE = /^(?:GET|HEAD) (\/[^ \r\n]*) HTTP\/1\.[01]\r?\n/;
const LONGEST_TARGET = 8_000;

/**
 * Answers a request that Node's parser refuses. Addresses typed with bare Chinese characters, as command-line clients
 * send them, are redirected to their encoded form; everything else gets 400.
 */
export function answerUnreadable(error: ParseError, socket: Socket, headers: Record<string, string>): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const target = error.code === 'HPE_INVALID_URL' ? encodedTarget(error.rawPacket) : undefined;
  const message = target ? '地址中的汉字须按 UTF-8 百分号编码' : '请求无法识别';
  const body = Buffer.from(`${message}\n`);
  const lines = [
    target ? 'HTTP/1.1 308 Permanent Redirect' : 'HTTP/1.1 400 Bad Request',
    ...(target ? [`location: ${target}`] : []),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'content-type: text/plain; charset=utf-8',
    'cache-control: no-store',
    `content-length: ${body.length}`,
    'connection: close',
  ];
  socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]));
}

/** The target of a request line with every byte above ASCII percent-encoded; undefined when that is not what is wrong. */
function encodedTarget(packet: Buffer | undefined): string | undefined {
  const target = REQUEST_LINE.exec(packet?.toString('latin1') ?? '')?.[1];
  if (!target || target.length > LONGEST_TARGET || target.startsWith('//') || !/[\x80-\xff]/.test(target))
    return undefined;
  const encoded = target.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
  return /^[\x21-\x7e]+$/.test(encoded) ? encoded : undefined;
}
