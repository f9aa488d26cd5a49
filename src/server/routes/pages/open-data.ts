import { apiGroupUrl, apiTypesUrl } from '#src/domain/site/urls.ts';
import { LOG_FILES } from '#src/domain/tlog/served.ts';
import { VERIFIABLE } from '#src/domain/tlog/subjects.ts';
import { TAG_SLUGS } from '../../api/tags.ts';
import { ORDINARY, SMALL_FORM, WHOLE_FILE } from '../../http/limits.ts';
import { ALL, FOR_PEOPLE, OPEN_FILE, STEADY_FILE, toRoutes } from './rows.ts';

const apiGroup = { example: 'notices' };

/** What programs read, and what tells how complete and how true it is. */
export const OPEN_DATA_PAGES = toRoutes({
  '/open-data': { ...FOR_PEOPLE, page: 'open-data.astro', cache: 'page', sitemap: ['/open-data'] },
  '/developers': { ...FOR_PEOPLE, page: 'developers/index.astro', cache: 'page', sitemap: ['/developers'] },
  '/developers/{group}': {
    ...FOR_PEOPLE,
    page: 'developers/[group].astro',
    parts: { group: apiGroup },
    cache: 'page',
    sitemap: Object.values(TAG_SLUGS).map((slug) => apiGroupUrl(slug)),
  },
  '/developers/types': {
    ...FOR_PEOPLE,
    page: 'developers/types/index.astro',
    cache: 'page',
    sitemap: ['/developers/types'],
  },
  '/developers/types/{group}': {
    ...FOR_PEOPLE,
    page: 'developers/types/[group].astro',
    parts: { group: apiGroup },
    cache: 'page',
    sitemap: Object.values(TAG_SLUGS).map((slug) => apiTypesUrl(slug)),
  },
  '/developers/validate': {
    ...FOR_PEOPLE,
    page: 'developers/validate.astro',
    // Takes an item that somebody pastes.
    methods: ALL,
    limits: { ...ORDINARY, takesTurns: true },
    cache: 'never',
    sitemap: ['/developers/validate'],
  },
  '/verify': {
    ...FOR_PEOPLE,
    page: 'verify.astro',
    parameters: [...VERIFIABLE, 'code'],
    cache: 'asked',
    sitemap: ['/verify'],
  },
  '/witness/add-checkpoint': {
    ...FOR_PEOPLE,
    audience: 'programs',
    page: 'witness/add-checkpoint.ts',
    methods: ['POST'],
    limits: { ...SMALL_FORM, byToken: true },
    cache: 'never',
    sitemap: null,
  },
  '/witness/vkey': { ...FOR_PEOPLE, page: 'witness/vkey.ts', cache: 'asked', sitemap: null },
  '/mappings': { ...FOR_PEOPLE, page: 'mappings.astro', cache: 'board', sitemap: ['/mappings'] },
  '/sync': { ...FOR_PEOPLE, page: 'sync/index.astro', cache: 'board', sitemap: ['/sync'] },
  '/sync/{key}': {
    ...FOR_PEOPLE,
    page: 'sync/[key].astro',
    parts: { key: { of: 'source', example: 'qufu-example' } },
    parameters: ['before'],
    cache: 'board',
    sitemap: null,
  },
  // Must be gone at once when a notice is withdrawn: the files say themselves that caches have to ask.
  '/open-data/files/{name}': {
    ...OPEN_FILE,
    page: 'open-data/files/[name].ts',
    parts: { name: { example: 'SHA256SUMS' } },
    limits: WHOLE_FILE,
    cache: 'never',
  },
  // The worker writes these files: no change of the data tells of them.
  '/log/{file}': {
    ...OPEN_FILE,
    page: 'log/[file].ts',
    parts: { file: { values: LOG_FILES, example: 'checkpoint' } },
    cache: 'asked',
  },
  '/log/tile/{level}/{tile}': {
    ...OPEN_FILE,
    page: 'log/tile/[level]/[...tile].ts',
    parts: { level: { example: 'entries' }, tile: { example: '000' } },
    cache: 'immutable',
    audience: 'programs',
  },
  '/open-data/catalog.jsonld': { ...OPEN_FILE, page: 'open-data/catalog.jsonld.ts', cache: 'page' },
  '/api/v1/openapi.json': {
    ...STEADY_FILE,
    page: 'api/v1/openapi.json.ts',
    audience: 'programs',
    shared: true,
  },
  '/sitemap.xml': { ...STEADY_FILE, page: 'sitemap.xml.ts' },
  '/sitemap-exposures.xml': { ...STEADY_FILE, page: 'sitemap-[part].xml.ts', cache: 'dated' },
  '/sitemap-{part}.xml': { ...STEADY_FILE, page: 'sitemap-[part].xml.ts', parts: { part: { example: 'pages' } } },
  '/robots.txt': { ...STEADY_FILE, page: 'robots.txt.ts' },
});
