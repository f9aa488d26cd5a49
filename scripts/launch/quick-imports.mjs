/**
 * Loaded before a process's own code (`NODE_OPTIONS=--import=…`): half of a start's time and memory otherwise, and as much of each thread's. To learn
 * where a module is and of which format, Node looks for a package.json in each folder above it, and takes the lists of imports and exports that it finds apart, for each
 * import anew; that of drizzle-orm is 179 KB long, and both drizzle-orm and the product have hundreds of modules. What all of them are
 * is known: ES modules, ours in TypeScript.
 */
import { readFileSync } from 'node:fs';
import * as modules from 'node:module';

const DRIZZLE = '/node_modules/drizzle-orm/';
const ROOT = new URL('../../', import.meta.url);
/** Our folders by the names that imports have for them, from `#src/*` to `./src/*`. */
const FOLDERS = Object.entries(JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')).imports).map(
  ([name, path]) => [name.slice(0, -1), new URL(path.slice(0, -1), ROOT).href],
);

/** What our modules import of packages: each of them would be looked for anew by every module that imports it. */
const packages = new Map();

/** Answers for imports within drizzle-orm and by our modules; all others go their usual way. */
function resolve(specifier, context, next) {
  const from = context.parentURL ?? '';
  if (from.startsWith(ROOT.href) && !from.includes('/node_modules/') && context.conditions.includes('import')) {
    const url = specifier.endsWith('.ts') && findOwn(specifier, from);
    if (url) return { url, format: 'module-typescript', shortCircuit: true };
    if (/^[@a-z]/.test(specifier)) return resolveOnce(specifier, context, next);
  }
  if (specifier.startsWith('.') && specifier.endsWith('.js') && from.includes(DRIZZLE))
    return { url: new URL(specifier, from).href, format: 'module', shortCircuit: true };
  return next(specifier, context);
}

function resolveOnce(specifier, context, next) {
  const known = packages.get(specifier);
  if (known) return { ...known, shortCircuit: true };
  const found = next(specifier, context);
  packages.set(specifier, { url: found.url, format: found.format });
  return found;
}

function findOwn(specifier, from) {
  if (specifier.startsWith('.')) return new URL(specifier, from).href;
  const [name, folder] = FOLDERS.find(([name]) => specifier.startsWith(name)) ?? [];
  return name && folder + specifier.slice(name.length);
}

// A tool may run on an older Node, which has no such hooks.
modules.registerHooks?.({ resolve });
