import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROOT } from '#scripts/launch/root.ts';
import { getRoutePolicy } from '#src/server/http-server/route-policy.ts';
import { readTarget, splitAuthority, splitTarget } from '#src/server/http-server/target.ts';
import { KNOWN_PATHS, pathForms } from '#tests/support/path-forms.ts';

/** A file of Astro that it does not export: how it decodes and matches paths. */
const astro = (file: string) => import(pathToFileURL(join(ROOT, 'node_modules/astro/dist/core', file)).href);
const { validateAndDecodePathname } = (await astro('util/pathname.js')) as {
  validateAndDecodePathname(path: string): string;
};

/** The path that Astro matches with its routes for a target; undefined when it refuses it, or reads a host in it. */
function toAstroPath(target: string): string | undefined {
  try {
    return validateAndDecodePathname(new URL(`https://city.example${target}`).pathname);
  } catch {
    return undefined;
  }
}

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
console.info(`path forms: seed ${seed}`);

describe('a request target', () => {
  it('is the normal form of every address of ours', () => {
    for (const path of KNOWN_PATHS) expect(readTarget(path)).toEqual({ kind: 'normal', path, query: '' });
  });

  it('is refused, sent to its normal form, or seen by Astro exactly as by the policies', () => {
    const kinds = { normal: 0, other: 0, none: 0 };
    fc.assert(
      fc.property(pathForms, ({ form }) => {
        const target = readTarget(form);
        kinds[target.kind]++;
        if (target.kind === 'none') return;
        const normal = target.kind === 'normal' ? form : target.to;
        expect(readTarget(normal).kind).toBe('normal');
        expect(normal).toMatch(/^\/(?![/\\])/);
        const { path } = splitTarget({ url: normal });
        expect(new URL(`https://city.example${path}`).pathname).toBe(path);
        const seen = toAstroPath(path);
        expect(getRoutePolicy(seen ?? '')).toBe(getRoutePolicy(path));
        if (/^[\x21-\x7e]*$/.test(seen ?? '')) expect(seen?.replace(/[" <>[\]^`{|}]/g, encodeURIComponent)).toBe(path);
      }),
      { seed, numRuns: 20_000 },
    );
    expect(Math.min(kinds.normal, kinds.other, kinds.none)).toBeGreaterThan(100);
  });

  it('leads where Astro would have taken its other forms', () => {
    fc.assert(
      fc.property(pathForms, ({ form }) => {
        const target = readTarget(form);
        const before = target.kind === 'other' && !form.includes('%25') ? toAstroPath(form) : undefined;
        if (target.kind !== 'other' || before === undefined) return;
        // Astro itself redirects doubled slashes, and those at the end.
        const asked = before.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');
        const upper = asked.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase());
        expect(toAstroPath(splitTarget({ url: target.to }).path)).toBe(upper);
      }),
      { seed, numRuns: 20_000 },
    );
  });

  it.each([
    ['/x/../subscribe', '/subscribe'],
    ['/%73ubscribe', '/subscribe'],
    ['//subscribe', '/subscribe'],
    ['/\\subscribe', '/subscribe'],
    ['/%61pi/v1/notices.csv', '/api/v1/notices.csv'],
    ['/./', '/'],
    ['/%2e%2e/%2E/notices/', '/notices'],
    ['//evil.example/监控'.replace('监控', '%e7%9b%91'), '/evil.example/%E7%9B%91'],
    ['/search?q=%BC%E0%BF%D8&county=qufu', '/search?q=%E7%9B%91%E6%8E%A7&county=qufu'],
    ['/search?q=%8DA+%BC%E0', `/search?q=${encodeURIComponent('岮 监')}`],
  ])('%s is written %s', (form, to) => expect(readTarget(form)).toEqual({ kind: 'other', to }));

  it.each([
    '/search?q=%E7%9B%91%E6%8E%A7',
    '/search?q=%e7%9b%91+%e6%8e%a7',
    '/search?q=100%',
    '/search?q=a/../b//c\\d',
    '/search?q=%ff',
  ])('%s stays: the query is for whoever reads its parameters', (form) => {
    expect(readTarget(form)).toEqual({ kind: 'normal', path: '/search', query: form.slice(8) });
  });

  it.each([
    '',
    '*',
    'subscribe',
    '/a%2fb',
    '/%2573ubscribe',
    '/%00',
    '/a\tb',
    '/a b',
    '/监',
    '/%c1%b3',
    '/a#b',
    '/%',
    '/a?b#',
  ])('%j is none', (form) => expect(readTarget(form)).toMatchObject({ kind: 'none', status: 400 }));

  it('is too long beyond 8,000 characters', () => {
    expect(readTarget(`/search?q=${'a'.repeat(8_000)}`)).toMatchObject({ kind: 'none', status: 414 });
  });

  it('may name its host', () => {
    expect(splitAuthority('HTTP://City.example:80/a?b')).toEqual({ authority: 'City.example:80', rest: '/a?b' });
    expect(splitAuthority('https://city.example?b')).toEqual({ authority: 'city.example', rest: '/?b' });
    expect(splitAuthority('https://city.example\\@evil.example/')).toEqual({
      authority: 'city.example',
      rest: '/\\@evil.example/',
    });
    expect(splitAuthority('//city.example/a')).toEqual({ rest: '//city.example/a' });
  });
});
