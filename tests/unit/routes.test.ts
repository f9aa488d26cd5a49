import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '#scripts/launch/root.ts';
import type { PageRoute, Route } from '#src/server/http/route.ts';
import { API_ROUTES } from '#src/server/routes/api.ts';
import { findRoute, matcher } from '#src/server/routes/match.ts';
import { PAGE_ROUTES } from '#src/server/routes/pages/index.ts';
import { ROUTES } from '#src/server/routes/table.ts';

/** Files that hand everything of a path on to the rows of the API. */
const SERVERS: Record<string, (path: string) => boolean> = {
  'api/v1/[...path].ts': (path) => path.startsWith('/api/v1/'),
  'feeds/[path].ts': (path) => /^\/feeds\/[^/]+$/.test(path),
  'healthz.ts': (path) => path === '/healthz',
  'readyz.ts': (path) => path === '/readyz',
};

/** What the framework makes of a file: its address as the table writes it. */
function toPath(file: string): string {
  const route = file.replace(/(?:index)?\.(?:astro|ts)$/, '').replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, '{$1}');
  return `/${route}`.replace(/(?<=.)\/$/, '');
}

/** One line for every file without a row, and for every row without a file. */
function findGaps(files: readonly string[], rows: readonly Pick<PageRoute, 'path' | 'page'>[]): string[] {
  const own = files.filter((file) => !Object.hasOwn(SERVERS, file));
  return [
    ...own.filter((file) => !rows.some(({ path }) => path === toPath(file))).map((file) => `${file} has no row`),
    ...own.filter((file) => !rows.some(({ page }) => page === file)).map((file) => `${file} is the page of no row`),
    ...rows.filter(({ page }) => !files.includes(page)).map(({ path, page }) => `${path} has no file ${page}`),
  ];
}

const PAGES = join(ROOT, 'src/pages');
const files = globSync('**/*.{astro,ts}', { cwd: PAGES }).map((file) => file.replaceAll('\\', '/'));

describe('the table of routes', () => {
  it('has a row for every page, and a page for every row', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(findGaps(files, PAGE_ROUTES)).toEqual([]);
    expect(Object.keys(SERVERS).filter((file) => !files.includes(file))).toEqual([]);
  });

  it('would name a page without a row, and a row without a page', () => {
    const rows = [{ path: '/notice/{id}', page: 'notice/[id].astro' }] as const;
    expect(findGaps(['notice/[id].astro'], rows)).toEqual([]);
    expect(findGaps(['notice/[id].astro', 'forum.astro'], rows)).toEqual([
      'forum.astro has no row',
      'forum.astro is the page of no row',
    ]);
    expect(findGaps([], rows)).toEqual(['/notice/{id} has no file notice/[id].astro']);
    expect(findGaps(['notices/[id].astro'], [{ path: '/notice/{id}', page: 'notices/[id].astro' }])).toEqual([
      'notices/[id].astro has no row',
    ]);
  });

  it('names each address once', () => {
    const paths = ROUTES.map(({ path }) => path);
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  });

  it('says of every place in a path what stands there', () => {
    for (const { path, parts } of ROUTES) {
      expect([path, Object.keys(parts)]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)]);
    }
  });

  it('finds the row of each address, and no row of another', () => {
    const fill = ({ path, parts }: Route) =>
      Object.entries(parts).reduce((filled, [name, { example }]) => filled.replace(`{${name}}`, example), path);
    for (const route of ROUTES) expect([route.path, findRoute(fill(route))]).toEqual([route.path, route]);
    for (const path of ['/notice', '/notice/a/b', '/api/v1/notices.pdf', '/nowhere', '/api/v1/sync/x', '']) {
      expect([path, findRoute(path)]).toEqual([path, undefined]);
    }
  });

  it('takes the name of a place for what stands in it, not for the row', () => {
    const find = matcher(API_ROUTES);
    expect(find('/api/v1/notices/{id}')?.parts).toEqual({ id: '{id}' });
    expect(find('/api/v1/notices.{format}')?.parts).toEqual({ format: '{format}' });
  });

  it('has every function of the API below a page that hands on to it, by the very name that its path has', async () => {
    for (const route of API_ROUTES) {
      if (route.kind === 'push') continue;
      expect([route.path, Object.values(SERVERS).filter((serves) => serves(route.path)).length]).toEqual([
        route.path,
        1,
      ]);
      expect(await route.load()).toBeTypeOf('function');
    }
  });
});
