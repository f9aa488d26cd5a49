/**
 * Loaded before a process's own code (`NODE_OPTIONS=--import=…`): half of a start's time and memory otherwise. To learn in which format a
 * module is, Node takes its package's whole package.json apart, for each import anew; that of drizzle-orm lists 179 KB of exports, and
 * drizzle-orm has hundreds of modules. All of them are ES modules.
 */
import * as modules from 'node:module';

const FOLDER = '/node_modules/drizzle-orm/';

/** Answers for imports within drizzle-orm; all others go their usual way. */
function resolve(specifier, context, next) {
  if (!specifier.startsWith('.') || !specifier.endsWith('.js') || !context.parentURL?.includes(FOLDER))
    return next(specifier, context);
  return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
}

// A tool may run on an older Node, which has no such hooks.
modules.registerHooks?.({ resolve });
