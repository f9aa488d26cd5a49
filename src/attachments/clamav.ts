import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { Scan } from '#src/domain/attachments/scans.ts';

export interface ScanResult {
  scan: Scan;
  /** Name of what was found, or what went wrong. */
  detail: string;
}

const LIMIT_MS = 120_000;
const LONGEST_ANSWER = 4_096;
const CHUNK_BYTES = 64 * 1024;

/**
 * Asks ClamAV about a file over its socket (clamd, command INSTREAM: each chunk behind its length, a length of nothing at the end).
 * Never throws: what cannot be asked is an `error`.
 * @param address path of a Unix socket, or `host:port`
 */
export async function scanFile(address: string | undefined, path: string, limitMs = LIMIT_MS): Promise<ScanResult> {
  if (address === undefined) return { scan: 'unscanned', detail: '' };
  try {
    return toResult(await ask(address, path, limitMs));
  } catch (error) {
    return { scan: 'error', detail: error instanceof Error ? error.message.slice(0, 200) : '' };
  }
}

function toResult(answer: string): ScanResult {
  const said = answer.replace(/\0.*$/s, '').trim();
  if (said === 'stream: OK') return { scan: 'clean', detail: '' };
  const found = /^stream: (.+) FOUND$/.exec(said)?.[1];
  return found ? { scan: 'infected', detail: found.slice(0, 200) } : { scan: 'error', detail: said.slice(0, 200) };
}

function open(address: string): Socket {
  const [, host, port] = /^(\[?[A-Za-z0-9.:-]+\]?):(\d{1,5})$/.exec(address) ?? [];
  return host && port ? connect(Number(port), host.replace(/^\[|\]$/g, '')) : connect(address);
}

async function ask(address: string, path: string, limitMs: number): Promise<string> {
  const socket = open(address);
  const timer = setTimeout(() => socket.destroy(new Error('超时')), limitMs);
  try {
    const answer = readAnswer(socket);
    // Whoever answers early ends the sending; why is in the answer.
    const sent = send(socket, path).catch(() => undefined);
    const said = await answer;
    socket.destroy();
    await sent;
    return said;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      said += chunk;
      if (said.includes('\0') || said.length > LONGEST_ANSWER) resolve(said);
    });
    socket.on('end', () => (said === '' ? reject(new Error('没有回答')) : resolve(said)));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('连接中断')));
  });
}

async function send(socket: Socket, path: string): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'));
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    await write(socket, Buffer.concat([length, chunk]));
  }
  await write(socket, Buffer.alloc(4));
}

const write = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve())));
