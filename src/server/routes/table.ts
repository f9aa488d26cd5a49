import { ORDINARY, STREAMED_UPLOAD } from '../http/limits.ts';
import type { Route } from '../http/route.ts';
import { API_ROUTES } from './api.ts';
import { PAGE_ROUTES } from './pages/index.ts';

/** What an address has that is in no row. */
const UNLISTED: Omit<Route, 'path'> = {
  by: 'framework',
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  parts: {},
  parameters: [],
  cache: 'never',
  limits: ORDINARY,
  role: 'public',
  audience: 'people',
  shared: false,
  example: {},
};

/** Routes that the framework has for itself: its image service. */
const FRAMEWORK_ROUTES: readonly Route[] = [{ ...UNLISTED, path: '/_image', role: 'nobody' }];

/** What takes files of staff in, as a stream. */
const UPLOAD_ROUTES: readonly Route[] = ['drafts', 'exposures'].map((of) => ({
  ...{ ...UNLISTED, path: `/staff/${of}/{id}/upload`, by: 'receiver', methods: ['POST'], role: 'staff' },
  parts: { id: { example: 'unknown' } },
  limits: STREAMED_UPLOAD,
}));

const BELOW = { ...UNLISTED, methods: ['GET', 'HEAD'], audience: 'programs' } as const;

/** What is in no row, but below one of these: the first that fits counts. */
export const AREAS: readonly Route[] = [
  { ...BELOW, path: '/api/v1', cache: 'page', shared: true },
  { ...BELOW, path: '/api' },
  { ...BELOW, path: '/feeds', cache: 'search', shared: true },
];

/** What is in no row and below nothing: the pages say that there is nothing. */
export const NOWHERE: Route = { ...UNLISTED, path: '' };

/** Every address of the site. */
export const ROUTES: readonly Route[] = [...PAGE_ROUTES, ...API_ROUTES, ...UPLOAD_ROUTES, ...FRAMEWORK_ROUTES];
