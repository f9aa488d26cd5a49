/**
 * Asks Node, and then the quick way, where each import of our modules leads, but for those of types alone: `node --experimental-import-meta-resolve imports-child.mjs`.
 * Prints how many there are, and those that the two take differently.
 */
import { globSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const ROOT = new URL('../../', import.meta.url);
const IMPORT = /^(?:import|export)\s(?!type\b)[^;]*?\sfrom '([^']+)'|\bimport\('([^']+)'\)/gm;

/** Node takes long over each import of a package: two of each show that the second leads where the first does. */
const times = new Map();
const isToAsk = (name) => {
  times.set(name, (times.get(name) ?? 0) + 1);
  return /^[.#]/.test(name) || times.get(name) <= 2;
};

const asked = globSync(['src/**/*.ts', 'db/**/*.ts', 'scripts/**/*.ts'], { cwd: ROOT.pathname }).flatMap((path) => {
  const from = pathToFileURL(ROOT.pathname + path).href;
  const names = [...readFileSync(ROOT.pathname + path, 'utf8').matchAll(IMPORT)].map(([, one, other]) => one ?? other);
  return names.filter(isToAsk).map((name) => ({ name, from, url: import.meta.resolve(name, from) }));
});
await import('#scripts/launch/quick-imports.mjs');
const different = asked.filter(({ name, from, url }) => import.meta.resolve(name, from) !== url);
console.log(JSON.stringify({ asked: asked.length, different }));
