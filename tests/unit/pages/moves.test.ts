import { describe, expect, it } from 'vitest';
import { NotFoundError } from '#src/domain/errors.ts';
import type { Asked, Moved } from '#src/server/pages/asked.ts';
import { loadCompanies } from '#src/server/pages/companies.ts';
import { loadCountyNotices } from '#src/server/pages/county-notices.ts';
import { loadExposures } from '#src/server/pages/exposures.ts';
import { loadNotices } from '#src/server/pages/notices.ts';
import { loadSearch } from '#src/server/pages/search.ts';

type Loader = (asked: Asked) => Promise<unknown> | unknown;

/** A page's request: `params` are what its pattern would have read out of the path. */
function askFor(address: string, params: Asked['params'] = {}): Asked {
  const url = new URL(address, 'https://city.example');
  return { params, url, request: new Request(url) };
}

const land = { category: 'land' };
const qufu = { slug: 'qufu', list: 'notices' };
const blacklist: Loader = (asked) => loadExposures(asked, 'blacklist');

describe('one filter has one address', () => {
  it.each<[Loader, string, Asked['params'], Moved]>([
    [loadNotices, '/notices?q=a&county=qufu', {}, { movedTo: '/search?q=a&county=qufu', status: 302 }],
    [loadNotices, '/notices?category=land&county=qufu', {}, { movedTo: '/notices/land?county=qufu', status: 301 }],
    [loadNotices, '/notices?county=&min=', {}, { movedTo: '/notices', status: 302 }],
    [loadNotices, '/notices/land?stage=landResult', land, { movedTo: '/notices/land/landResult', status: 301 }],
    [loadNotices, '/notices/land?q=a', land, { movedTo: '/search?q=a&category=land', status: 302 }],
    [
      loadNotices,
      '/notices/land/landResult?county=',
      { ...land, stage: 'landResult' },
      { movedTo: '/notices/land/landResult', status: 302 },
    ],
    [loadCountyNotices, '/county/qufu/notices?q=a', qufu, { movedTo: '/search?q=a&county=qufu', status: 302 }],
    [loadCountyNotices, '/county/qufu/notices?category=land', qufu, { movedTo: '/county/qufu/land', status: 301 }],
    [loadSearch, '/search?q=a&county=', {}, { movedTo: '/search?q=a', status: 302 }],
    [loadCompanies, '/companies?q=&role=supplier', {}, { movedTo: '/companies?role=supplier', status: 302 }],
    [blacklist, '/blacklist?q=', {}, { movedTo: '/blacklist', status: 302 }],
  ])('%o moves %s', async (load, address, params, moved) => {
    expect(await load(askFor(address, params))).toEqual(moved);
  });
});

describe('paths that are none', () => {
  it.each<[Loader, string, Asked['params']]>([
    [loadNotices, '/notices/none', { category: 'none' }],
    [loadNotices, '/notices/land/none', { ...land, stage: 'none' }],
    [loadNotices, '/notices/land/procurementIntention', { ...land, stage: 'procurementIntention' }],
    [loadCountyNotices, '/county/none/notices', { slug: 'none', list: 'notices' }],
    [loadCountyNotices, '/county/qufu/none', { slug: 'qufu', list: 'none' }],
  ])('%o refuses %s', async (load, address, params) => {
    await expect(load(askFor(address, params))).rejects.toThrow(NotFoundError);
  });
});
