import { EXPORT_FORMAT_KEYS } from '#src/domain/exports/urls.ts';
import { exposureFilterSchema } from '#src/domain/exposures/filter.ts';
import { noticeFilterSchema } from '#src/domain/notices/notice-filter.ts';
import { awardFilterSchema, organizationFilterSchema } from '#src/domain/organizations/filter.ts';
import { remember } from '#src/domain/site/remember.ts';

/** How long an answer may be kept and by whom. */
export interface RoutePolicy {
  /** How long the front may answer from memory while the data does not change. 0: never. */
  keepMs: number;
  cacheControl: string;
  /** Whether scripts of other sites may read it (open data). */
  shared: boolean;
  /** Whether a good answer is sent while it is made, because it may be of any size. Never kept. */
  streamed?: true;
  /** Methods that the path takes; others get 405 before a body is read. */
  methods: readonly string[];
  /** Bytes of a request body at most. */
  bodyLimit: number;
  /** Whether the body goes to the receiver of pushes as a stream, instead of to a page. */
  pushed?: true;
  /** Whether a form sent here makes the site write to somebody: a client gets few of these. */
  writesToOthers?: true;
  /** Whether what is sent here takes long to look at: few are looked at at once. */
  takesTurns?: true;
  /** Whether other machines post here, which have no origin: a token in the address says what they may do. */
  byToken?: true;
}

/** Paths that are not listed: the pages decide what they take. */
const NEVER: RoutePolicy = {
  keepMs: 0,
  cacheControl: 'no-store',
  shared: false,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  bodyLimit: 1_000_000,
};
const READ: RoutePolicy = { ...NEVER, methods: ['GET', 'HEAD'] };
/** Browsers ask again each time and mostly get a 304; a shared cache (nginx, a CDN) may answer them for so many seconds. */
const shared = (seconds: number, more = '') => `public, max-age=0, s-maxage=${seconds}${more}`;
/** Countdowns of deadlines limit the time in our own memory. What is new is to be seen within 5 s, by everyone. */
const PAGE: RoutePolicy = { ...READ, keepMs: 60_000, cacheControl: shared(2, ', stale-if-error=600') };
/** Depends on the search engine's state too, which the database does not tell. */
const SEARCH: RoutePolicy = { ...PAGE, keepMs: 2_000 };
/** Says how long ago things were. */
const BOARD: RoutePolicy = { ...PAGE, keepMs: 10_000 };
/** Must stop at the end of a day: kept only briefly by anyone, never shown because we cannot be reached. */
const DATED: RoutePolicy = { ...PAGE, keepMs: 10_000, cacheControl: shared(10, ', must-revalidate') };
const STEADY: RoutePolicy = { ...READ, keepMs: 300_000, cacheControl: 'public, max-age=300' };
const DATA: RoutePolicy = { ...PAGE, shared: true };
/** Whole lists as files. */
const FILE: RoutePolicy = { ...READ, shared: true, streamed: true };

/** Small forms, whose answers are for one reader. */
const FORM: RoutePolicy = { ...NEVER, methods: ['GET', 'HEAD', 'POST'], bodyLimit: 20_000 };

/** Signed pushes of counties. */
const PUSH: RoutePolicy = { ...NEVER, methods: ['POST'], bodyLimit: 64 * 1024 * 1024, pushed: true };

/** First match wins; a prefix ends at a slash, a dot or the end of the path. What is not listed is never kept. */
const TABLE: readonly [prefix: string, policy: RoutePolicy][] = [
  ...['notices', 'organizations', 'exposures'].flatMap((list) =>
    EXPORT_FORMAT_KEYS.map((format): [string, RoutePolicy] => [`/api/v1/${list}.${format}`, FILE]),
  ),
  ['/api/v1/search', { ...SEARCH, shared: true }],
  ['/api/v1/sources', { ...BOARD, shared: true }],
  ['/api/v1/exposures', { ...DATED, shared: true }],
  // Says for which instant it holds: never kept.
  ['/api/v1/match', { ...READ, shared: true }],
  ['/api/v1/sync', PUSH],
  // Waits for changes: never kept.
  ['/api/v1/changes', { ...READ, cacheControl: 'public, max-age=0, must-revalidate', shared: true }],
  ['/api/v1/openapi', { ...STEADY, shared: true }],
  ['/api/v1', DATA],
  ['/api', READ],
  // With words the search engine answers.
  ['/feeds', { ...SEARCH, shared: true }],
  ['/healthz', READ],
  ['/readyz', READ],
  ['/search', SEARCH],
  ['/subscribe/stop', { ...FORM, byToken: true }],
  ['/subscribe/confirm', FORM],
  ['/subscribe/manage', FORM],
  ['/subscribe', { ...FORM, writesToOthers: true }],
  ['/notices', PAGE],
  ['/notice', PAGE],
  ['/project', PAGE],
  ['/companies', PAGE],
  ['/company', PAGE],
  ['/counties', PAGE],
  ['/county', PAGE],
  ['/exposure', DATED],
  ['/blacklist', DATED],
  // Must be gone at once when a notice is withdrawn: the files say themselves that caches have to ask.
  ['/open-data/files', FILE],
  ['/open-data/catalog', DATA],
  ['/open-data', PAGE],
  // Takes an item that somebody pastes.
  ['/developers/validate', { ...NEVER, takesTurns: true }],
  ['/developers', PAGE],
  ['/sync', BOARD],
  ['/sitemap-exposures', DATED],
  ['/sitemap', STEADY],
  ['/robots', STEADY],
];

/** Routes that the framework has for itself: its error page, which fails when asked for directly, and its image service. */
const INTERNAL = new Set(['/500', '/_image']);

/** Whether a path is no address of the site although a route would answer it. */
export const isInternal = (path: string): boolean => INTERNAL.has(path);

/** The policy of a path. */
export const getPolicy = remember((path): RoutePolicy => {
  if (path === '/') return PAGE;
  const found = TABLE.find(([prefix]) => path.startsWith(prefix) && /^(?:$|[/.-])/.test(path.slice(prefix.length)));
  return found?.[1] ?? NEVER;
});

/** Query parameters that some page understands; addresses with others are answered (with 400) but never kept. */
const PARAMETERS = new Set([
  ...Object.keys(noticeFilterSchema.shape),
  ...Object.keys(exposureFilterSchema.shape),
  ...Object.keys(organizationFilterSchema.shape),
  ...Object.keys(awardFilterSchema.shape),
  'before',
]);
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
