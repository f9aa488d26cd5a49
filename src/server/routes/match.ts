import { remember } from '#src/domain/site/remember.ts';
import type { Route } from '../http/route.ts';
import { AREAS, NOWHERE, ROUTES } from './table.ts';

/** A row that a path belongs to, with what stands in the places of its path. */
export interface Match<Kind extends Route> {
  route: Kind;
  parts: Record<string, string>;
}

const PLACE = /\{(\w+)\}/g;

/** A function that finds the row of a path among some rows: rows without places first, then the first that fits. */
export function matcher<Kind extends Route>(routes: readonly Kind[]): (path: string) => Match<Kind> | undefined {
  const hasPlaces = ({ path }: Kind) => path.includes('{');
  const plain = new Map(routes.filter((route) => !hasPlaces(route)).map((route) => [route.path, route]));
  const patterns = routes.filter(hasPlaces).map((route) => [toPattern(route.path), route] as const);
  return (path) => {
    const found = plain.get(path);
    if (found) return { route: found, parts: {} };
    for (const [pattern, route] of patterns) {
      const parts = pattern.exec(path)?.groups;
      if (parts) return { route, parts: { ...parts } };
    }
    return undefined;
  };
}

const quote = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

function toPattern(path: string): RegExp {
  const pieces = path.split(PLACE).map((piece, index) => (index % 2 === 0 ? quote(piece) : `(?<${piece}>[^/]+?)`));
  return new RegExp(`^${pieces.join('')}$`);
}

const findRow = matcher(ROUTES);

/** The row of an address; undefined when there is none for it, or none with such a value. */
export function findRoute(path: string): Route | undefined {
  const found = findRow(path);
  const isMeant = Object.entries(found?.parts ?? {}).every(
    ([name, value]) => found?.route.parts[name]?.values?.includes(value) ?? true,
  );
  return isMeant ? found?.route : undefined;
}

/**
 * The row whose rules hold for a path: its own, or of what is in no row, the one that is nearest above it (`/notice` and
 * `/notice/a/b` go with `/notice/{id}`), so that what answers 404 costs and tells no more than its neighbours.
 */
export const ruleOf = remember((path): Route => findRoute(path) ?? findNearest(path) ?? NOWHERE);

/** Whether the errors of an address are problems for programs, not pages. */
export const answersToPrograms = remember(
  (path) => (findRoute(path) ?? AREAS.find((area) => path.startsWith(`${area.path}/`)))?.audience === 'programs',
);

function findNearest(path: string): Route | undefined {
  for (let end = path.length; end > 1; end--) {
    if (end < path.length && !'/.-'.includes(path.charAt(end))) continue;
    const found = HEADS.get(path.slice(0, end));
    if (found) return found;
  }
  return undefined;
}

/** The paths of a row, with each of the values that a place may have where they are given. */
function expand({ path, parts }: Route): string[] {
  const [name, part] = Object.entries(parts).find(([, { values }]) => values) ?? [];
  return part?.values ? part.values.map((value) => path.replace(`{${name}}`, value)) : [path];
}

/** Rows by what their paths begin with: whole, without an ending, up to the first place. Where two begin alike, the first counts. */
const HEADS = new Map<string, Route>();
const addHeads = (routes: readonly Route[], listHeads: (route: Route) => string[]) => {
  for (const route of routes) {
    for (const head of listHeads(route)) HEADS.set(head, HEADS.get(head) ?? route);
  }
};
addHeads(ROUTES, expand);
addHeads(ROUTES, (route) => expand(route).map((path) => path.replace(/(?:\.\w+)+$/, '')));
addHeads(ROUTES, ({ path }) => [path.replace(/.\{.*$/, '')]);
addHeads(AREAS, ({ path }) => [path]);
