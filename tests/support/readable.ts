import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { openReadOnly } from '#db/client.ts';
import { writeBackup } from '#src/server/backup/write.ts';
import { buildBulk } from '#src/server/bulk/build.ts';
import { parseConfig } from '#src/server/config.ts';
import { PORTAL_SITE, type Portal } from './test-portal.ts';

/** What the site gives to anybody: pages, which are kept, lists for programs, exports, feeds. */
const PUBLIC = [
  ...[
    '/',
    '/notices',
    '/search',
    '/participate',
    '/participate/answers',
    '/participate/figures',
    '/participate/requests',
  ],
  ...['/disclosure/tasks', '/api/v1/notices', '/api/v1/search', '/api/v1/changes', '/api/v1/disposals'],
  ...['/api/v1/annual-reports', '/api/v1/notices.csv', '/api/v1/notices.xlsx', '/api/v1/organizations.csv'],
  ...['/feeds/notices.rss', '/sitemap.xml'],
];

/**
 * Where one of some words can be read: files below the data directory (database, write-ahead log, index, keys, a backup and bulk files,
 * both made for it), answers of the site, kept or not, and what its process printed. What is packed is unpacked.
 */
export async function findReadable(portal: Portal, words: readonly string[]): Promise<string[]> {
  const path = portal.db.$client.name;
  await writeBackup(path, join(dirname(path), 'backup.db'));
  return findPublished(portal, words);
}

/** The same, without a backup of its own. */
export async function findPublished(portal: Portal, words: readonly string[]): Promise<string[]> {
  const path = portal.db.$client.name;
  const folder = dirname(path);
  const snapshot = openReadOnly(path);
  await buildBulk(snapshot, parseConfig({ DATA_DIR: folder, SITE_URL: PORTAL_SITE }));
  snapshot.$client.close();
  const has = (bytes: Buffer) => words.some((word) => [bytes, ...unpacked(bytes)].some((each) => each.includes(word)));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => has(readFileSync(file)))
    .map((file) => relative(folder, file));
  const answers: string[] = [];
  // The second time it is what was kept of the first.
  for (const address of [...PUBLIC, ...PUBLIC]) {
    const answer = await fetch(portal.url + address);
    if (has(Buffer.from(await answer.arrayBuffer()))) answers.push(address);
  }
  return [...files, ...new Set(answers), ...(has(Buffer.from(portal.printed())) ? ['log'] : [])];
}

function unpacked(bytes: Buffer): Buffer[] {
  if (bytes.length < 4) return [];
  if (bytes.readUInt16BE(0) === 0x1f8b) return [gunzipSync(bytes)];
  if (bytes.readUInt32BE(0) !== 0x504b0304) return [];
  return Object.values(unzipSync(bytes)).map((part) => Buffer.from(part));
}
