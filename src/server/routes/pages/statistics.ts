import { FLAG_CODES } from '#src/domain/flags/registry.ts';
import { parameterNames } from '#src/domain/notices/filter-definition.ts';
import { ROW_FILTERS, STATISTIC_FILTERS } from '#src/domain/statistics/filter.ts';
import { MEASURE_IDS } from '#src/domain/statistics/registry.ts';
import { measureUrl } from '#src/domain/statistics/urls.ts';
import { FOR_PEOPLE, OPEN_FILE, toRoutes } from './rows.ts';

/** Figures, indicators and the score of disclosure. */
export const STATISTIC_PAGES = toRoutes({
  '/statistics': {
    ...FOR_PEOPLE,
    page: 'statistics/index.astro',
    parameters: ['year'],
    cache: 'page',
    sitemap: ['/statistics'],
  },
  '/statistics/{measure}': {
    ...FOR_PEOPLE,
    page: 'statistics/[measure]/index.astro',
    parts: { measure: { values: MEASURE_IDS, example: 'savingRate' } },
    parameters: parameterNames(STATISTIC_FILTERS),
    cache: 'page',
    example: { year: '2020', county: 'qufu' },
    sitemap: MEASURE_IDS.map((measure) => measureUrl(measure)),
  },
  '/statistics/{measure}/compare': {
    ...FOR_PEOPLE,
    page: 'statistics/[measure]/compare.astro',
    parts: { measure: { values: MEASURE_IDS, example: 'savingRate' } },
    parameters: ['year', 'category'],
    cache: 'page',
    example: { year: '2020' },
    sitemap: null,
  },
  '/statistics/{measure}/rows': {
    ...FOR_PEOPLE,
    page: 'statistics/[measure]/rows.astro',
    parts: { measure: { values: MEASURE_IDS, example: 'savingRate' } },
    parameters: parameterNames(ROW_FILTERS),
    cache: 'page',
    example: { year: '2020' },
    sitemap: null,
  },
  '/flags': {
    ...FOR_PEOPLE,
    page: 'flags/index.astro',
    parameters: ['year', 'county', 'category'],
    cache: 'page',
    sitemap: ['/flags'],
  },
  '/flags/method': { ...FOR_PEOPLE, page: 'flags/method.astro', cache: 'page', sitemap: ['/flags/method'] },
  '/flags/{code}': {
    ...FOR_PEOPLE,
    page: 'flags/[code].astro',
    parts: { code: { values: FLAG_CODES, example: 'F13' } },
    parameters: ['year', 'county', 'category', 'after'],
    cache: 'page',
    // Not for search engines: a list of what was pointed at is no verdict.
    sitemap: null,
  },
  '/score': {
    ...FOR_PEOPLE,
    page: 'score/index.astro',
    parameters: ['month', 'year', 'county', 'category'],
    cache: 'page',
    sitemap: ['/score'],
  },
  '/score/missing': {
    ...FOR_PEOPLE,
    page: 'score/missing.astro',
    parameters: ['state', 'month', 'year', 'county', 'category', 'after'],
    cache: 'page',
    sitemap: ['/score/missing'],
  },
  '/score/missing.atom': {
    ...OPEN_FILE,
    page: 'score/missing.atom.ts',
    parameters: ['year', 'county', 'category'],
    cache: 'page',
    audience: 'programs',
  },
});
