import type { CacheName } from './caching.ts';
import type { Limits } from './limits.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Who may use an address: everyone, a county that signs with its key, staff (at the console's own address alone), or nobody although a
 * route would answer.
 */
export type Role = 'public' | 'county' | 'staff' | 'nobody';

/** The two sites that one build serves, each by a process of its own: nothing of one answers on the other. */
export type Side = 'public' | 'staff';

/** Things that addresses name by their ids. */
export type Subject = 'notice' | 'project' | 'process' | 'organization' | 'exposure' | 'source' | 'article';

/** Parts of the sitemap that list what is stored, in files of their own. */
export type SitemapPart = 'notices' | 'projects' | 'companies' | 'articles' | 'exposures';

/** What stands in the place of a name in a path. */
export interface PathPart {
  /** The only values it may have; absent where it may be anything without a slash. */
  values?: readonly string[];
  /** What it is the id of: addresses to try take one that is stored. */
  of?: Subject;
  /** A value as it looks. */
  example: string;
}

/** The names between the braces of a path. */
export type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathNames<Rest>
  : never;

/** What every address of the site says of itself. */
export interface Route {
  /** The address, with `{name}` where a value stands. */
  path: string;
  methods: readonly Method[];
  /** What stands in the place of each name in the path. */
  parts: Readonly<Record<string, PathPart>>;
  /** Names of the query parameters that it takes. */
  parameters: readonly string[];
  /** How long an answer may be kept, and by whom. */
  cache: CacheName;
  limits: Limits;
  role: Role;
  /** Who reads it, and so whether its errors are pages or problems (RFC 9457). */
  audience: 'people' | 'programs';
  /** Whether scripts of other sites may read it (open data). */
  shared: boolean;
  /** A query with which the address shows best what it does. */
  example: Readonly<Record<string, string>>;
  /** What answers: a file below `src/pages`, a function of the API, the receiver of pushes, or the framework itself. */
  by: 'page' | 'handler' | 'receiver' | 'framework';
}

/** An address that a file in `src/pages` answers. */
export interface PageRoute extends Route {
  by: 'page';
  /** The file below `src/pages`. */
  page: PageFile;
  /** Where search engines find its addresses: these themselves, the part that lists them, or nowhere. */
  sitemap: readonly string[] | SitemapPart | null;
}

export type PageFile = `${string}.astro` | `${string}.ts`;

/** What a row has to say of a path, with every name in it. */
export type RowOf<Kind extends Route, Path extends string> = Omit<Kind, 'path' | 'parts' | 'by'> & {
  parts: Readonly<Record<PathNames<Path>, PathPart>>;
};
