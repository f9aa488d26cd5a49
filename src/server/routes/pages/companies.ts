import { EXPOSURE_FILTERS } from '#src/domain/exposures/filter.ts';
import { parameterNames } from '#src/domain/notices/filter-definition.ts';
import { AWARD_FILTERS, ORGANIZATION_FILTERS } from '#src/domain/organizations/filter.ts';
import { FOR_PEOPLE, toRoutes } from './rows.ts';

const organizationFilters = parameterNames(ORGANIZATION_FILTERS);
const awardFilters = parameterNames(AWARD_FILTERS);
/** The board stands in the path. */
const exposureFilters = parameterNames(EXPOSURE_FILTERS).filter((name) => name !== 'board');

/** Who takes part in trading, and what was decided of them. */
export const COMPANY_PAGES = toRoutes({
  '/companies': {
    ...FOR_PEOPLE,
    page: 'companies.astro',
    parameters: organizationFilters,
    cache: 'page',
    sitemap: ['/companies'],
  },
  '/exposure': {
    ...FOR_PEOPLE,
    page: 'exposure/index.astro',
    parameters: exposureFilters,
    cache: 'dated',
    sitemap: ['/exposure'],
  },
  '/blacklist': {
    ...FOR_PEOPLE,
    page: 'blacklist.astro',
    parameters: exposureFilters,
    cache: 'dated',
    sitemap: ['/blacklist'],
  },
  '/exposure/overlaps': {
    ...FOR_PEOPLE,
    page: 'exposure/overlaps.astro',
    cache: 'dated',
    sitemap: ['/exposure/overlaps'],
  },
  '/credit': { ...FOR_PEOPLE, page: 'credit.astro', cache: 'dated', sitemap: ['/credit'] },
  '/company/{id}/credit': {
    ...FOR_PEOPLE,
    page: 'company/[id]/credit.astro',
    parts: { id: { of: 'organization', example: 'm4kx2pzd7h3b' } },
    cache: 'dated',
    sitemap: null,
  },
  '/company/{id}': {
    ...FOR_PEOPLE,
    page: 'company/[id].astro',
    parts: { id: { of: 'organization', example: 'q4wr7nzt2f5b' } },
    parameters: awardFilters,
    cache: 'page',
    sitemap: 'companies',
  },
  '/exposure/{id}': {
    ...FOR_PEOPLE,
    page: 'exposure/[id].astro',
    parts: { id: { of: 'exposure', example: 'm4xw6nha4c7e' } },
    cache: 'dated',
    sitemap: 'exposures',
  },
});
