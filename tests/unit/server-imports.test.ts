import { describe, expect, test } from 'vitest';
import { findCycles, readImports, sources } from '#tests/support/imports.ts';

/**
 * Which folders of `src/server` a folder may import from, types included, and single files of it that stand in none. The
 * files that stand beside the folders may be imported by everyone, and import only each other, but for those named here.
 * Lower folders first: who asks for what is stored, then what tells it, then what serves it.
 */
const SERVER = {
  http: [],
  articles: [],
  staff: ['http-server'],
  files: [],
  sources: [],
  mappings: [],
  submission: [],
  'publication-log': [],
  notices: ['sources'],
  disclosure: ['notices'],
  opendata: ['notices'],
  exposures: ['notices'],
  organizations: ['notices', 'sources'],
  flags: ['exposures', 'notices'],
  score: ['notices'],
  counties: ['notices', 'sources'],
  projects: ['notices', 'sources'],
  search: ['notices', 'sources'],
  changes: ['exposures', 'organizations'],
  feeds: ['articles', 'notices', 'projects', 'search'],
  ocds: ['notices', 'search', 'sources'],
  exports: ['exposures', 'flags', 'notices', 'organizations', 'score', 'search'],
  statistics: ['exports', 'sources'],
  reads: ['exports', 'feeds', 'flags', 'notices', 'ocds', 'organizations', 'score', 'search'],
  subscriptions: ['changes', 'notices', 'projects', 'search'],
  participation: ['subscriptions'],
  api: [
    'disclosure',
    'statistics',
    ...['changes', 'exports', 'exposures', 'feeds', 'http', 'mappings', 'notices', 'ocds', 'organizations'],
    ...['articles', 'flags', 'projects', 'publication-log', 'reads', 'score', 'search', 'sources'],
  ],
  push: ['api', 'bulk'],
  bulk: ['api', 'changes', 'exports', 'flags', 'score', 'notices', 'ocds', 'opendata', 'sources'],
  removal: ['bulk', 'search'],
  verify: ['bulk', 'flags', 'notices', 'search'],
  backup: ['removal', 'search', 'verify'],
  routes: ['api', 'exposures', 'http'],
  visits: ['routes'],
  openapi: ['api', 'http', 'routes'],
  sitemap: ['exposures', 'http', 'notices', 'routes'],
  'http-server': ['api', 'http', 'routes'],
  pages: [
    'disclosure',
    'statistics',
    ...['api', 'bulk', 'changes', 'counties', 'exports', 'exposures', 'http', 'mappings', 'notices', 'opendata'],
    'openapi',
    'articles',
    'visits',
    ...[
      'files',
      'flags',
      'score',
      'organizations',
      'participation',
      'projects',
      'publication-log',
      'reads',
      'routes',
      'search',
      'sitemap',
      'sources',
      'staff',
      'subscriptions',
    ],
  ],
} as const satisfies Record<string, readonly string[]>;
const ALLOWED: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(SERVER));

/** The folder of `src/server` that a file stands in, or the file's own name where it stands beside them. */
const folderOf = (file: string) => file.split('/')[2] ?? '';

/** One line for every import between folders of `src/server` that goes against the table. */
function findServerBreaches(file: string, source: string): string[] {
  const from = folderOf(file);
  const allowed = ALLOWED.get(from) ?? (from.endsWith('.ts') ? [] : undefined);
  if (!allowed) return [`${file} stands in a folder that has no row`];
  return readImports(file, source)
    .filter(({ target }) => target.startsWith('src/server/') && folderOf(target) !== from)
    .filter(({ target }) => !allowed.includes(folderOf(target)) && !isBeside(target))
    .map(({ target }) => `${file} must not import ${target}`);
}

/** Whether a file stands beside the folders of `src/server` and may be imported by everyone. */
const isBeside = (file: string) => /^src\/server\/[^/]+\.ts$/.test(file) && !ALLOWED.has(folderOf(file));

describe('imports between the folders of src/server', () => {
  test('go only in the directions of their table, and form no cycle', () => {
    const own = [...sources].filter(([file]) => file.startsWith('src/server/'));
    expect(own.length).toBeGreaterThan(100);
    expect(own.flatMap(([file, source]) => findServerBreaches(file, source))).toEqual([]);
    expect(findCycles(new Map(Object.entries(SERVER).map(([folder, targets]) => [folder, [...targets]])))).toEqual([]);
    const folders = new Set(own.map(([file]) => folderOf(file)));
    expect([...ALLOWED.keys()].filter((folder) => !folders.has(folder))).toEqual([]);
  });

  test('are found where they are wrong', () => {
    const back = "import { refuseBlank } from '../api/parameters.ts';";
    expect(findServerBreaches('src/server/feeds/x.ts', back)).toHaveLength(1);
    expect(findServerBreaches('src/server/feeds/x.ts', back.replace('import', 'import type'))).toHaveLength(1);
    expect(findServerBreaches('src/server/parameters.ts', "import { a } from './feeds/list.ts';")).toHaveLength(1);
    expect(findServerBreaches('src/server/feeds/x.ts', "import { a } from '../parameters.ts';")).toEqual([]);
    expect(findServerBreaches('src/server/feeds/x.ts', "import { a } from '../pages/home.ts';")).toHaveLength(1);
    expect(findServerBreaches('src/server/forum/x.ts', '')).toHaveLength(1);
    expect(
      findCycles(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
        ]),
      ),
    ).toEqual(['a → b → c → a']);
  });
});
