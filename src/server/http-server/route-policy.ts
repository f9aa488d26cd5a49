import { remember } from '#src/domain/site/remember.ts';
import { CACHING, type Caching } from '../http/caching.ts';
import type { Limits } from '../http/limits.ts';
import type { Route } from '../http/route.ts';
import { findRoute, ruleOf } from '../routes/match.ts';
import { ROUTES } from '../routes/table.ts';

/** What the HTTP server does with requests to an address, as the row of the address says. */
export interface RoutePolicy extends Caching, Omit<Limits, 'body'> {
  /** Whether scripts of other sites may read it (open data). */
  shared: boolean;
  /** Methods that the path takes; others get 405 before a body is read. */
  methods: readonly string[];
  /** Bytes of a request body at most. */
  bodyLimit: number;
  /** Whether the body goes to the receiver of pushes as a stream, instead of to a page. */
  pushed?: true;
}

/** Whether a path is no address of the site although a route would answer it. */
export const isInternal = remember((path) => findRoute(path)?.role === 'nobody');

/** The policy of a path. */
export function getRoutePolicy(path: string): RoutePolicy {
  const rule = ruleOf(path);
  const known = policies.get(rule);
  if (known) return known;
  const routePolicy = toPolicy(rule);
  policies.set(rule, routePolicy);
  return routePolicy;
}

const policies = new Map<Route, RoutePolicy>();

function toPolicy({ methods, cache, limits: { body, ...limits }, shared, by }: Route): RoutePolicy {
  const pushed = by === 'receiver' ? { pushed: true as const } : {};
  return { ...CACHING[cache], ...limits, ...pushed, methods, bodyLimit: body, shared };
}

/** Query parameters that some kept answer depends on; addresses with others are answered (mostly with 400) but never kept. */
const PARAMETERS = new Set(
  ROUTES.filter(({ cache }) => CACHING[cache].ttlMs > 0).flatMap(({ parameters }) => parameters),
);
const LONGEST_QUERY = 1_000;

/**
 * The key under which the answer of an address may be kept: path and sorted query, never the host.
 * Undefined when it may not be kept.
 */
export function toCacheKey(path: string, query: string): string | undefined {
  if (query === '') return path;
  if (query.length > LONGEST_QUERY) return undefined;
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()];
  if (new Set(names).size !== names.length || !names.every((name) => PARAMETERS.has(name))) return undefined;
  parameters.sort();
  return `${path}?${parameters}`;
}
