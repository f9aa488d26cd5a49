import { globSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type HttpResponse, toAnswer } from './answer.ts';

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain',
  '.xml': 'application/xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const FOR_EVER = 'public, max-age=31536000, immutable';
const FOR_AN_HOUR = 'public, max-age=3600';
const BROTLI_QUALITY = 11;

/**
 * Every file of the client build as an answer in memory, by address path. The build is small (styles, a few islands,
 * icons) and loading it whole leaves no way from an address to the disk. Files of unknown type are not served.
 */
export function loadStaticFiles(directory: string, headers: Record<string, string>): Map<string, HttpResponse> {
  const files = globSync('**', { cwd: directory }).filter((file) => statSync(join(directory, file)).isFile());
  return new Map(
    files.flatMap((file): [string, HttpResponse][] => {
      const path = `/${file.replaceAll('\\', '/')}`;
      const type = TYPES[extname(file)];
      if (!type) return [];
      const cacheControl = path.startsWith('/_astro/') ? FOR_EVER : FOR_AN_HOUR;
      const body = readFileSync(join(directory, file));
      const own = { ...headers, 'content-type': type, 'cache-control': cacheControl };
      return [[path, toAnswer(200, own, body, BROTLI_QUALITY)]];
    }),
  );
}
