import fc from 'fast-check';
import type { Route } from '#src/server/http/route.ts';
import { ROUTES } from '#src/server/routes/table.ts';

/** Every address of the table as a path, with something in each of its places; and paths of none. */
export const KNOWN_PATHS: readonly string[] = [...new Set([...ROUTES.flatMap(toPaths), '/nowhere'])].sort();

/** The paths of a row, with each value that a place may have where they are given. */
function toPaths({ path, parts }: Route): string[] {
  return Object.entries(parts).reduce(
    (paths, [name, { values, example }]) =>
      paths.flatMap((one) => (values ?? [example]).map((value) => one.replace(`{${name}}`, value))),
    [path],
  );
}

const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(2, '0');

/** Ways to write one character of a path. */
const CHARACTERS: readonly ((character: string) => string)[] = [
  (character) => character,
  (character) => `%${hex(character)}`,
  (character) => `%${hex(character).toUpperCase()}`,
  (character) => `%25${hex(character)}`,
  (character) => `%2525${hex(character)}`,
  // Overlong UTF-8 of two bytes.
  (character) => `%c${character.charCodeAt(0) >> 6}%${((character.charCodeAt(0) & 63) | 128).toString(16)}`,
];

/** Ways to write a slash, or something beside it that goes away again. */
const SLASHES = [
  '//',
  '/./',
  '/%2e/',
  '/x/../',
  '/x/%2e%2e/',
  '/x/%2E./',
  '\\',
  '/\\',
  '%2f',
  '%2F',
  '%5c',
  '%252f',
  '/;/',
];

/** What may follow a path. */
const ENDS = [
  '/',
  '//',
  '/.',
  '/..',
  '/%2e',
  '\\',
  ';a=1',
  '%3ba',
  '%00',
  '%0a',
  '%09',
  '%20',
  '.',
  '%2e',
  '%3f',
  '?',
  '?q=%E7%9B%91',
  '#a',
  '%23',
  '%ff',
  '%',
  '%e7%9b%91',
];

/** A path written in another way: some of its characters, a slash of it, and what follows it. */
export const pathForms: fc.Arbitrary<{ path: string; form: string }> = fc
  .record({
    path: fc.constantFrom(...KNOWN_PATHS),
    places: fc.array(fc.record({ at: fc.nat(), way: fc.constantFrom(...CHARACTERS) }), { maxLength: 3 }),
    slash: fc.option(fc.record({ at: fc.nat(), as: fc.constantFrom(...SLASHES) })),
    end: fc.option(fc.constantFrom(...ENDS)),
  })
  .map(({ path, places, slash, end }) => {
    const characters = [...path];
    for (const { at, way } of places) {
      const place = at % characters.length;
      if (path[place] !== '/') characters[place] = way(path[place] ?? '');
    }
    if (slash) {
      const found = characters.flatMap((character, place) => (character === '/' ? [place] : []));
      characters[found[slash.at % found.length] ?? 0] = slash.as;
    }
    return { path, form: characters.join('') + (end ?? '') };
  });
