import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { stopChild } from '#scripts/launch/supervise.ts';
import { findPort } from '#src/server/search/process.ts';
import type { Workspace } from '../workspace.ts';

/** An answer of our own, as it went over the wire. */
export interface CapturedPage {
  name: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Headers that nginx writes itself. */
const OWN_HEADERS = new Set([
  'connection',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'transfer-encoding',
]);

const BROTLI = { headers: { 'accept-encoding': 'br' } };

/** True when both commands that part (c) needs are there. */
export function hasTools(): boolean {
  return ['nginx', 'wrk'].every((tool) => spawnSync(tool, ['-v']).error === undefined);
}

/** Time in which the HTTP server replaces the quick first compression of an answer by the lasting one. */
const COMPRESSION_MS = 500;

/**
 * A page in the form that browsers get when it is kept: compressed with Brotli, not in haste.
 * @throws Error unless it is answered with 200.
 */
export async function capturePage(name: string, url: string): Promise<CapturedPage> {
  // The second request of a page is what has it compressed well; the third gets it.
  for (let asked = 0; asked < 2; asked++) await (await request(url, BROTLI)).body.dump();
  await sleep(COMPRESSION_MS);
  const { statusCode, headers, body } = await request(url, BROTLI);
  const bytes = Buffer.from(await body.arrayBuffer());
  if (statusCode !== 200) throw new Error(`${url} answers ${statusCode}`);
  return { name, headers, body: bytes };
}

function toLocation({ name, headers }: CapturedPage): string {
  const own = Object.entries(headers)
    .filter(([header, value]) => value !== undefined && !OWN_HEADERS.has(header))
    .map(([header, value]) => `add_header ${header} "${String(value).replace(/["\\]/g, '\\$&')}";`);
  return `location = /${name} { default_type "${String(headers['content-type'])}"; ${own.join(' ')} }`;
}

function toConfiguration(directory: string, port: number, pages: readonly CapturedPage[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${directory}/${kind};`)
    .join(' ');
  return `daemon off; master_process off; worker_processes 1; pid ${directory}/nginx.pid; error_log ${directory}/error.log;
events { worker_connections 512; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; types {} ${temporary}
  server { listen 127.0.0.1:${port}; root ${directory}/pages; etag off; ${pages.map(toLocation).join('\n')} }
}
`;
}

/** Starts nginx with one worker and the settings of its Debian package, serving the captured bytes and headers as files. */
export async function startNginx(
  workspace: Workspace,
  pages: readonly CapturedPage[],
): Promise<{ url: string; pid: number }> {
  const directory = workspace.makeDirectory('nginx');
  mkdirSync(join(directory, 'pages'));
  for (const { name, body } of pages) writeFileSync(join(directory, 'pages', name), body);
  const port = await findPort(0);
  const configuration = join(directory, 'nginx.conf');
  writeFileSync(configuration, toConfiguration(directory, port, pages));
  const child = spawn('nginx', ['-c', configuration, '-e', join(directory, 'error.log')], { stdio: 'inherit' });
  workspace.onClose(() => stopChild(child));
  const url = `http://127.0.0.1:${port}`;
  for (let tried = 0; tried < 100 && child.exitCode === null; tried++) {
    const answer = await request(`${url}/${pages[0]?.name}`).catch(() => undefined);
    await answer?.body.dump();
    if (answer?.statusCode === 200) return { url, pid: child.pid ?? 0 };
    await sleep(50);
  }
  throw new Error('nginx does not start');
}
