import { ORDINARY, SMALL_FORM } from '../../http/limits.ts';
import type { Method, PageRoute, RowOf } from '../../http/route.ts';

export const READS = ['GET', 'HEAD'] as const satisfies Method[];
export const FORMS = [...READS, 'POST'] as const satisfies Method[];
export const ALL = [...FORMS, 'PUT', 'PATCH', 'DELETE'] as const satisfies Method[];

/** What most rows share: read by people, by whom they are does not matter, and nothing to fill in. */
export const FOR_PEOPLE = {
  methods: READS,
  parts: {},
  parameters: [],
  limits: ORDINARY,
  role: 'public',
  audience: 'people',
  shared: false,
  example: {},
} as const;
export const FORM = { ...FOR_PEOPLE, methods: FORMS, limits: SMALL_FORM, cache: 'never', sitemap: null } as const;

/** Files for programs that crawl. */
export const STEADY_FILE = { ...FOR_PEOPLE, cache: 'steady', sitemap: null } as const;
export const OPEN_FILE = { ...FOR_PEOPLE, shared: true, sitemap: null } as const;
export const category = { example: 'procurement' };
export const county = { example: 'qufu' };

/** Gives each row its path, and holds it against what its path names. */
export function toRoutes<const Path extends `/${string}`>(rows: { [P in Path]: RowOf<PageRoute, P> }): PageRoute[] {
  return Object.entries<RowOf<PageRoute, string>>(rows).map(([path, row]) => ({ ...row, path, by: 'page' }));
}
