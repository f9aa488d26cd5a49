import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '#scripts/launch/root.ts';

/** An import of a file. */
export interface Import {
  /** Repository path of an own file, or the bare name of a package (`node:fs`, `zod`). */
  target: string;
  typeOnly: boolean;
}

const STATEMENT =
  /^[ \t]*(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s+from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** True when every name between the braces is marked `type`. */
function namesOnlyTypes(clause: string | undefined): boolean {
  const names = /^\{([^}]*)\}$/.exec(clause?.trim() ?? '')?.[1]?.split(',') ?? ['not a list'];
  return names.every((name) => !name.trim() || name.trim().startsWith('type '));
}

/** Every import of a source text; dynamic imports count as value imports. */
export function readImports(file: string, source: string): Import[] {
  const script = file.endsWith('.astro') ? (/^---\n([\s\S]*?)\n---/.exec(source)?.[1] ?? '') : source;
  return [...script.matchAll(STATEMENT)].map(([, type, clause, name, dynamic]) => ({
    target: resolveTarget(file, name ?? dynamic ?? ''),
    typeOnly: Boolean(type) || namesOnlyTypes(clause),
  }));
}

function resolveTarget(file: string, name: string): string {
  if (name.startsWith('.')) return relative(ROOT, join(ROOT, dirname(file), name)).replaceAll('\\', '/');
  const alias = /^#(src|db|scripts|tests)\/(.+)$/.exec(name);
  return alias ? `${alias[1]}/${alias[2]}` : name;
}

/** Whether an import is of a file of this repository. */
export function isOwn(target: string): boolean {
  return /^(?:src|db|scripts|tests|dist|public)\//.test(target);
}

/** Every cycle of value imports, each as `a → b → a`. */
export function findCycles(graph: Map<string, string[]>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) cycles.push([...path.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

const files = globSync('{src,db,scripts}/**/*.{ts,tsx,astro,mjs}', { cwd: ROOT }).map((path) =>
  path.replaceAll('\\', '/'),
);
/** The text of every file that is checked, by its path. */
export const sources = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
