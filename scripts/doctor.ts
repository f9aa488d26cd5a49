import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { count, sql } from 'drizzle-orm';
import { openReadOnly } from '#db/client.ts';
import { selectFirst } from '#db/query.ts';
import { publishedNotices } from '#db/schema/index.ts';
import { getConfig } from '#src/server/config.ts';
import { databasePath } from '#src/server/db.ts';
import { ENGINE_HELP, findEngineBinary } from '#src/server/search/binary.ts';
import { findSearchClient } from '#src/server/search/endpoint.ts';
import { drawsLetters, fontDirectory } from '#src/server/statistics/picture.ts';
import { BROWSER_HELP, findBrowser } from './launch/browser.ts';
import { ROOT } from './launch/root.ts';
import { isBuilt } from './launch/stamp.ts';

/** `note`: works, but something is worth knowing. */
type State = 'ok' | 'note' | 'fault';
type Finding = [state: State, topic: string, text: string];

const GIB = 1024 ** 3;
const LEAST_FREE_GIB = 2;

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;

function checkRuntime(): Finding[] {
  const major = Number(process.versions.node.split('.')[0]);
  const packages = ['astro', 'better-sqlite3', 'drizzle-orm', 'meilisearch'].map(
    (name) => `${name} ${versionOf(name)}`,
  );
  return [
    [major >= 24 ? 'ok' : 'fault', 'Node', `${process.versions.node} (${process.platform}-${process.arch})`],
    ['ok', 'packages', packages.join(', ')],
    isBuilt() ? ['ok', 'build', 'current'] : ['note', 'build', 'not current: npm start builds it'],
  ];
}

async function checkEngine(): Promise<Finding> {
  const config = getConfig();
  if (config.SEARCH_ENGINE === 'off') return ['note', 'search engine', 'switched off: the built-in index answers'];
  const running = findSearchClient(config.DATA_DIR);
  if (running && (await running.isHealthy())) return ['ok', 'search engine', `runs at ${running.config.host}`];
  if (config.MEILI_URL) return ['fault', 'search engine', `MEILI_URL ${config.MEILI_URL} does not answer`];
  const binary = findEngineBinary(config);
  return binary
    ? ['ok', 'search engine', `${binary} (not running)`]
    : ['note', 'search engine', `none: the built-in index answers. ${ENGINE_HELP}`];
}

function checkDatabase(): Finding[] {
  const path = databasePath();
  if (!existsSync(path)) return [['note', 'database', `${path}: none yet; npm start makes it`]];
  const db = openReadOnly(path);
  const { $client: client } = db;
  const notices = selectFirst(db, { total: count() }, sql`FROM ${publishedNotices}`)?.total;
  const damage = client.pragma('quick_check(1)', { simple: true });
  const sqlite = client.prepare('SELECT sqlite_version()').pluck().get();
  client.close();
  const size = `${Math.round(statSync(path).size / 1024 ** 2)} MiB`;
  return [
    [damage === 'ok' ? 'ok' : 'fault', 'database', `${path}: SQLite ${sqlite}, ${size}, ${notices} notices, ${damage}`],
  ];
}

function checkDisk(): Finding {
  const { DATA_DIR } = getConfig();
  const { bavail, bsize } = statfsSync(existsSync(DATA_DIR) ? DATA_DIR : ROOT);
  const free = (bavail * bsize) / GIB;
  return [free < LEAST_FREE_GIB ? 'fault' : 'ok', 'disk', `${free.toFixed(1)} GiB free for ${DATA_DIR}`];
}

function checkBrowser(): Finding {
  const browser = findBrowser();
  return browser ? ['ok', 'browser', browser] : ['note', 'browser', `none (only tests need one). ${BROWSER_HELP}`];
}

/** Letters of pictures of charts: where no font is found they are left out without a word. */
async function checkFont(): Promise<Finding> {
  return (await drawsLetters())
    ? ['ok', 'font', `pictures of charts have letters (${fontDirectory()})`]
    : ['fault', 'font', `pictures of charts have no letters: no font was found in ${fontDirectory()}`];
}

const findings = [
  ...checkRuntime(),
  await checkEngine(),
  ...checkDatabase(),
  checkDisk(),
  checkBrowser(),
  await checkFont(),
];
for (const [state, topic, text] of findings) console.log(`${state.padEnd(6)} ${topic.padEnd(14)} ${text}`);
process.exitCode = findings.some(([state]) => state === 'fault') ? 1 : 0;
