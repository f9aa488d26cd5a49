import { ask } from './ask.ts';
import { listDocumentedAddresses } from './documented-addresses.ts';
import { shapeOf } from './frontier.ts';
import type { Portal } from './portal.ts';

/** Of so many things of a kind, the pages and data are asked with every parameter that they take. */
const FULLY_ASKED = 3;

/** Where the things are that a page of the first kind shows. */
const DATA: Record<string, readonly string[]> = {
  notice: ['/api/v1/notices/{id}', '/api/v1/notices/{id}/versions'],
  project: ['/api/v1/projects/{id}'],
  company: ['/api/v1/organizations/{id}'],
  exposure: ['/api/v1/exposures/{id}'],
};

/**
 * What portals name themselves: the addresses of their sitemaps, the same things in the API, and the reads of their OpenAPI
 * documents; of each shape at most `most`, from all over the list.
 */
export async function listNamedAddresses(portals: readonly Portal[], most: number): Promise<string[]> {
  const mapped = new Set<string>();
  for (const portal of portals) {
    for (const part of await readSitemap(portal, '/sitemap.xml')) {
      mapped.add(part);
      for (const address of await readSitemap(portal, part)) mapped.add(address);
    }
  }
  const ids = Object.entries(DATA).flatMap(([kind, paths]) => {
    const pages = [...mapped].filter((address) => address.startsWith(`/${kind}/`) && !address.endsWith('/overlaps'));
    return paths.map((path) => [path, pages.map((address) => address.split('/')[2] ?? '')] as const);
  });
  const things = ids.flatMap(([path, all]) => all.map((id) => path.replace('{id}', id)));
  const some = Object.fromEntries(ids.map(([path, all]) => [path, spread(all, FULLY_ASKED)]));
  const documented: string[] = [];
  for (const portal of portals) documented.push(...(await readDocumented(portal, some)));
  const named = new Set(['/api/v1/openapi.json', ...documented, ...mapped, ...things]);
  return [...Map.groupBy(named, shapeOf).values()].flatMap((group) => spread(group, most));
}

async function readSitemap(portal: Portal, address: string): Promise<string[]> {
  const { body } = await ask(portal, { address });
  return [...body.toString('utf8').matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => {
    const { pathname, search } = new URL(url.replaceAll('&amp;', '&'));
    return pathname + search;
  });
}

async function readDocumented(portal: Portal, ids: Record<string, readonly string[]>): Promise<string[]> {
  const { body } = await ask(portal, { address: '/api/v1/openapi.json' });
  return listDocumentedAddresses(JSON.parse(body.toString('utf8')), ids);
}

/** At most `count` of a list, from all over it. */
function spread<Item>(list: readonly Item[], count: number): Item[] {
  const step = Math.max(1, list.length / count);
  return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
